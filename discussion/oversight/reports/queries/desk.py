"""The desk's page about something that was reported: it, its open reports, what to decide."""

from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select, true
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths, text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import short_source
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import read_around, revealed_card
from discussion.debate.positions.queries.naming import coarse_date
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Filters, PastDecision
from discussion.decisions.targets import in_words, target_of
from discussion.language import _
from discussion.oversight.moderation.drafts import DecisionDraft
from discussion.oversight.moderation.queries.frame import frame
from discussion.oversight.moderation.queries.letter import draft_letter
from discussion.oversight.moderation.queries.shapes import Letter, ReasonChoice
from discussion.oversight.reports.drafts import AnswerDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.desk_shapes import Reported, ReportsDesk, Told
from discussion.oversight.reports.queries.subjects import (
    Subject,
    actions_for,
    concern_of,
    find_reported,
    is_hidden,
    list_open,
    thread_of,
    url_of,
    words_of,
)
from discussion.oversight.sanctions.queries.finding import find_author, may_ask
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.weighing.rounds.models import Statement

KIND = "reports"  # of moderation.words.KINDS
DESK_KINDS = {
    "position": "positions",
    "response": "responses",
    "evidence": "evidence",
    "thread": "threads",
    "statement": "statements",
}


def find_reported_for(session: Session, viewer: Viewer | None, public_id: str) -> Subject | None:
    """What a report is about, for the moderators of its series, or who stands in for them."""
    report = session.scalar(
        select(Report)
        .where(Report.public_id == public_id)
        .options(joinedload(Report.series).selectinload(Series.reasons))
    )
    subject = find_reported(session, report) if report is not None else None
    if subject is None:
        return None
    may_look = allowed(viewer, May.MODERATE, subject.series) or allowed(
        viewer, May.ANSWER_REPORT, concern_of(session, subject)
    )
    return subject if may_look else None


def reports_desk(
    session: Session,
    viewer: Viewer,
    subject: Subject,
    *,
    draft: AnswerDraft | None = None,
    filters: Filters | None = None,
    now: datetime,
) -> ReportsDesk:
    """Everything on one page; to who wrote or reported it, only that somebody else answers."""
    reports = list_open(session, subject)
    may_answer = allowed(viewer, May.ANSWER_REPORT, concern_of(session, subject))
    shown = reports if may_answer else []
    open_id = reports[0].public_id if reports else ""
    series = subject.series
    return ReportsDesk(
        frame=frame(session, viewer, open_kind=KIND, open_id=open_id, filters=filters, now=now)
        if allowed(viewer, May.MODERATE, series)
        else None,
        is_own=not may_answer,
        item=show_reported(session, subject) if may_answer else None,
        reports=tuple(_told(session, report) for report in shown),
        newest=reports[-1].public_id if shown else "",
        is_hidden_by_report=any(report.has_hidden for report in shown),
        actions=actions_for(subject) if shown else (),
        reasons=_reasons(series),
        letter=_letter(session, viewer, subject, draft, now),
        past=list_past(session, subject) if may_answer else (),
        answer_url=paths.answer_report(open_id),
        redact_url=_redact_url(viewer, subject),
        sanction_url=_sanction_url(session, viewer, subject),
        contribution_url=_contribution_url(viewer, subject),
        rules_url=paths.rules(series.slug),
        within=in_words(target_of(series, "report")),
    )


def list_past(session: Session, subject: Subject) -> tuple[PastDecision, ...]:
    """What was decided on it before, the newest first.

    Of a person only what was decided on reports of their page: what was asked of them may hang on
    something that they did not write by name.
    """
    is_person = isinstance(subject.row, Person)
    rows = session.scalars(
        select(Decision)
        .where(Decision.subject_kind == subject.kind)
        .where(Decision.subject_id == subject.id)
        .where(Decision.series_id == subject.series.id)
        .where(Decision.action == "keep" if is_person else true())
        .order_by(Decision.at.desc(), Decision.id.desc())
        .options(joinedload(Decision.reason))
    )
    row = subject.row
    attribution = row.attribution if isinstance(row, Position | Response) else "role"
    return tuple(
        PastDecision(
            action=one.action,
            reason=one.reason.label if one.reason else "",
            why=one.why,
            marks=tuple(one.marks),
            on=coarse_date(one.at, attribution),
            by_role=one.decided_by_role,
            id=one.public_id,
        )
        for one in rows
    )


