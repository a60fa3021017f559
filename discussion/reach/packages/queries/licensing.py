"""On which terms a series gives its data out, and how it is cited."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion import paths
from discussion.language import _
from discussion.reach.packages.models import DataTerms
from discussion.reach.packages.shapes import Licence
from discussion.reach.packages.words import COUNTS, LICENCES, ROWS
from discussion.series.series.models import Series


@dataclass(frozen=True)
class Terms:
    """What the convener chose."""

    licence: Licence | None
    says: str
    has_rows: bool


def find_terms(session: Session, series: Series) -> Terms:
    """As they are now; without a choice no licence is given, and ratings leave as counts."""
    row = session.get(DataTerms, series.id)
    licence = licence_of(row.licence if row else "")
    return Terms(licence, licence_in_words(licence), bool(row and row.ratings == ROWS))


def chosen_terms(session: Session, series: Series) -> dict[str, str]:
    """What the form shows."""
    row = session.get(DataTerms, series.id)
    return {"licence": row.licence if row else "", "ratings": row.ratings if row else COUNTS}


def licence_of(slug: str) -> Licence | None:
    """A licence by its SPDX name."""
    if slug not in LICENCES:
        return None
    name, url = LICENCES[slug]
    return Licence(slug, str(name), url)


def licence_in_words(licence: Licence | None) -> str:
    """What readers may do with the data."""
    if licence is None:
        return _(
            "The host has given no licence. You may read and count what is here. Ask the host"
            " before you publish it, or pass it on."
        )
    return _("You may use it under the licence %(name)s.", name=licence.name)


def cite(series: Series, made_on: str, number: int, site_url: str) -> str:
    """One line for a list of references, in Harvard style."""
    return _(
        "%(host)s (%(year)s) %(title)s: open data, version %(number)s, %(date)s [data set]."
        " Available at: %(url)s",
        host=series.host or series.title,
        year=made_on[:4],
        title=series.title,
        number=number,
        date=made_on,
        url=site_url + paths.data(series.slug),
    )
