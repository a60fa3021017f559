"""Editions of a sector's figures: made when enough organisations differ, withdrawn at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.analysis.practice_sector import Figures, find_figures, may_be_told
from discussion.debate.evidence.models import EvidenceItem, found_by
from discussion.debate.evidence.operations.notifications import tell_citing
from discussion.language import _, in_words
from discussion.records import dump
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from discussion.vocabulary import of_series
from discussion.weighing.practice.models import Edition, Instrument, Organisation, Run
from discussion.weighing.practice.queries.comparing import comparable_slugs
from discussion.weighing.practice.queries.counting import counted_runs, unit_of
from discussion.weighing.practice.queries.editions import stands
from discussion.weighing.practice.queries.mirror import closed_runs
from discussion.weighing.practice.shapes_sector import (
    SectorFigures,
    SectorFunction,
    SectorNamed,
    SectorSeen,
    SectorSharing,
    SectorValue,
)


def withdraw_editions(session: Session, run: Run, *, now: datetime) -> None:
    """Take back every edition in which a run's organisation is counted: it left.

    By whichever run, since an earlier one's answers may stand for those of the one that is counted.
    Asks no right: it is called by operations that did. The item that stands for an edition says
    when, and whoever cites it is told.
    """
    rows = session.scalars(
        select(Edition)
        .where(Edition.series_id == run.organisation.series_id)
        .where(Edition.withdrawn_at.is_(None))
        .with_for_update()
    )
    for edition in rows:
        if run.organisation.public_id in edition.runs.values():
            _withdraw(session, edition, now)
    session.flush()


def renew_editions(session: Session, *, site_url: str, now: datetime) -> None:
    """Make the edition of every series in which one may be made. Asks no right: the clock does."""
    counted = select(Organisation.series_id).join(Run).where(Run.shared_at.is_not(None))
    told = select(Edition.series_id).where(Edition.withdrawn_at.is_(None))
    for series_id in sorted({*session.scalars(counted), *session.scalars(told)}):
        renew_edition(session, session.get_one(Series, series_id), site_url=site_url, now=now)


def renew_edition(
    session: Session, series: Series, *, site_url: str, now: datetime
) -> Edition | None:
    """The next edition of a series, or None where too few differ from what was told before.

    Asks no right: it tells what organisations let be told.
    """
    session.refresh(series, with_for_update=True)
    before = session.scalars(
        select(Edition).where(Edition.series_id == series.id).order_by(Edition.number)
    ).all()
    for edition in before:
        if edition.withdrawn_at is None and not stands(session, edition):
            _withdraw(session, edition, now)
    runs = counted_runs(session, series)
    owners = {key: run.organisation.public_id for key, run in runs.items()}
    if not may_be_told(owners, [each.runs for each in before]):
        return None
    newest = _newest(runs.values())
    units = [
        unit_of(session, run, closed_runs(session, run), comparable_slugs(run.instrument, newest))
        for run in runs.values()
    ]
    all_owners = {key: own for each in before for key, own in each.runs.items()} | owners
    told = [{figure: frozenset(keys) for figure, keys in each.told.items()} for each in before]
    found = find_figures(units, told, all_owners)
    if not found.spreads:
        return None
    number = 1 + (session.scalar(
        select(func.max(Edition.number)).where(Edition.series_id == series.id)
    ) or 0)  # fmt: skip
    made = Edition(
        series_id=series.id,
        number=number,
        made_at=now,
        figures=dump(_content(session, series, found, list(runs.values()))),
        runs=owners,
        told={figure: sorted(keys) for figure, keys in found.told.items()},
    )
    made.item = _item(series, found, number, site_url=site_url, now=now)
    session.add(made)
    session.flush()
    return made


def _withdraw(session: Session, edition: Edition, now: datetime) -> None:
    edition.withdrawn_at = now
    edition.figures = {}
    if edition.item is not None:
        edition.item.status = "retracted"
        edition.item.population = ""  # it says how many people, and those who left are among them
        edition.item.status_note = _(
            "Withdrawn on %(day)s, since an organisation that was counted left. Its figures are"
            " shown no more.",
            day=in_words(now),
        )
        tell_citing(session, edition.item, "retracted", now)


def _item(
    series: Series, found: Figures, number: int, *, site_url: str, now: datetime
) -> EvidenceItem:
    """What positions cite, bound to this edition."""
    title = _(
        "What %(number)s organisations say, and what they do (edition %(edition)s)",
        number=found.organisations,
        edition=number,
    )
    kind, question = of_series(series.slug).practice.cited_as
    return EvidenceItem(
        series_id=series.id,
        title=title,
        title_folded=found_by(title, [], now.year),
        year=now.year,
        publisher=series.title,
        url=site_url + paths.sector_edition(series.slug, number),
        language=series.language,
        kind=kind,
        question_type=question,
        population=_(
            "%(people)s people of %(number)s organisations that let themselves be counted; not a"
            " sample",
            people=found.people,
            number=found.organisations,
        ),
        is_listed=True,
        link_state="ok",
        link_checked_at=now,
        created_at=now,
    )


def _newest(runs: Iterable[Run]) -> Instrument:
    """Only functions that are asked in its words are counted together."""
    return max(runs, key=lambda run: run.instrument.version).instrument


def _content(session: Session, series: Series, found: Figures, runs: list[Run]) -> SectorFigures:
    newest = _newest(runs)
    asked = {
        one.slug: one
        for run in sorted(runs, key=lambda run: run.instrument.version)
        for one in run.instrument.functions
    }
    called = {slug: one.name for slug, one in asked.items()}
    covers = {slug: one.covers for slug, one in asked.items()}
    values = {
        value.slug: value
        for value in session.scalars(select(Value).where(Value.series_id == series.id))
    }
    return SectorFigures(
        organisations=found.organisations,
        people=found.people,
        leaders=found.leaders,
        staff=found.staff,
        units=found.units,
        stops=tuple(reversed(newest.stops)),
        functions=tuple(
            SectorFunction(
                one.function,
                called[one.function],
                one.organisations,
                tuple(reversed(one.professed)),
                tuple(reversed(one.practised)),
                one.more_central,
                one.more_local,
                one.same,
                covers[one.function],
            )
            for one in found.spreads
        ),
        values=_values(found, called, values),
        named=tuple(
            SectorNamed(
                values[one.value].label if one.value in values else one.value,
                values[one.value].family if one.value in values else "other",
                None if one.central is None else round(100 * one.central),
                None if one.local is None else round(100 * one.local),
            )
            for one in found.named
        ),
        choices_central=found.choices[0],
        choices_local=found.choices[1],
        seen=tuple(
            SectorSeen(called[one.function], one.alike, one.apart, one.cannot_tell)
            for one in found.seen
        ),
        is_invented=any(run.organisation.is_invented for run in runs),
    )


def _values(
    found: Figures, called: Mapping[str, str], values: Mapping[str, Value]
) -> tuple[SectorValue, ...]:
    return tuple(
        SectorValue(
            slug,
            values[slug].label if slug in values else slug,
            values[slug].family if slug in values else "other",
            number,
            tuple(
                SectorSharing(called[one.function], *one.sides)
                for one in found.sharing
                if one.value == slug
            ),
        )
        for slug, number in found.shared
    )
