"""Each piece of writing as its author's own list tells it: its status, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.db import Identified
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.mine.shapes import Contribution, Said
from discussion.debate.positions.queries.mine.told import Told
from discussion.debate.positions.queries.naming import Letters, byline
from discussion.debate.positions.queries.sent_back import asks_still
from discussion.debate.positions.words_held import held_for_author
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import follow
from discussion.decisions.targets import due_at, target_of
from discussion.decisions.targets import in_words as within_in_words
from discussion.language import _, in_words
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series

LONGEST = 140
CHATHAM_HOUSE = "chatham_house"
_OF_DRAFTS = {"pending": "waiting", "sent_back": "sent_back"}
_OF_NEW_VERSIONS = {"pending": "version_waiting", "sent_back": "version_sent_back"}


@dataclass(frozen=True)
class Beside:
    """What is read once for a page of the list."""

    session: Session
    viewer: Viewer
    letters: Letters
    told: Mapping[str, Told]
    families: Mapping[int, str] = field(default_factory=dict)  # revision's id → of its first value

    def may(self, right: May, row: Identified) -> bool:
        return allowed(self.viewer, right, row)


def of_position(beside: Beside, row: Position) -> Contribution:
    newest = row.revisions[-1]
    return Contribution(
        kind="position",
        type="",
        number=row.number,
        family=beside.families.get(newest.id, ""),
        title=newest.claim,
        language=newest.language,
        url=paths.position(row.public_id),
        thread_question=row.thread.question,
        thread_url=paths.thread(row.thread.slug),
        status=_status(row, newest, beside.told),
        next=_next(row, newest, row.thread.series),
        decision=_decision(beside, row),
        shown_as=_shown_as(row, row.thread_id, beside.letters),
        is_for_guest=row.entered_by_id == beside.viewer.person_id,
        is_chatham_house=row.attribution == CHATHAM_HOUSE,
        on=_day(row, newest),
        edit_url=paths.revise(row.public_id) if beside.may(May.REVISE_POSITION, row) else "",
        withdraw_url=paths.withdraw(row.public_id)
        if beside.may(May.WITHDRAW_POSITION, row)
        else "",
    )


def of_response(beside: Beside, row: Response) -> Contribution:
    newest = max(row.texts, key=lambda version: version.id)
    position = row.position
    own = (position.public_id, row.public_id)
    return Contribution(
        kind="response",
        type=row.type,
        number=position.number,
        family="",
        title=text.excerpt(text.plain(newest.source), LONGEST),
        language=newest.language,
        url=paths.response(*own) if row.first_published_at else paths.position(position.public_id),
        thread_question=position.thread.question,
        thread_url=paths.thread(position.thread.slug),
        status=_status(row, newest, beside.told),
        next=_next(row, newest, position.thread.series),
        decision=_decision(beside, row),
        shown_as=_shown_as(row, position.thread_id, beside.letters),
        is_for_guest=False,
        is_chatham_house=row.attribution == CHATHAM_HOUSE,
        on=_day(row, newest),
        edit_url=paths.revise_response(*own) if beside.may(May.REVISE_RESPONSE, row) else "",
        withdraw_url=paths.withdraw_response(*own)
        if beside.may(May.WITHDRAW_RESPONSE, row)
        else "",
    )


def of_thread(beside: Beside, row: Thread) -> Contribution:
    status = "waiting" if row.stage == "proposed" else "published"
    status = "declined" if row.is_hidden else status
    next_step = _("A moderator decides whether to open it.") if status == "waiting" else ""
    if row.merged_into_id is not None:
        status, next_step = "merged", _where_it_went(beside, row)
    return Contribution(
        kind="thread",
        type="",
        number=None,
        family="",
        title=row.question,
        language=row.language,
        url=paths.thread(row.slug),
        thread_question="",
        thread_url="",
        status=status,
        next=next_step,
        decision=_decision(beside, row),
        shown_as="",
        is_for_guest=False,
        is_chatham_house=False,
        on=clock.day(row.created_at),
        edit_url="",
        withdraw_url="",
    )


def of_item(beside: Beside, row: EvidenceItem) -> Contribution:
    url = paths.item(row.series.slug, row.public_id)
    status, says = "listed", ""
    if not row.is_listed:
        status = "unlisted"
        says = _("It joins the library with the first published position or response that uses it.")
    if row.is_hidden:
        status, says = "hidden", ""
    return Contribution(
        kind="evidence",
        type=row.kind,
        number=None,
        family="",
        title=row.title,
        language=row.language,
        url=url,
        thread_question="",
        thread_url="",
        status=status,
        next=says,
        decision=_decision(beside, row),
        shown_as="",
        is_for_guest=False,
        is_chatham_house=False,
        on=clock.day(row.created_at),
        edit_url=f"{url}/edit" if beside.may(May.EDIT_ITEM, row) else "",
        withdraw_url="",
    )


def _decision(beside: Beside, row: Identified) -> Said | None:
    told = beside.told.get(row.public_id)
    return told.said if told else None


def _day(row: Position | Response, newest: Revision | ResponseText) -> date | None:
    """When it was published, else handed in; no day under the Chatham House Rule."""
    if row.attribution == CHATHAM_HOUSE:
        return None
    is_out = row.state == "published" and row.first_published_at is not None
    at: datetime | None = row.first_published_at if is_out else newest.submitted_at
    return clock.day(at) if at else None


def _where_it_went(beside: Beside, row: Thread) -> str:
    last = follow(beside.session, row)
    if not beside.may(May.READ_THREAD, last):
        return _("It was merged with another thread.")
    return _("It is part of “%(question)s” now.", question=last.question)


def _status(
    row: Position | Response, newest: Revision | ResponseText, told: Mapping[str, Told]
) -> str:
    said = told.get(row.public_id)
    if row.state == "draft":
        return _OF_DRAFTS.get(newest.status, "declined")
    if row.state != "published":
        return row.state
    if said is not None and said.action == "ask_edit":
        is_asked = asks_still(said.action, said.at, row.state, newest.status, newest.submitted_at)
        return "asked" if is_asked else row.state
    return _OF_NEW_VERSIONS.get(newest.status, row.state)


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
