"""The desk: the queue, and beside it the item that is open."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths, text
from discussion.moderation.models import Decision
from discussion.moderation.queries.frame import frame
from discussion.moderation.queries.labels import label_of
from discussion.moderation.queries.shapes import (
    DeskPage,
    Filters,
    Item,
    Noticed,
    PastDecision,
    ReasonChoice,
)
from discussion.moderation.queries.versions import find_waiting
from discussion.moderation.words import FROM_STATES, ON_A_VERSION
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.positions.models import EvidenceLink, Position, Response, ResponseText, Revision
from discussion.positions.queries.card import Byline, Card, Chip, Link
from discussion.positions.queries.cards import Around, read_around, revealed_card
from discussion.positions.queries.naming import byline, coarse_date
from discussion.threads.models import Thread
from discussion.values.words import OTHER

SIMILAR = 5


def desk_page(
    session: Session,
    viewer: Viewer | None,
    *,
    item: Position | Response | None = None,
    author_shown: str = "",
    filters: Filters | None = None,
    now: datetime,
) -> DeskPage | None:
    """The queue, with an item open; None for who moderates nothing."""
    if viewer is None or not viewer.series_as("moderator", "convener"):
        return None
    if item is None:
        return DeskPage(frame(session, viewer, filters=filters, now=now), None)
    if not allowed(viewer, May.MODERATE, item):
        return None
    around = frame(session, viewer, open_kind=kind_of(item), open_id=item.public_id,
                   filters=filters, now=now)  # fmt: skip
    return DeskPage(around, _item(session, viewer, item, author_shown, now))


def kind_of(item: Position | Response) -> str:
    """The kind under which it waits."""
    return "positions" if isinstance(item, Position) else "responses"


def find_contribution(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Position | Response | None:
    """A position or response of a series that the viewer moderates, whatever its state."""
    found: Position | Response | None
    if kind == "positions":
        found = session.scalar(
            select(Position)
            .where(Position.public_id == public_id)
            .options(joinedload(Position.thread).joinedload(Thread.series))
        )
    elif kind == "responses":
        found = session.scalar(
            select(Response)
            .where(Response.public_id == public_id)
            .options(
                joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series)
            )
        )
    else:
        return None
    return found if found is not None and allowed(viewer, May.MODERATE, found) else None


def _item(
    session: Session,
    viewer: Viewer,
    item: Position | Response,
    author_shown: str,
    now: datetime,
) -> Item:
    series = series_of(item)
    waiting = find_waiting(session, item)
    position = item if isinstance(item, Position) else item.position
    around = read_around(session, [position])
    kind = kind_of(item)
    is_own = not allowed(viewer, May.DECIDE, item)
    base = f"/moderation/{kind}/{item.public_id}"
    said = waiting if waiting is not None else item.live
    shown = _response_parts(item, said, around) if isinstance(item, Response) else None
    own_byline = _byline(session, item, around, now)
    return Item(
        kind=kind,
        id=item.public_id,
        state=item.state,
        version_id=waiting.id if waiting else None,
        is_revision=waiting is not None and item.first_published_at is not None,
        change_reason=waiting.change_reason if isinstance(waiting, Revision) else "",
        thread_question=position.thread.question,
        thread_url=paths.thread(position.thread.slug),
        thread_stage=position.thread.stage,
        card=_card(
            position,
            said if isinstance(said, Revision) else None,
            around,
            own_byline if item is position else None,
        ),
        live_url=paths.position(position.public_id),
        text=shown[0] if shown else text.stored(""),
        response_type=item.type if isinstance(item, Response) else "",
        response_item=shown[1] if shown else None,
        response_value=shown[2] if shown else None,
        language=said.language if said else "",
        byline=own_byline,
        noticed=_noticed(said),
        can_decide=not is_own,
        is_own=is_own,
        actions=_actions(item, waiting),
        reasons=tuple(
            ReasonChoice(reason.slug, reason.label, reason.explanation)
            for reason in series.reasons
            if reason.retired_at is None
        ),
        decide_url=f"{base}/decide",
        show_author_url="" if is_own else f"{base}/author",
        author_shown=author_shown,
        past=_past(session, item),
        similar=_similar(session, item),
        rules_url=f"/series/{series.slug}/rules",
        decides_within_hours=series.decides_within_hours,
    )


def _actions(item: Position | Response, waiting: Revision | ResponseText | None) -> tuple[str, ...]:
    possible = [action for action, states in FROM_STATES.items() if item.state in states]
    return (*(ON_A_VERSION if waiting is not None else ()), *possible)


def _card(
    position: Position, said: Revision | None, around: Around, shown_as: Byline | None
) -> Card | None:
    """The card as its author wrote it: a moderator reads also what is hidden."""
    revision = said or position.live
    if revision is None:
        return None
    card = revealed_card(position, revision, around)
    return replace(card, byline=shown_as) if shown_as is not None else card


def _byline(session: Session, item: Position | Response, around: Around, now: datetime) -> Byline:
    """Before publication the label without a letter; by name only what publication will show."""
    if item.first_published_at is not None:
        thread_id = item.thread_id if isinstance(item, Position) else item.position.thread_id
        return byline(item, thread_id, around.letters, item.first_published_at)
    name = item.author.display_name if item.attribution == "named" else label_of(session, item)
    return Byline(name, "", "", "", coarse_date(now, item.attribution), item.attribution)


def _response_parts(
    response: Response, said: object, around: Around
) -> tuple[Markup, Link | None, Chip | None]:
    html = text.stored(said.html) if isinstance(said, ResponseText) else text.stored("")
    series = series_of(response)
    link = None
    if response.item is not None:
        from discussion.positions.queries.cards import link_of

        link = link_of(EvidenceLink(item=response.item, stance="background"), series)
    value = response.value
    chip = None
    if value is not None:
        url = paths.value(series.slug, value.slug)
        chip = Chip(value.slug, value.label, value.family or OTHER, 1, "", url, False)
    return html, link, chip


def _noticed(said: Revision | ResponseText | None) -> tuple[Noticed, ...]:
    if said is None:
        return ()
    if isinstance(said, ResponseText):
        written = [said.source]
    else:
        written = [
            said.claim, said.reasoning, said.setting, said.objection, said.change_mind_text,
            *(tag.gloss for tag in said.tags),
            *(part for link in said.links
              for part in (link.warrant, link.transfer_note, link.rebuttal)),
        ]  # fmt: skip
    return tuple(
        Noticed(str(notice.kind), notice.found)
        for each in written
        for notice in text.identifying(each or "")
    )


def _past(session: Session, item: Position | Response) -> tuple[PastDecision, ...]:
    rows = session.scalars(
        select(Decision)
        .where(Decision.subject_id == item.public_id)
        .order_by(Decision.id.desc())
        .options(joinedload(Decision.reason))
    )
    return tuple(_past_decision(row) for row in rows)


def _similar(session: Session, item: Position | Response) -> tuple[PastDecision, ...]:
    """What was lately decided with a reason in the same series, without saying on whom."""
    rows = session.scalars(
        select(Decision)
        .where(Decision.series_id == series_of(item).id)
        .where(Decision.subject_id != item.public_id)
        .where(Decision.reason_id.is_not(None))
        .order_by(Decision.id.desc())
        .limit(SIMILAR)
        .options(joinedload(Decision.reason))
    )
    return tuple(_past_decision(row) for row in rows)


def _past_decision(row: Decision) -> PastDecision:
    reason = row.reason.label if row.reason else ""
    return PastDecision(row.action, reason, row.why, row.at, row.decided_by_role)
