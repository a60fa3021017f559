"""The page on which a response is written, and one's own responses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.composing.queries import Kind, Place
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import find_items, hidden_in_words, short_source
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
)
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import Around, card_of, read_around
from discussion.debate.positions.queries.coming_in import (
    asks_posting_role,
    besides_joining,
    joining_to_write,
    why_not_in,
)
from discussion.debate.positions.queries.history import list_changes
from discussion.debate.positions.queries.kept import list_positions
from discussion.debate.positions.queries.named_as import Name, NamedAs, names_note
from discussion.debate.positions.queries.sent_back import EditRequest, find_edit_request
from discussion.debate.positions.queries.shapes import Change
from discussion.debate.positions.words import (
    CONSEQUENCES,
    CONSEQUENCES_SAY,
    RESTATES,
    SAYS_WHAT_FOLLOWS,
)
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.pacing import why_over, why_paced
from discussion.decisions.targets import due_at, target_of
from discussion.language import _, _l, in_words
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import WHOEVER, published_positions, visible_items, who_asks
from discussion.series.members.queries.joining import Joining
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from discussion.vocabulary import of_series

TYPES_SAY = {
    "asks": _l("A question whose answer would help you judge the claim."),
    "adds_evidence": _l("A source from the library, for or against the claim."),
    "questions_evidence": _l("The source may be good, but it does not support this claim."),
    "names_value": _l("A value that matters here and that nobody has named."),
    "shares_practice": _l("What happened where you tried something like it."),
    "offers_alternative": _l("Another way to reach the same goal."),
    RESTATES: _l(
        "You do not hold this position, and say what it holds as its author would. Its author says"
        " whether that is fair. At most 400 characters."
    ),
    SAYS_WHAT_FOLLOWS: _l(
        "If this is decided at one level: what it would mean at another. At most 280 characters."
    ),
}


@dataclass(frozen=True)
class ItemChoice:
    """An item of the library to choose, by its public id."""

    id: str
    words: str  # "Donnelly and others 2019, survey: An unequal playing field"


@dataclass(frozen=True)
class ValueChoice:
    """A value to choose."""

    slug: str
    label: str


@dataclass(frozen=True)
class RespondPage:
    card: Card
    series_slug: str
    series_title: str
    position_url: str
    thread_question: str
    thread_url: str
    url: str  # of the form
    is_revision: bool
    is_signed_in: bool
    live_version: int
    answered_version: int  # the version on which a response to be revised stands
    changed: tuple[Change, ...]  # since the version the writer had seen
    types_say: Mapping[str, str]
    items: tuple[ItemChoice, ...]  # those the thread cites, and the one picked
    found: tuple[ItemChoice, ...]
    was_sought: bool
    find_url: str
    values: tuple[ValueChoice, ...]
    levels: Mapping[str, str]  # the widest first
    consequences: tuple[tuple[str, str, str], ...]  # key, label, what it means
    names: tuple[Name, ...]
    names_note: str
    asks_posting_role: bool
    roles: Mapping[str, str]
    phases: Mapping[str, str]
    why_not: str  # why this cannot be published now; empty when it can
    joining: Joining | None  # for who has to join the series before they publish
    can_keep: bool  # else nothing typed here is taken any more, not even as a draft
    next: str  # what happens when it is handed in, and by when
    edit_request: EditRequest | None  # of the moderators


def _types_say(thread: Thread, response: Response | None) -> Mapping[str, str]:
    """What can be chosen: nobody begins to restate what is being weighed."""
    restates = thread.stage == "open" or (response is not None and response.type == RESTATES)
    return {key: says for key, says in TYPES_SAY.items() if restates or key != RESTATES}


def find_own_response(
    session: Session, viewer: Viewer | None, position: Position, public_id: str
) -> Response | None:
    """A response that the viewer wrote to this position."""
    if viewer is None:
        return None
    return session.scalar(
        select(Response)
        .where(Response.public_id == public_id)
        .where(Response.position_id == position.id)
        .where(Response.author_id == viewer.person_id)
        .options(joinedload(Response.item), joinedload(Response.value))
    )


def newest_text(response: Response) -> ResponseText:
    """The text that was handed in last, whether or not it is live."""
    return max(response.texts, key=lambda version: version.id)


def respond_page(
    session: Session,
    viewer: Viewer | None,
    position: Position,
    typed: Mapping[str, str],
    *,
    response: Response | None,
    now: datetime,
) -> RespondPage:
    """Everything the page shows beside what was typed."""
    thread, series = position.thread, position.thread.series
    vocabulary = of_series(series.slug)
    around = read_around(session, [position])
    posting = (typed["posting_role"], typed["posting_phase"])
    name = NamedAs.read(
        session, viewer, thread, posting=posting, kind="response", position=response
    )
    live = position.live
    own = (position.public_id, response.public_id if response else "")
    url = paths.revise_response(*own) if response else paths.respond(position.public_id)
    joining = joining_to_write(session, viewer, thread, url, now)
    return RespondPage(
        card=card_of(position, live, around),
        series_slug=series.slug,
        series_title=series.title,
        position_url=paths.position(position.public_id),
        thread_question=thread.question,
        thread_url=paths.thread(thread.slug),
        url=url,
        is_revision=response is not None,
        is_signed_in=viewer is not None,
        live_version=live.version or 0 if live else 0,
        answered_version=response.revision.version or 0 if response else 0,
        changed=_changed(position, typed, response, around),
        types_say=_types_say(thread, response),
        levels=vocabulary.level_labels,
        consequences=tuple(
            (key, str(label), str(CONSEQUENCES_SAY[key])) for key, label in CONSEQUENCES.items()
        ),
        items=_items(session, viewer, thread, typed["item_id"]),
        found=tuple(_choice(item) for item in find_items(session, viewer, series, typed["find"])),
        was_sought=bool(typed["find"].strip()),
        find_url=f"{paths.library(series.slug)}/find",
        values=_values(around, typed["value"]),
        names=name.choices(now),
        names_note=names_note(thread, response),
        asks_posting_role=response is None and asks_posting_role(viewer, thread),
        roles=vocabulary.role_labels,
        phases=vocabulary.phase_labels,
        can_keep=not why_over(thread),
        joining=joining,
        why_not=besides_joining(
            why_over(thread)
            or _why_paced(session, viewer, thread, response, now)
            or why_not(viewer, position, response),
            joining,
        ),
        next=_next(series, now),
        edit_request=find_edit_request(session, response),
    )


def why_not(viewer: Viewer | None, position: Position, response: Response | None = None) -> str:
    """Why the viewer cannot publish a response now, and what to do; empty when they can.

    Somebody signed out is asked to sign in instead, and may write until then.
    """
    if over := why_over(position.thread):
        return over
    if not facts.takes_responses(viewer, position):
        return _(
            "This position takes no new responses now. You can keep what you wrote as a draft."
        )
    if viewer is None:
        return ""
    right, subject = (
        (May.REVISE_RESPONSE, response) if response is not None else (May.RESPOND, position)
    )
    if allowed(viewer, right, subject):
        return ""
    return why_not_in(viewer, position.thread)


def _why_paced(
    session: Session,
    viewer: Viewer | None,
    thread: Thread,
    response: Response | None,
    now: datetime,
) -> str:
    """Slow mode is for what is new: one's own response can be mended at any time."""
    person_id = viewer.person_id if viewer else None
    return why_paced(session, person_id, thread, now if response is None else None)


