"""The label under which an author will be shown, before anything is published."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.naming import byline, find_letters, label_in_words
from discussion.language import _
from discussion.series.members.models import Membership
from discussion.series.members.queries.cells import Cells, count_cells, ladder_step
from discussion.series.series.models import Series
from discussion.subjects.shapes import Voiced
from discussion.vocabulary import of_series

Contribution = Position | Response


def list_labels(session: Session, items: Sequence[Voiced]) -> dict[str, str]:
    """Public id → label, without a letter until one is drawn; two statements and one a series."""
    new = [item for item in items if not _is_settled(item)]
    posts = _find_posts(session, new)
    series = {item.thread.series_id: item.thread.series for item in new}
    cells = {id: count_cells(session, row) for id, row in series.items()}
    return {item.public_id: _label(item, posts, cells) for item in items}


def label_of(session: Session, item: Voiced) -> str:
    """The label of one author."""
    return list_labels(session, [item])[item.public_id]


def voice_shown(session: Session, item: Contribution) -> str:
    """One author as moderators see them: as what is published shows them, else as it will."""
    if item.first_published_at is None:
        return label_of(session, item)
    letters = find_letters(session, {item.thread_id})
    return byline(item, item.thread_id, letters, item.first_published_at).name


def _is_settled(item: Voiced) -> bool:
    return item.attribution == "chatham_house" or item.first_published_at is not None


def _find_posts(
    session: Session, items: Sequence[Voiced]
) -> dict[tuple[int, int], tuple[str, str]]:
    """(series id, person id) → posting role and phase."""
    if not items:
        return {}
    rows = session.execute(
        select(
            Membership.series_id,
            Membership.person_id,
            Membership.posting_role,
            Membership.posting_phase,
        )
        .where(Membership.series_id.in_({item.thread.series_id for item in items}))
        .where(Membership.person_id.in_({item.author_id for item in items}))
    )
    return {(series, person): (role, phase) for series, person, role, phase in rows}


def _label(
    item: Voiced,
    posts: dict[tuple[int, int], tuple[str, str]],
    cells: dict[int, Cells],
) -> str:
    if item.attribution == "chatham_house":
        return _("Contributor")
    series: Series = item.thread.series
    known = of_series(series.slug)
    if item.first_published_at is not None:
        return label_in_words(known, item.label_role, item.label_phase, item.label_step)
    role, phase = posts.get((series.id, item.author_id), ("", ""))
    step = ladder_step(cells[series.id], role, phase, series.min_group)
    return label_in_words(known, role, phase, step)
