"""My contributions: everything one has handed in or kept, and what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from discussion import clock, paths, text
from discussion.debate.composing.queries import list_own as list_own_drafts
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.card import Byline
from discussion.debate.positions.queries.higher import ASKED, OWN_SANCTIONS, AskedOf
from discussion.debate.positions.queries.marks import Mark, list_marks
from discussion.debate.positions.queries.moving import (
    Moved,
    asks_about_two,
    find_moves,
    find_seconds,
)
from discussion.debate.positions.queries.naming import Letters, byline, find_letters
from discussion.debate.positions.queries.sent_back import asks_still
from discussion.debate.positions.words import RESPONSE_TYPES
from discussion.debate.positions.words_held import held_for_author
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import follow
from discussion.debate.threads.queries.summarising import list_steelmen
from discussion.decisions.models import Decision
from discussion.decisions.shapes import OwnSanction
from discussion.decisions.targets import due_at, target_of
from discussion.decisions.targets import in_words as within_in_words
from discussion.language import _, in_words
from discussion.permissions.facts import Viewer, is_author
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.subjects.kinds import KINDS

LONGEST = 140
# What asks for attention.
FIRST = ("sent_back", "asked", "waiting", "declined", "hidden", "removed")
MOVES = ("move", "undo_move")


@dataclass(frozen=True)
class Said:
    """What a moderator decided, and told the author."""

    action: str
    reason: str
    why: str
    on: date
    at: datetime
    marks: tuple[Mark, ...]  # what to mend
    statement_url: str  # its reasons in full, for whom it is addressed to


@dataclass(frozen=True)
class Answered:
    """A response to one's own position, shown as to everybody."""

    type: str
    url: str
    byline: Byline


@dataclass(frozen=True)
class Contribution:
    """Something that the viewer wrote, as their own list shows it."""

    kind: str  # position, response, thread, evidence
    title: str
    language: str
    url: str
    thread_question: str
    thread_url: str
    status: str  # waiting, sent_back, asked, declined, published, withdrawn, hidden, removed …
    next: str  # what happens next, or what to do, and by when
    decision: Said | None
    shown_as: str  # how others see one's name on it, once it is published
    is_for_guest: bool
    on: date  # handed in
    edit_url: str
    withdraw_url: str
    answers: tuple[Answered, ...]
    moved: Moved | None = None  # from another thread, by the moderators
    second_note: str = ""  # where a merge left two positions in one thread
    put_url: str = ""  # where a summary puts it, and asks whether that is fair
    put_answer: str = ""  # yes, no, unanswered


@dataclass(frozen=True)
class Kept:
    """A draft that only its writer can see."""

    kind: str
    title: str
    thread_question: str
    url: str
    on: date


@dataclass(frozen=True)
class MinePage:
    to_mend: int  # sent back
    drafts: tuple[Kept, ...]
    positions: tuple[Contribution, ...]
    responses: tuple[Contribution, ...]
    threads: tuple[Contribution, ...]
    evidence: tuple[Contribution, ...]
    sanctions: tuple[OwnSanction, ...]  # what a series asks of the viewer, until a day
    statements: tuple[AskedOf, ...]  # that draw on the viewer's positions: are they fair?


def mine_page(session: Session, viewer: Viewer | None, *, now: datetime) -> MinePage | None:
    """The viewer's own list; the number of statements does not depend on its length."""
    if viewer is None:
        return None
    positions, responses = _positions(session, viewer), _responses(session, viewer)
    threads, items = _threads(session, viewer), _items(session, viewer)
    ids = [[row.public_id for row in rows] for rows in (positions, responses, threads, items)]
    told = _decisions(session, viewer, [id for own in ids for id in own])
    put = {
        each.position_id: each.answer
        for each in list_steelmen(session, [row for row in positions if is_author(viewer, row)])
    }
    moves, seconds = find_moves(session, viewer, positions), find_seconds(session, positions)
    around = [row.thread_id for row in positions] + [row.position.thread_id for row in responses]
    letters = find_letters(session, set(around))
    answered = _answered(session, viewer, positions)
    own = (
        _in_order(
            replace(
                _of_position(viewer, row, letters, told, answered),
                moved=moves.get(row.public_id),
                second_note=asks_about_two() if row.id in seconds else "",
                put_url=paths.steelman(row.thread.slug, row.public_id) if row.id in put else "",
                put_answer=put.get(row.id, ""),
            )
            for row in positions
        ),
        _in_order(_of_response(viewer, row, letters, told) for row in responses),
    )
    return MinePage(
        to_mend=sum(each.status in ("sent_back", "asked") for each in (*own[0], *own[1])),
        drafts=_drafts(session, viewer, now),
        positions=own[0],
        responses=own[1],
        threads=_in_order(_of_thread(session, viewer, row, told) for row in threads),
        evidence=_in_order(_of_item(viewer, row, told) for row in items),
        sanctions=OWN_SANCTIONS()(session, viewer, now),
        statements=ASKED()(session, viewer, clock.day(now)),
    )