def _changed(
    position: Position, typed: Mapping[str, str], response: Response | None, around: Around
) -> tuple[Change, ...]:
    """What the live version changed, where the writer had seen an earlier one."""
    live = position.live
    seen = typed["seen"]
    if response is not None or live is None or not seen or seen == str(live.version):
        return ()
    versions = {str(one.version): one for one in position.shown_revisions}
    return list_changes(position, live, around, since=versions.get(seen))


def _items(
    session: Session, viewer: Viewer | None, thread: Thread, picked: str
) -> tuple[ItemChoice, ...]:
    given = {"thread": thread.id, "series": thread.series_id, "picked": picked}
    rows = session.scalars(_citable(), {**given, **who_asks(viewer)})
    return tuple(_choice(item) for item in rows)


@cache
def _citable() -> Select[EvidenceItem]:
    picked = EvidenceItem.public_id == bindparam("picked")
    cited = (
        select(EvidenceLink.item_id)
        .join(Revision, Revision.id == EvidenceLink.revision_id)
        .join(Position, Position.live_revision_id == Revision.id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(Thread.id == bindparam("thread"))
        .where(published_positions(WHOEVER))
    )
    return (
        select(EvidenceItem)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(EvidenceItem.series_id == bindparam("series"))
        .where(
            or_(
                and_(EvidenceItem.is_hidden.is_(True), picked),
                and_(
                    EvidenceItem.is_hidden.is_(False),
                    visible_items(WHOEVER),
                    or_(EvidenceItem.id.in_(cited), picked),
                ),
            )
        )
        .order_by(EvidenceItem.title_folded, EvidenceItem.id)
    )


def _choice(item: EvidenceItem) -> ItemChoice:
    if item.is_hidden:
        return ItemChoice(item.public_id, hidden_in_words())
    kind = str(of_series(item.series.slug).evidence_kind_labels[item.kind]).lower()
    return ItemChoice(
        item.public_id,
        _(
            "%(source)s, %(kind)s: %(title)s",
            source=short_source(item),
            kind=kind,
            title=item.title,
        ),
    )


def _values(around: Around, picked: str) -> tuple[ValueChoice, ...]:
    """Those of the series of the one position that `around` was read of."""
    rows = sorted(
        (value for value in around.values.values() if isinstance(value, Value)),
        key=lambda value: value.order,
    )
    return tuple(
        ValueChoice(value.slug, value.label)
        for value in rows
        if value.retired_at is None or value.slug == picked
    )


def _next(series: Series, now: datetime) -> str:
    if series.moderation != "pre":
        return _("It is published at once.")
    due = in_words(due_at(now, target_of(series, "contribution")))
    return _(
        "A moderator reads it by %(date)s. We tell you the result by e-mail, with the reason.",
        date=due,
    )


def _of_responses(session: Session, ids: Collection[str]) -> dict[str, Place]:
    rows = list_positions(session, ids)
    return {row.public_id: Place(row.thread, paths.respond(row.public_id)) for row in rows}


def _of_new_texts(session: Session, ids: Collection[str]) -> dict[str, Place]:
    rows = session.scalars(
        select(Response)
        .where(Response.public_id.in_(ids))
        .options(joinedload(Response.position).joinedload(Position.thread))
    )
    return {
        row.public_id: Place(
            row.position.thread, paths.revise_response(row.position.public_id, row.public_id)
        )
        for row in rows
    }


DRAFTS = (
    Kind("response", "text", _of_responses),
    Kind("new_text", "text", _of_new_texts),
)
