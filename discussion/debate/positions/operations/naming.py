"""Numbers, letters and labels: given when something is first shown, drawn so as to hide order."""

from secrets import choice
from string import ascii_uppercase

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread, Voice
from discussion.series.members.models import Membership
from discussion.series.members.queries.cells import Cells, count_cells, ladder_step
from discussion.series.series.models import Series

BLOCK = 8


def give_number(session: Session, thread: Thread) -> int:
    """A number for a newly published position.

    By name they count up. Otherwise a free one is drawn from the lowest block of eight that has
    one, since counting up would tell who spoke first.
    """
    taken = set(
        session.scalars(
            select(Position.number)
            .where(Position.thread_id == thread.id)
            .where(Position.number.is_not(None))
        )
    )
    if thread.attribution == "named":
        return max((number for number in taken if number), default=0) + 1
    start = 1
    while True:
        free = [n for n in range(start, start + BLOCK) if n not in taken]
        if free:
            return choice(free)
        start += BLOCK


def keep_apart(item: Position | Response, thread_id: int) -> None:
    """Before it changes its thread or attribution: it stays the voice as which it was written.

    Otherwise it would get the letter that its author has there already, and whoever remembers where
    it stood, or under which name, would know who that is.
    """
    item.strand = item.strand or f"{thread_id}.{item.attribution}"


def come_home(item: Position | Response, thread_id: int) -> None:
    """After it changed: where it was written, and as strict as then, it is that voice again."""
    if item.strand == f"{thread_id}.{item.attribution}":
        item.strand = ""


def give_letter(
    session: Session, thread_id: int, person_id: int, attribution: str, strand: str = ""
) -> None:
    """Draw the letter by which a person is known in a thread, once for each voice."""
    if attribution == "named":
        return
    voices = session.execute(
        select(Voice.person_id, Voice.strand, Voice.letter)
        .where(Voice.thread_id == thread_id)
        .where(Voice.attribution == attribution)
    ).all()
    if any((owner, of) == (person_id, strand) for owner, of, _letter in voices):
        return
    letter = draw_letter({letter for _owner, _of, letter in voices})
    session.add(
        Voice(
            thread_id=thread_id,
            person_id=person_id,
            attribution=attribution,
            strand=strand,
            letter=letter,
        )
    )
    session.flush()


def draw_letter(taken: set[str]) -> str:
    """A letter nobody has: A … Z, then AA … ZZ."""
    free = [letter for letter in ascii_uppercase if letter not in taken]
    if not free:
        pairs = (first + second for first in ascii_uppercase for second in ascii_uppercase)
        free = [pair for pair in pairs if pair not in taken]
    return choice(free)


def give_label(session: Session, item: Position | Response, series: Series) -> None:
    """Keep with the item what its author posted as, at the first step that enough share."""
    role, phase = posting_role(session, series, item.author_id)
    item.label_role, item.label_phase = role, phase
    cells = count_cells(session, series)
    item.label_step = ladder_step(cells, role, phase, series.min_group)


def posting_role(session: Session, series: Series, person_id: int) -> tuple[str, str]:
    """What somebody posts as in a series: role and phase, empty while unknown."""
    own = session.scalar(
        select(Membership)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == person_id)
    )
    return (own.posting_role, own.posting_phase) if own else ("", "")


def coarsen_labels(session: Session, series: Series) -> int:
    """Coarsen every label whose cell has shrunk; labels never refine. Returns how many changed."""
    cells = count_cells(session, series)
    changed = 0
    for item in _labelled(session, series):
        changed += _coarsen(item, cells, series.min_group)
    session.flush()
    return changed


def _coarsen(item: Position | Response, cells: Cells, min_group: int) -> bool:
    step = ladder_step(cells, item.label_role, item.label_phase, min_group)
    if step <= item.label_step:
        return False
    item.label_step = step
    return True


def _labelled(session: Session, series: Series) -> list[Position | Response]:
    positions = session.scalars(
        select(Position)
        .join(Position.thread)
        .where(Thread.series_id == series.id)
        .where(Position.first_published_at.is_not(None))
    )
    responses = session.scalars(
        select(Response)
        .join(Response.position)
        .join(Position.thread)
        .where(Thread.series_id == series.id)
        .where(Response.first_published_at.is_not(None))
    )
    return [*positions, *responses]