def _positions(session: Session, viewer: Viewer) -> Sequence[Position]:
    return session.scalars(
        select(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(
            or_(Position.author_id == viewer.person_id, Position.entered_by_id == viewer.person_id)
        )
        .where(Position.state != "discarded")
        .options(
            contains_eager(Position.thread).contains_eager(Thread.series),
            joinedload(Position.author),
            selectinload(Position.revisions),
        )
    ).all()


def _responses(session: Session, viewer: Viewer) -> Sequence[Response]:
    return session.scalars(
        select(Response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Response.author_id == viewer.person_id)
        .where(Response.state != "discarded")
        .options(
            contains_eager(Response.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series),
            joinedload(Response.author),
            selectinload(Response.texts),
        )
    ).all()


def _threads(session: Session, viewer: Viewer) -> Sequence[Thread]:
    return session.scalars(
        select(Thread)
        .where(Thread.proposed_by_id == viewer.person_id)
        .options(joinedload(Thread.series))
    ).all()


def _items(session: Session, viewer: Viewer) -> Sequence[EvidenceItem]:
    return session.scalars(
        select(EvidenceItem)
        .where(EvidenceItem.added_by_id == viewer.person_id)
        .where(or_(EvidenceItem.is_listed.is_(False), EvidenceItem.is_hidden.is_(True)))
        .options(joinedload(EvidenceItem.series))
    ).all()


def _decisions(session: Session, viewer: Viewer, public_ids: Collection[str]) -> dict[str, Said]:
    """The latest decision on each; that something was reported and kept is not told."""
    rows = session.scalars(
        select(Decision)
        .where(Decision.subject_kind.in_([kind.kind for kind in KINDS if kind.words.author]))
        .where(Decision.subject_id.in_(public_ids))
        .where(Decision.action.not_in(MOVES))  # which are said beside it
        .where(or_(Decision.action != "keep", Decision.addressed_to_id == viewer.person_id))
        .order_by(Decision.id)
        .options(joinedload(Decision.reason))
    )
    latest = {row.subject_id: row for row in rows}
    marks = list_marks(session, latest.values())
    return {
        subject_id: Said(
            row.action,
            row.reason.label if row.reason else "",
            row.why,
            clock.day(row.at),
            row.at,
            marks[row.id],
            paths.statement(row.public_id) if row.addressed_to_id == viewer.person_id else "",
        )
        for subject_id, row in latest.items()
    }


def _answered(
    session: Session, viewer: Viewer, positions: Sequence[Position]
) -> Mapping[int, list[Answered]]:
    """Published responses by position, by type and then by random id, as on the position's page."""
    rows = session.scalars(
        select(Response)
        .where(Response.position_id.in_([row.id for row in positions]))
        .where(Response.state == "published")
        .order_by(Response.public_id)
        .options(
            joinedload(Response.author), joinedload(Response.live), joinedload(Response.position)
        )
    ).all()
    letters = find_letters(session, {row.position.thread_id for row in rows})
    order = list(RESPONSE_TYPES)
    found: dict[int, list[Answered]] = {}
    for row in sorted(rows, key=lambda row: order.index(row.type)):
        at = (row.live.live_at if row.live else None) or row.created_at
        url = paths.response(row.position.public_id, row.public_id)
        by = byline(row, row.position.thread_id, letters, at)
        found.setdefault(row.position_id, []).append(Answered(row.type, url, by))
    return found


def _of_position(
    viewer: Viewer,
    row: Position,
    letters: Letters,
    told: Mapping[str, Said],
    answered: Mapping[int, list[Answered]],
) -> Contribution:
    newest = row.revisions[-1]
    status = _status(row, newest, told)
    edits = allowed(viewer, May.REVISE_POSITION, row)
    return Contribution(
        kind="position",
        title=newest.claim,
        language=newest.language,
        url=paths.position(row.public_id),
        thread_question=row.thread.question,
        thread_url=paths.thread(row.thread.slug),
        status=status,
        next=_next(row, newest, row.thread.series),
        decision=told.get(row.public_id),
        shown_as=_shown_as(row, row.thread_id, letters),
        is_for_guest=row.entered_by_id == viewer.person_id,
        on=clock.day(newest.submitted_at),
        edit_url=paths.revise(row.public_id) if edits else "",
        withdraw_url=paths.withdraw(row.public_id)
        if allowed(viewer, May.WITHDRAW_POSITION, row)
        else "",
        answers=tuple(answered.get(row.id, ())),
    )


def _of_response(
    viewer: Viewer, row: Response, letters: Letters, told: Mapping[str, Said]
) -> Contribution:
    newest = max(row.texts, key=lambda version: version.id)
    position = row.position
    edits = allowed(viewer, May.REVISE_RESPONSE, row)
    own = (position.public_id, row.public_id)
    return Contribution(
        kind="response",
        title=text.excerpt(text.plain(newest.source), LONGEST),
        language=newest.language,
        url=paths.response(*own) if row.first_published_at else paths.position(position.public_id),
        thread_question=position.thread.question,
        thread_url=paths.thread(position.thread.slug),
        status=_status(row, newest, told),
        next=_next(row, newest, position.thread.series),
        decision=told.get(row.public_id),
        shown_as=_shown_as(row, position.thread_id, letters),
        is_for_guest=False,
        on=clock.day(newest.submitted_at),
        edit_url=paths.revise_response(*own) if edits else "",
        withdraw_url=paths.withdraw_response(*own)
        if allowed(viewer, May.WITHDRAW_RESPONSE, row)
        else "",
        answers=(),
    )


def _of_thread(
    session: Session, viewer: Viewer, row: Thread, told: Mapping[str, Said]
) -> Contribution:
    status = "waiting" if row.stage == "proposed" else "published"
    status = "declined" if row.is_hidden else status
    next_step = _("A moderator decides whether to open it.") if status == "waiting" else ""
    if row.merged_into_id is not None:
        status, next_step = "merged", _where_it_went(session, viewer, row)
    return Contribution(
        kind="thread",
        title=row.question,
        language=row.language,
        url=paths.thread(row.slug),
        thread_question="",
        thread_url="",
        status=status,
        next=next_step,
        decision=told.get(row.public_id),
        shown_as="",
        is_for_guest=False,
        on=clock.day(row.created_at),
        edit_url="",
        withdraw_url="",
        answers=(),
    )


def _where_it_went(session: Session, viewer: Viewer, row: Thread) -> str:
    last = follow(session, row)
    if not allowed(viewer, May.READ_THREAD, last):
        return _("It was merged with another thread.")
    return _("It is part of “%(question)s” now.", question=last.question)


def _of_item(viewer: Viewer, row: EvidenceItem, told: Mapping[str, Said]) -> Contribution:
    url = paths.item(row.series.slug, row.public_id)
    return Contribution(
        kind="evidence",
        title=row.title,
        language=row.language,
        url=url,
        thread_question="",
        thread_url="",
        status="hidden" if row.is_hidden else "unlisted",
        next=""
        if row.is_hidden
        else _("It joins the library with the first published position or response that uses it."),
        decision=told.get(row.public_id),
        shown_as="",
        is_for_guest=False,
        on=clock.day(row.created_at),
        edit_url=f"{url}/edit" if allowed(viewer, May.EDIT_ITEM, row) else "",
        withdraw_url="",
        answers=(),
    )


def _status(
    row: Position | Response, newest: Revision | ResponseText, told: Mapping[str, Said]
) -> str:
    said = told.get(row.public_id)
    if said is not None and said.action == "ask_edit":
        return "asked" if asks_still(said.action, said.at, row, newest) else row.state
    if row.state != "draft":
        return row.state
    return {"pending": "waiting", "sent_back": "sent_back"}.get(newest.status, "declined")


def _next(row: Position | Response, newest: Revision | ResponseText, series: Series) -> str:
    target = target_of(series, "contribution")
    if row.state not in ("draft", "published"):
        return ""
    if newest.status == "pending":
        due = in_words(due_at(newest.submitted_at, target))
        held = held_for_author(newest.held_for, series.moderation)
        if row.state == "published":
            waits = _(
                "A new version is waiting: a moderator reads it by %(date)s. Until"
                " then, readers see the version before it.",
                date=due,
            )
        else:
            waits = _("A moderator reads it by %(date)s.", date=due)
        return f"{waits} {held}".rstrip()
    if newest.status == "sent_back":
        return _(
            "Change it and hand it in again. A moderator then reads it %(within)s.",
            within=within_in_words(target),
        )
    if newest.status == "declined" and row.state == "published":
        return _("The new version was declined, so readers still see the version before it.")
    return ""


def _shown_as(row: Position | Response, thread_id: int, letters: Letters) -> str:
    if row.first_published_at is None:
        return ""
    by = byline(row, thread_id, letters, row.first_published_at)
    return ", ".join(filter(None, (by.name, by.detail, by.organisation)))


def _in_order(made: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """What asks for attention first, then the newest."""
    newest = sorted(made, key=lambda each: each.on, reverse=True)
    return tuple(sorted(newest, key=lambda each: each.status not in FIRST))


def _drafts(session: Session, viewer: Viewer, now: datetime) -> tuple[Kept, ...]:
    return tuple(
        Kept(
            kind=one.row.kind,
            title=text.excerpt(one.title, LONGEST),
            thread_question=one.place.thread.question,
            url=one.place.url,
            on=clock.day(one.row.saved_at),
        )
        for one in list_own_drafts(session, viewer, now)
    )
