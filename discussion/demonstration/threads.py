"""The threads of the demonstration, with what was said, answered and decided in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count, pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.models import EditorsNote, Position, Revision
from discussion.debate.positions.operations.parting import answer_part, freeze_part_counts
from discussion.debate.positions.operations.publishing import (
    go_live,
    publish_position,
    revise_position,
    withdraw_position,
)
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.operations.fairness import answer_restatement
from discussion.debate.responses.operations.responding import go_live_response, respond
from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.operations.proposing import keep_order
from discussion.debate.threads.operations.stages import close_thread
from discussion.debate.threads.words import TRACK
from discussion.decisions.models import Decision
from discussion.demonstration.files import morning_of
from discussion.demonstration.people import Staff
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.series.series.models import Reason, Series

Content = Mapping[str, Any]
_minutes = count(3, 7)  # so that no two contributions share a minute


@dataclass(frozen=True)
class Cast:
    """Everything the content of a thread refers to by key."""

    people: Mapping[str, Person]
    items: Mapping[str, EvidenceItem]
    staff: Staff


def add_thread(
    session: Session,
    series: Series,
    content: Content,
    *,
    people: Mapping[str, Person],
    items: Mapping[str, EvidenceItem],
    staff: Staff,
    now: datetime,
    is_weighed: bool = False,
) -> Thread:
    """One thread as its file tells it, left in the stage that the file names.

    One that is weighed stays open: its rounds move it on, and `close_weighed` closes it.
    """
    cast = Cast(people, items, staff)
    entry = content["thread"]
    thread = _thread(session, series, entry, cast, now)
    if entry["stage"] == "proposed":
        return thread
    made = [(each, _position(session, thread, each, cast)) for each in content["positions"]]
    _order(made)
    for each, position in made:
        for answer in each.get("responses", ()):
            _response(session, position, answer, cast)
        for part in each.get("parts", ()):
            _part(session, position, part, cast)
        if each.get("state") == "withdrawn":
            at = morning_of(each["published_on"]) + timedelta(days=3)
            author = viewer_of(session, position.author, at)
            withdraw_position(session, author, position, now=at)
    _walk(session, thread, entry, cast, "open" if is_weighed else entry["stage"])
    return thread


def close_weighed(session: Session, content: Content, staff: Staff) -> None:
    """Close a thread that was weighed on its day, where its file says that it is closed."""
    entry = content["thread"]
    thread = session.scalars(select(Thread).where(Thread.slug == entry["slug"])).one()
    if entry["stage"] == "closed" and thread.stage == "making_sense":
        at = morning_of(entry["closes_on"])
        close_thread(
            session,
            staff.viewer(session, "moderator", at),
            thread,
            outcome=entry["outcome"].strip(),
            review_on=entry.get("review_on"),
            now=at,
        )


def _thread(session: Session, series: Series, entry: Content, cast: Cast, now: datetime) -> Thread:
    themes = {theme.slug: theme for theme in series.themes}
    scales = {scale.slug: scale for scale in series.scales}
    proposer = cast.people.get(entry.get("proposed_by", ""))
    opened = entry.get("opened_on")
    at = morning_of(opened) if opened else now
    thread = Thread(
        series=series,
        slug=entry["slug"],
        question=entry["question"],
        question_source=entry.get("question_source", ""),
        context=entry["context"].strip(),
        context_html=str(text.render(entry["context"].strip())),
        levels=list(entry["levels"]),
        attribution=entry["attribution"],
        stage="proposed" if entry["stage"] == "proposed" else "open",
        open_on=opened,
        weighing_on=entry.get("weighing_on"),
        making_sense_on=entry.get("making_sense_on"),
        closed_on=entry.get("closes_on"),
        use_of_result=entry.get("use_of_result", ""),
        summary=entry.get("summary", ""),
        proposed_by=proposer,
        created_at=at,
        changed_at=at,
        themes=[themes[slug] for slug in entry["themes"]],
        scales=[scales[slug] for slug in entry.get("scales", ())],
    )
    session.add(thread)
    keep_order(session, thread)
    return thread


def _position(session: Session, thread: Thread, entry: Content, cast: Cast) -> Position:
    """The position with its earlier versions, and what the moderators did with it."""
    drafts = _drafts(entry, cast)
    first, on = drafts[0]
    at = _at(on)
    author = viewer_of(session, cast.people[entry["author"]], at)
    position = publish_position(session, author, thread, first, now=at)
    session.refresh(position)
    state = entry.get("state", "published")
    if state == "pending":
        return position
    if state == "sent_back":
        _send_back(session, position, entry, cast, on)
        return position
    position.number = entry.get("number")  # else drawn, when it is first shown
    _approve(session, position, position.revisions[-1], cast, on)
    for draft, later in drafts[1:]:
        revision = revise_position(session, author, position, draft, now=_at(later))
        _approve(session, position, revision, cast, later)
    position.is_featured = entry.get("featured", False)
    if entry.get("moderators_note"):
        note = EditorsNote(
            position_id=position.id,
            text=entry["moderators_note"],
            written_by_id=cast.staff.moderator.id,
            written_on=drafts[-1][1] + timedelta(days=1),
        )
        session.add(note)
    session.flush()
    return position


def _drafts(entry: Content, cast: Cast) -> list[tuple[PositionDraft, date]]:
    """Every version from the oldest, with its day; each but the first says why it was made."""
    last = PositionDraft(
        claim=entry["claim"],
        reasoning=entry["reasoning"].strip(),
        served=_tags(entry.get("served", ())),
        outweighed=_tags(entry.get("outweighed", ())),
        links=tuple(_link(link, cast) for link in entry.get("links", ())),
        is_without_study=entry.get("no_study", False),
        level=entry["level"],
        phases=tuple(entry.get("phases", ())),
        setting=entry.get("setting", ""),
        placements={slug: float(at) for slug, at in entry.get("placement", {}).items()},
        confidence=entry["confidence"],
        objection=entry.get("objection", ""),
        change_mind=tuple(entry["change_mind"]),
        change_mind_text=entry.get("change_mind_text", ""),
        attribution=entry["attribution"],
        nobody_identified=True,
    )
    earlier = list(entry.get("revisions", ()))
    drafts = []
    reason = ""
    for version in earlier:
        given = {
            name: version[name].strip()
            for name in ("claim", "reasoning", "objection")
            if name in version
        }
        drafts.append((replace(last, **given, change_reason=reason), version["published_on"]))
        reason = version["reason_for_next"]
    return [*drafts, (replace(last, change_reason=reason), entry["published_on"])]


def _tags(entries: Any) -> tuple[TagDraft, ...]:
    return tuple(TagDraft(value=tag["value"], gloss=tag.get("gloss", "")) for tag in entries)


def _link(entry: Content, cast: Cast) -> LinkDraft:
    given = {name: value for name, value in entry.items() if name != "item"}
    return LinkDraft(item_id=cast.items[entry["item"]].public_id, **given)


def _approve(
    session: Session, position: Position, revision: Revision, cast: Cast, on: date
) -> None:
    at = _at(on)
    go_live(session, position, revision, now=at)
    _decide(session, revision, cast, at, action="approve")


def _send_back(session: Session, position: Position, entry: Content, cast: Cast, on: date) -> None:
    revision = position.revisions[-1]
    revision.status = "sent_back"
    reason = session.scalar(
        select(Reason)
        .where(Reason.series_id == position.thread.series_id)
        .where(Reason.slug == entry["send_back_reason"])
    )
    _decide(
        session,
        revision,
        cast,
        _at(on) + timedelta(hours=20),
        action="send_back",
        reason=reason,
        why=entry["send_back_note"],
    )


def _decide(
    session: Session,
    revision: Revision,
    cast: Cast,
    at: datetime,
    *,
    action: str,
    reason: Reason | None = None,
    why: str = "",
) -> None:
    position = revision.position
    session.add(
        Decision(
            series_id=position.thread.series_id,
            subject_kind="position",
            subject_id=position.public_id,
            revision_id=revision.id,
            action=action,
            reason_id=reason.id if reason else None,
            why=why,
            addressed_to_id=position.author_id,
            decided_by_id=cast.staff.moderator.id,
            decided_by_role="moderator",
            at=at,
        )
    )
    session.flush()


def _response(session: Session, position: Position, entry: Content, cast: Cast) -> None:
    if position.live is None or position.state != "published":
        return
    at = _at(entry["on"])
    live = position.live
    answered = [version for version in position.revisions if version.live_at and version.version]
    earlier = [version for version in answered if version.live_at and version.live_at <= at]
    draft = ResponseDraft(
        type=entry["type"],
        text=entry["text"].strip(),
        item_id=cast.items[entry["item"]].public_id if entry.get("item") else "",
        value=entry.get("value", ""),
        attribution=entry.get("attribution", position.thread.attribution),
        nobody_identified=True,
        decided_at=entry.get("decided_at", ""),
        speaks_of=entry.get("speaks_of", ""),
        consequence=entry.get("consequence", ""),
    )
    author = viewer_of(session, cast.people[entry["author"]], at)
    response = respond(session, author, position, draft, now=at)
    response.revision_id = (earlier[-1] if earlier else live).id
    go_live_response(session, response, response.texts[-1], now=at)
    if entry.get("fair"):
        answer_restatement(
            session,
            viewer_of(session, position.author, at),
            response,
            seen="1",
            answer=entry["fair"],
            said=entry.get("wants", ""),
            now=at + timedelta(hours=9),
        )


def _part(session: Session, position: Position, entry: Content, cast: Cast) -> None:
    if position.state != "published":
        return
    at = _at(entry.get("on") or position.created_at.date())
    answer_part(
        session,
        viewer_of(session, cast.people[entry["author"]], at),
        position,
        stance=str(entry["stance"]),
        over=entry.get("over", ()),
        reasonable=entry.get("reasonable", ""),
        now=at,
    )


def _order(made: list[tuple[Content, Position]]) -> None:
    """The moderators' order is that of the numbers in the file."""
    for entry, position in made:
        if "number" in entry and position.first_published_at is not None:
            position.order = entry["number"]


