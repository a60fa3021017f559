"""What conveners see of the values of a series: each of them, and the proposals that wait."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.series.series.models import Series
from discussion.series.series.queries.convening import convened, row_line, with_ends
from discussion.series.series.queries.kept import (
    ListPage,
    ProposalLine,
)
from discussion.series.series.queries.reading import find_series
from discussion.series.values.models import Value, ValueProposal, ValueWording
from discussion.series.values.queries_higher import COUNT_NAMING


def values_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """Every value with its earlier wordings, and the proposals that wait; moderators see it too."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    require(
        viewer, May.MODERATE if not allowed(viewer, May.CONVENE, series) else May.CONVENE, series
    )
    values = session.scalars(
        select(Value).where(Value.series_id == series.id).order_by(Value.order, Value.id)
    ).all()
    labels = {value.id: value.label for value in values}
    earlier: dict[int, list[tuple[str, datetime]]] = {}
    for wording in session.scalars(
        select(ValueWording)
        .where(ValueWording.value_id.in_(labels))
        .order_by(ValueWording.until.desc())
    ):
        earlier.setdefault(wording.value_id, []).append(
            (f"{wording.label}: {wording.definition}", wording.until)
        )
    rows = [
        row_line(
            value,
            value.label,
            value.definition,
            paths.values_settings(slug),
            earlier.get(value.id, ()),
            value.family,
            labels.get(value.replaced_by_id or 0, ""),
        )
        for value in values
    ]
    by_family = [
        with_ends([one for one in rows if one.family == family])
        for family in dict.fromkeys(value.family for value in values)
    ]
    return ListPage(
        convened(series, only_members=not allowed(viewer, May.CONVENE, series)),
        "value",
        tuple(row for family in by_family for row in family),
        paths.values_settings(slug),
        series.value_set_version,
        proposals=_proposals(session, viewer, series),
        merge_choices=tuple((v.slug, v.label) for v in values if v.retired_at is None),
        can_convene=allowed(viewer, May.CONVENE, series),
    )


def find_proposal(session: Session, series: Series, public_id: str) -> ValueProposal | None:
    """A proposed value of a series by its public id, answered or not."""
    return session.scalar(
        select(ValueProposal)
        .where(ValueProposal.series_id == series.id)
        .where(ValueProposal.public_id == public_id)
    )


def _proposals(session: Session, viewer: Viewer | None, series: Series) -> tuple[ProposalLine, ...]:
    rows = session.execute(
        select(ValueProposal, COUNT_NAMING()())
        .where(ValueProposal.series_id == series.id)
        .where(ValueProposal.state == "waiting")
        .order_by(ValueProposal.created_at)
    )
    own_id = viewer.person_id if viewer else 0
    return tuple(
        ProposalLine(row.public_id, row.label, row.created_at, uses, row.proposed_by_id == own_id)
        for row, uses in rows
    )
