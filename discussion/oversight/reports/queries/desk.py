"""The desk's page about something that was reported: it, its open reports, what to decide."""

from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths, text
from discussion.debate.positions.queries.cards import read_around, revealed_card
from discussion.debate.positions.queries.naming import coarse_date
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Filters, PastDecision
from discussion.decisions.targets import in_words, target_of
from discussion.language import _
from discussion.oversight.moderation.queries.frame import frame
from discussion.oversight.moderation.queries.letter import draft_letter
from discussion.oversight.moderation.queries.shapes import Letter, ReasonChoice
from discussion.oversight.reports.drafts import AnswerDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.desk_shapes import Reported, ReportsDesk, Told
from discussion.oversight.reports.queries.subjects import (
    Matter,
    actions_for,
    concern_of,
    find_reported,
    list_open,
)
from discussion.oversight.sanctions.queries.finding import find_author, may_ask
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.subjects.finding import about
from discussion.subjects.kinds import Subject

KIND = "reports"  # of moderation.words.KINDS


def find_reported_for(session: Session, viewer: Viewer | None, public_id: str) -> Matter | None:
    """What a report is about, for the moderators of its series, or who stands in for them."""
    report = session.scalar(
        select(Report)
        .where(Report.public_id == public_id)
        .options(joinedload(Report.series).selectinload(Series.reasons))
    )
    matter = find_reported(session, report) if report is not None else None
    if matter is None:
        return None
    may_look = allowed(viewer, May.MODERATE, matter.series) or allowed(
        viewer, May.ANSWER_REPORT, concern_of(session, matter)
    )
    return matter if may_look else None


def reports_desk(
    session: Session,
    viewer: Viewer,
    matter: Matter,
    *,
    draft: AnswerDraft | None = None,
    filters: Filters | None = None,
    now: datetime,
) -> ReportsDesk:
    """Everything on one page; to who wrote or reported it, only that somebody else answers."""
    subject, series = matter.about, matter.series
    reports = list_open(session, subject)
    may_answer = allowed(viewer, May.ANSWER_REPORT, concern_of(session, matter))
    shown = reports if may_answer else []
    open_id = reports[0].public_id if reports else ""
    return ReportsDesk(
        frame=frame(session, viewer, open_kind=KIND, open_id=open_id, filters=filters, now=now)
        if allowed(viewer, May.MODERATE, series)
        else None,
        is_own=not may_answer,
        item=show_reported(session, subject) if may_answer else None,
        reports=tuple(_told(session, subject, report) for report in shown),
        newest=reports[-1].public_id if shown else "",
        is_hidden_by_report=any(report.has_hidden for report in shown),
        actions=actions_for(subject) if shown else (),
        reasons=_reasons(series),
        letter=_letter(session, viewer, matter, draft, now),
        past=list_past(session, matter) if may_answer else (),
        answer_url=paths.answer_report(open_id),
        redact_url=_redact_url(viewer, subject),
        sanction_url=_sanction_url(session, viewer, matter),
        contribution_url=_contribution_url(viewer, subject),
        rules_url=paths.rules(series.slug),
        within=in_words(target_of(series, "report")),
    )


def list_past(session: Session, matter: Matter) -> tuple[PastDecision, ...]:
    """What was decided on it before, the newest first.

    Of a person only what was decided on reports of their page: what was asked of them may hang on
    something that they did not write by name.
    """
    subject = matter.about
    told = subject.told_actions
    rows = session.scalars(
        select(Decision)
        .where(about(Decision, subject))
        .where(Decision.series_id == matter.series.id)
        .where(Decision.action.in_(told) if told else true())
        .order_by(Decision.at.desc(), Decision.id.desc())
        .options(joinedload(Decision.reason))
    )
    attribution = subject.attribution if subject.voiced else "role"
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
    said, beside = subject.excerpt(), subject.beside_words()
    carded = subject.carded(session, version_id)
    return Reported(
        kind=subject.kind,
        id=subject.id,
        state=subject.state,
        url=subject.url,
        words=said.words,
        language=said.language,
        thread_question=subject.thread.question if subject.thread else "",
        thread_url=subject.thread.url if subject.thread else "",
        card=revealed_card(*carded, read_around(session, [carded[0]])) if carded else None,
        text=text.stored(subject.html(session, version_id)),
        response_type=beside.response_type,
        follows=beside.follows,
        source=beside.source,
        interests=beside.interests,
    )


def _told(session: Session, subject: Subject, report: Report) -> Told:
    version = None
    if subject.has_public_versions and report.version_id is not None:
        read = subject.find_version(session, report.version_id)
        version = read.number if read is not None and read.status != "live" else None
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
    session: Session, viewer: Viewer, matter: Matter, draft: AnswerDraft | None, now: datetime
) -> Letter | None:
    if draft is None or draft.action == "keep" or matter.about.is_of_moderators:
        return None
    typed = Ruling(draft.action, draft.reason, draft.why, draft.facts)
    return draft_letter(session, viewer, matter.series, matter.about.kind, typed, now)


def _redact_url(viewer: Viewer, subject: Subject) -> str:
    if not subject.words.redact or not allowed(viewer, May.REDACT, subject.row):
        return ""
    return paths.redact(subject.plural, subject.id)


def _sanction_url(session: Session, viewer: Viewer, matter: Matter) -> str:
    """Of an author, who stays unnamed; of a member by name, for those who see the members."""
    subject, series = matter.about, matter.series
    if subject.is_somebody:
        manages = allowed(viewer, May.MANAGE_MEMBERS, series)
        return paths.sanction_member(series.slug, subject.id) if manages else ""
    author = None if subject.is_of_moderators else find_author(session, subject)
    if author is None or not may_ask(viewer, author, subject):
        return ""
    return paths.sanction_author(subject.plural, subject.id)


def _contribution_url(viewer: Viewer, subject: Subject) -> str:
    if not subject.is_contribution or not allowed(viewer, May.DECIDE, subject.row):
        return ""
    return subject.desk_url