def _walk(session: Session, thread: Thread, entry: Content, cast: Cast, last: str) -> None:
    """Move the thread, stage by stage, to `last`."""
    days = {
        "weighing": thread.weighing_on,
        "making_sense": thread.making_sense_on,
        "closed": thread.closed_on,
    }
    _move(session, thread, "proposed", "open", thread.open_on, cast)
    for before, after in pairwise(TRACK):
        if TRACK.index(after) > TRACK.index(last):
            break
        _move(session, thread, before, after, days[after], cast)
        if before == "open":
            freeze_part_counts(session, thread, _at(days[after] or thread.created_at.date()))
        thread.stage = after
    if last == "closed":
        thread.outcome = entry["outcome"].strip()
        thread.outcome_html = str(text.render(thread.outcome))
        thread.review_on = entry.get("review_on")
    session.flush()


def _move(
    session: Session, thread: Thread, before: str, after: str, on: date | None, cast: Cast
) -> None:
    at = morning_of(on) if on else thread.created_at
    session.add(
        StageMove(
            thread_id=thread.id,
            cycle=1,
            before=before,
            after=after,
            moved_by_id=cast.staff.moderator.id,
            at=at,
        )
    )


def _at(on: date) -> datetime:
    return morning_of(on, minute=next(_minutes))