def show_reported(session: Session, subject: Subject, version_id: int | None = None) -> Reported:
    """The thing itself, whatever its state: the version that was decided on, or the live one."""
    row, thread = subject.row, thread_of(subject.row)
    words, language = words_of(row)
    return Reported(
        kind=subject.kind,
        id=subject.id,
        state=_state(subject),
        url=url_of(subject),
        words=words,
        language=language,
        thread_question=thread.question if thread else "",
        thread_url=paths.thread(thread.slug) if thread else "",
        card=_card(session, subject, version_id),
        text=_text(session, subject, version_id),
        response_type=row.type if isinstance(row, Response) else "",
        source=short_source(row) if isinstance(row, EvidenceItem) else "",
        interests=row.interests if isinstance(row, Person) else "",
    )


def _state(subject: Subject) -> str:
    row = subject.row
    if isinstance(row, Position | Response):
        return row.state
    return "hidden" if is_hidden(row) else "published"


def _card(session: Session, subject: Subject, version_id: int | None) -> Card | None:
    """Of a position; of the position that a response answers."""
    row = subject.row
    if not isinstance(row, Position | Response):
        return None
    position = row if isinstance(row, Position) else row.position
    said = position.live
    if isinstance(row, Position) and version_id is not None:
        said = session.get(Revision, version_id)
    return revealed_card(position, said, read_around(session, [position])) if said else None


def _text(session: Session, subject: Subject, version_id: int | None) -> Markup:
    match subject.row:
        case Response() as row:
            said = session.get(ResponseText, version_id) if version_id else row.live
            return text.stored(said.html if said else "")
        case Thread() as row:
            return text.stored(row.context_html)
        case EvidenceItem() as row:
            return text.render(row.description) if row.description else text.stored("")
    return text.stored("")


def _told(session: Session, report: Report) -> Told:
    version = None
    if report.subject_kind == "position" and report.version_id is not None:
        revision = session.get_one(Revision, report.version_id)
        version = revision.version if revision.status != "live" else None
    return Told(
        id=report.public_id,
        reason=report.reason,
        text=report.text,
        by=_("A visitor") if report.reporter_id is None else _("A member"),
        on=clock.day(report.received_at),
        is_urgent=report.is_urgent,
        has_hidden=report.has_hidden,
        version=version,
    )


def _reasons(series: Series) -> tuple[ReasonChoice, ...]:
    live = [reason for reason in series.reasons if reason.retired_at is None]
    return tuple(
        ReasonChoice(number, one.slug, one.label, one.explanation)
        for number, one in enumerate(live, start=1)
    )


def _letter(
    session: Session, viewer: Viewer, subject: Subject, draft: AnswerDraft | None, now: datetime
) -> Letter | None:
    if draft is None or draft.action == "keep" or isinstance(subject.row, Statement):
        return None
    typed = DecisionDraft(draft.action, draft.reason, draft.why, draft.facts)
    return draft_letter(session, viewer, subject.series, subject.kind, typed, now)


def _redact_url(viewer: Viewer, subject: Subject) -> str:
    row = subject.row
    if isinstance(row, Person) or not allowed(viewer, May.REDACT, row):
        return ""
    return paths.redact(DESK_KINDS[subject.kind], subject.id)


def _sanction_url(session: Session, viewer: Viewer, subject: Subject) -> str:
    """Of an author, who stays unnamed; of a member by name, for those who see the members."""
    row = subject.row
    if isinstance(row, Person):
        manages = allowed(viewer, May.MANAGE_MEMBERS, subject.series)
        return paths.sanction_member(subject.series.slug, row.public_id) if manages else ""
    author = None if isinstance(row, Statement) else find_author(session, row)
    if author is None or isinstance(row, Statement) or not may_ask(viewer, author, row):
        return ""
    return paths.sanction_author(DESK_KINDS[subject.kind], subject.id)


def _contribution_url(viewer: Viewer, subject: Subject) -> str:
    if subject.kind not in ("position", "response"):
        return ""
    if not allowed(viewer, May.DECIDE, subject.row):
        return ""
    curate = {"position": paths.curate_position, "response": paths.curate_response}
    return curate[subject.kind](subject.id)
