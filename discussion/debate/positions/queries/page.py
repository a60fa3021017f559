"""A position's own page: the version asked for, what became of it, and what was answered."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from discussion import paths, text
from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.answers import list_answers
from discussion.debate.positions.queries.beside import list_neighbours
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import (
    as_heard,
    card_of,
    revealed_card,
    revision_options,
)
from discussion.debate.positions.queries.citing import Cited, citation_of, cited_from
from discussion.debate.positions.queries.gists import Standing
from discussion.debate.positions.queries.higher import DRAWN_ON
from discussion.debate.positions.queries.history import (
    list_changes,
    list_versions,
    reason_in_words,
)
from discussion.debate.positions.queries.moving import find_moves, second_note
from discussion.debate.positions.queries.page_rows import PositionRead, read_position
from discussion.debate.positions.queries.parts import LEAST, own_part, shown_parts
from discussion.debate.positions.queries.placing import places_to_carry
from discussion.debate.positions.queries.shapes import PartsShown, PositionPage
from discussion.debate.threads.models import Steelman, Thread
from discussion.debate.threads.queries.mapping import make_map
from discussion.debate.threads.queries.needs import weighing_ahead
from discussion.debate.threads.queries.pacing import why_paced
from discussion.debate.threads.queries.summarising import find_steelman
from discussion.language import _, in_words
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import WHOEVER, visible_positions, who_asks

DESCRIPTION = 200
OPEN_STAGES = ("proposed", "open")


def find_position(session: Session, viewer: Viewer | None, public_id: str) -> Position | None:
    """A position that the viewer may see, at least as a tombstone, with all its versions."""
    return session.scalar(_whole(), {"public_id": public_id, **who_asks(viewer)})


def find_position_to_answer(
    session: Session, viewer: Viewer | None, public_id: str
) -> Position | None:
    """The same with its newest version alone: what answering it needs, and no more is read."""
    return session.scalar(_newest(), {"public_id": public_id, **who_asks(viewer)})


@cache
def _newest() -> Select[Position]:
    return (
        select(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Position.public_id == bindparam("public_id"))
        .where(visible_positions(WHOEVER))
        .options(
            contains_eager(Position.thread).contains_eager(Thread.series),
            joinedload(Position.author),
            joinedload(Position.live),
        )
    )


@cache
def _whole() -> Select[Position]:
    return (
        select(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Position.public_id == bindparam("public_id"))
        .where(visible_positions(WHOEVER))
        .options(
            contains_eager(Position.thread).options(
                contains_eager(Thread.series), selectinload(Thread.scales)
            ),
            joinedload(Position.author),
            selectinload(Position.revisions).options(*revision_options()),
            selectinload(Position.notes),
        )
    )


def position_page(
    session: Session,
    viewer: Viewer | None,
    public_id: str,
    version: int | None = None,
    *,
    site_url: str = "",
    now: datetime | None = None,
) -> PositionPage | None:
    """The live version, or the one numbered; None for what does not exist for the viewer.

    `now` is asked about slow mode alone.

    A position that was withdrawn, hidden or removed comes without text, save for its author and
    for moderators. The number of statements depends neither on its versions nor on its responses.
    """
    found = read_position(session, viewer, public_id)
    shown = _find_revision(found.position, version) if found else None
    if found is None or shown is None:
        return None
    is_emptied = not shown.claim  # its author left, and took the words along
    if is_emptied or not allowed(viewer, May.READ_POSITION_HISTORY, found.position):
        return _page(session, viewer, found, None, site_url=site_url, now=now)
    return _page(session, viewer, found, shown, site_url=site_url, now=now)


def find_cited(
    session: Session, viewer: Viewer | None, public_id: str, version: int, *, site_url: str
) -> Cited | None:
    """What to cite of a version that the viewer may read; nothing of one that was taken back."""
    found = read_position(session, viewer, public_id)
    shown = _find_revision(found.position, version) if found else None
    if found is None or shown is None or found.position.state != "published":
        return None
    return _cited(found.position, card_of(found.position, shown, found.around), site_url)


def _find_revision(position: Position, version: int | None) -> Revision | None:
    """The version numbered; else the live one; else, for who may see a draft, the newest."""
    if version is not None:
        return next((r for r in position.shown_revisions if r.version == version), None)
    live = [r for r in position.revisions if r.id == position.live_revision_id]
    return (live or position.revisions)[-1] if position.revisions else None


def _page(
    session: Session,
    viewer: Viewer | None,
    found: PositionRead,
    shown: Revision | None,
    *,
    site_url: str,
    now: datetime | None,
) -> PositionPage:
    position, around, others = found.position, found.around, found.others
    thread = position.thread
    card = revealed_card(position, shown, around) if shown else card_of(position, None, around)
    if position.state == "published":
        card = as_heard(viewer, position.author_id, card, found.mute_id)
    counts = shown_parts(session, viewer, position) if shown else None
    is_published = position.state == "published"
    may_respond = _can_respond(viewer, position)
    paced = _why_paced(session, viewer, position, now) if is_published else ""
    put = _own_put(session, viewer, position)
    return PositionPage(
        card=card,
        description=_description(position, card),
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        series_url=paths.series(thread.series.slug),
        thread_question=thread.question,
        thread_url=paths.thread(thread.slug),
        thread_stage=thread.stage,
        is_live_version=shown is None
        or shown.version is None
        or shown.id == position.live_revision_id,
        live_url=paths.position(position.public_id),
        map=make_map(_with(card, others) if shown else others, thread.scales),
        versions=list_versions(position, shown) if shown else (),
        changes=list_changes(position, shown, around) if shown and shown.version else (),
        change_reason=reason_in_words(shown) if shown else "",
        answers=list_answers(session, viewer, position, around) if shown else (),
        citation=citation_of(_cited(position, card, site_url)) if shown and is_published else None,
        neighbours=list_neighbours(card, others) if shown and is_published else (),
        parts=own_part(session, viewer, position),
        can_part=allowed(viewer, May.PART, position),
        part_problems=(),
        part_url=paths.part(position.public_id),
        part_note=_part_note(position),
        part_uncounted=_why_uncounted(viewer, position),
        part_counts=counts,
        part_silence=_part_silence(viewer, position, counts),
        can_respond=may_respond and not paced,
        respond_note=paced,
        respond_url=paths.respond(position.public_id),
        ladder_url=paths.ladder(thread.slug, position=position.public_id),
        must_sign_in_url=_sign_in_url(viewer, position),
        edit_url=_if(viewer, May.REVISE_POSITION, position, paths.revise(position.public_id)),
        withdraw_url=_if(
            viewer, May.WITHDRAW_POSITION, position, paths.withdraw(position.public_id)
        ),
        curate_url=_if(viewer, May.MODERATE, position, paths.curate_position(position.public_id)),
        show_author_url=_if(
            viewer, May.SHOW_AUTHOR, position, paths.show_author("positions", position.public_id)
        ),
        carries=places_to_carry(session, viewer, position),
        put_url=paths.steelman(thread.slug, position.public_id) if put else "",
        put_answer=put.answer if put else "",
        drawn_on=DRAWN_ON()(session, viewer, position),
        is_carried=allowed(None, May.EMBED, position),
        moved=find_moves(session, viewer, [position]).get(position.public_id)
        if found.may_have_moved
        else None,
        second_note=second_note(session, viewer, position),
    )


def _description(position: Position, card: Card) -> str:
    if not card.claim:
        return _(
            "A position in “%(question)s” that is no longer shown.",
            question=position.thread.question,
        )
    return text.excerpt(f"{card.claim} {position.thread.question}", DESCRIPTION)


def _with(card: Card, others: Sequence[Standing]) -> list[Standing]:
    """The version shown in the place of the live one."""
    return [card, *(other for other in others if other.id != card.id)]


def _cited(position: Position, card: Card, site_url: str) -> Cited:
    thread = position.thread
    return cited_from(card, question=thread.question, series=thread.series.title, site_url=site_url)


def _if(viewer: Viewer | None, right: May, position: Position, url: str) -> str:
    return url if allowed(viewer, right, position) else ""


def _can_respond(viewer: Viewer | None, position: Position) -> bool:
    """Visitors may begin a response: it is kept while they sign in."""
    if viewer is None:
        return facts.takes_responses(None, position) and position.thread.series.status == "open"
    return allowed(viewer, May.RESPOND, position)


def _why_paced(
    session: Session, viewer: Viewer | None, position: Position, now: datetime | None
) -> str:
    """Why nobody like the viewer can respond for now; authors do not respond to themselves."""
    if facts.is_author(viewer, position) or position.thread.series.status != "open":
        return ""
    return why_paced(session, viewer.person_id if viewer else None, position.thread, now)


def _own_put(session: Session, viewer: Viewer | None, position: Position) -> Steelman | None:
    """How the summary of its thread puts the position, for its author."""
    if not allowed(viewer, May.ANSWER_STEELMAN, position):
        return None
    return find_steelman(session, position)


def _sign_in_url(viewer: Viewer | None, position: Position) -> str:
    """Where a visitor goes to answer privately, coming back to the question."""
    if viewer is not None or not facts.takes_responses(None, position):
        return ""
    return paths.sign_in(f"{paths.position(position.public_id)}#part")


def _part_note(position: Position) -> str:
    thread = position.thread
    least = max(thread.series.min_group, LEAST)
    if thread.stage not in OPEN_STAGES:
        return _("Your answer is private.")
    if day := weighing_ahead(thread):
        return _(
            "Your answer is private. From %(date)s only counts are shown, and only for"
            " %(least)s people or more.",
            date=in_words(day),
            least=least,
        )
    return _(
        "Your answer is private. Once the thread has moved on, only counts are shown,"
        " and only for %(least)s people or more.",
        least=least,
    )


def _why_uncounted(viewer: Viewer | None, position: Position) -> str:
    """Why an answer would not be counted, which is said before it is asked for."""
    if position.thread.stage not in OPEN_STAGES:
        return _(
            "An answer is not counted any more: the counts shown here were taken when the "
            "thread moved on. You can still keep one for yourself."
        )
    if viewer is not None and not facts.is_admitted_to(viewer, position):
        return _(
            "Only members’ answers are counted, and you are not a member yet. Yours is kept, "
            "and counts if you are one when the thread moves on."
        )
    return ""


def _part_silence(viewer: Viewer | None, position: Position, counts: PartsShown | None) -> str:
    thread = position.thread
    if counts is not None:
        return ""
    if thread.stage in OPEN_STAGES:
        if not facts.is_author(viewer, position):
            return ""  # the note on the form says it
        return _(
            "Others can say privately how far they agree with this. You will see how many, "
            "and over what, once the thread has moved on."
        )
    return _(
        "Not enough people said how far they agree with this to say anything without pointing at "
        "somebody: at least %(least)s are needed.",
        least=max(thread.series.min_group, LEAST),
    )
