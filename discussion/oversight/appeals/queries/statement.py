"""The statement of reasons: for whom it is addressed to, and for the moderators of the series."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.decisions.models import Decision
from discussion.decisions.targets import in_words as target_in_words
from discussion.decisions.targets import target_of
from discussion.decisions.words import ALREADY_SAID
from discussion.language import in_words
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.appeals.queries.shapes import (
    About,
    Answered,
    Line,
    Made,
    StatementPage,
    StatementsPage,
)
from discussion.oversight.appeals.words import WITHIN
from discussion.oversight.moderation.letter_words import WELCOME, Said, Told, letter_lines
from discussion.oversight.moderation.queries.twins import find_published_claim
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects.finding import find_subject, headline, kind_named, where_kept
from discussion.subjects.kinds import Subject
from discussion.vocabulary import of_series


def find_statement(session: Session, viewer: Viewer | None, public_id: str) -> Decision | None:
    """The decision, for those who may read it in full."""
    decision = session.scalar(
        select(Decision)
        .where(Decision.public_id == public_id)
        .options(
            joinedload(Decision.series),
            joinedload(Decision.reason),
            joinedload(Decision.decided_by),
        )
    )
    return decision if decision and allowed(viewer, May.READ_STATEMENT, decision) else None


def statement_page(
    session: Session, viewer: Viewer, decision: Decision, now: datetime
) -> StatementPage:
    """The statement of reasons of one decision, for whoever it is about or moderates there."""
    series, appeal = decision.series, find_appeal(session, decision)
    is_mine = allowed(viewer, May.APPEAL, decision)
    return StatementPage(
        id=decision.public_id,
        headline=headline(decision.subject_kind, decision.action),
        about=about_of(session, viewer, decision),
        lines=lines_of(session, decision),
        at=decision.at,
        by_role=decision.decided_by_role,
        by_name=decision.decided_by.display_name if allowed(viewer, May.MODERATE, series) else "",
        is_mine=is_mine,
        state=state_of(session, decision, appeal, now),
        until=until_of(decision),
        within=target_in_words(target_of(series, "appeal")),
        appeal=_made(viewer, appeal),
        answered=answered_of(session, appeal.outcome) if appeal and appeal.outcome else None,
        undoes_url=_undoes_url(session, decision),
        send_url=paths.statement(decision.public_id) if is_mine else "",
        series_slug=series.slug,
        series_title=series.title,
        rules_url=paths.rules(series.slug),
    )


def statements_page(session: Session, viewer: Viewer, now: datetime) -> StatementsPage:
    """Every decision that was addressed to the viewer, the newest first."""
    rows = session.scalars(
        select(Decision)
        .where(Decision.addressed_to_id == viewer.person_id)
        .order_by(Decision.id.desc())
        .options(joinedload(Decision.series), joinedload(Decision.reason))
    ).all()
    appeals = {
        row.decision_id: row
        for row in session.scalars(
            select(Appeal)
            .where(Appeal.made_by_id == viewer.person_id)
            .options(joinedload(Appeal.outcome))
        )
    }
    return StatementsPage(
        tuple(
            Line(
                headline=headline(row.subject_kind, row.action),
                url=paths.statement(row.public_id),
                about=about_of(session, viewer, row),
                on=clock.day(row.at),
                state=state_of(session, row, appeals.get(row.id), now),
                until=until_of(row),
            )
            for row in rows
        )
    )


def find_appeal(session: Session, decision: Decision) -> Appeal | None:
    """The appeal against a decision with its outcome; None where there was none."""
    return session.scalar(
        select(Appeal)
        .where(Appeal.decision_id == decision.id)
        .options(joinedload(Appeal.outcome).joinedload(AppealOutcome.reviewed_by))
    )


def state_of(session: Session, decision: Decision, appeal: Appeal | None, now: datetime) -> str:
    """Whether it can be appealed: of words.STATES."""
    if appeal is not None:
        return "answered" if appeal.outcome else "waiting"
    if _outcome_of(session, decision) is not None:
        return "final"
    if decision.action in WELCOME or decision.addressed_to_id is None:
        return "welcome"
    return "late" if now > decision.at + WITHIN else "open"


def until_of(decision: Decision) -> date:
    """The last day on which it can be appealed."""
    return clock.day(decision.at + WITHIN)


def lines_of(session: Session, decision: Decision) -> tuple[Said, ...]:
    """What the letter says, from the rule to the way to appeal."""
    return letter_lines(told_of(session, decision))


def told_of(session: Session, decision: Decision) -> Told:
    """All that the words of the letter depend on."""
    twin = decision.twin_id if ALREADY_SAID in decision.marks else ""
    claim = find_published_claim(session, twin) if twin else ""
    reason = decision.reason
    return Told(
        of_series(decision.series.slug),
        kind=decision.subject_kind,
        action=decision.action,
        reason=reason.label if reason else "",
        explanation=reason.explanation if reason else "",
        facts=decision.facts,
        marks=tuple(decision.marks),
        twin=claim,
        twin_url=paths.position(twin) if claim else "",
        why=decision.why,
        within=target_in_words(target_of(decision.series, "contribution")),
        by_role=decision.decided_by_role,
        on=in_words(decision.at),
        kept=where_kept(decision.subject_kind),
    )


def about_of(session: Session, viewer: Viewer | None, decision: Decision) -> About:
    """What was decided on, in the version that was; a person is not named."""
    kind = kind_named(decision.subject_kind)
    subject = find_subject(session, kind, decision.subject_id) if _is_told(kind) else None
    if subject is None:
        return About(decision.subject_kind, "", "", "")
    version = None
    if decision.revision_id is not None:
        version = subject.find_version(session, decision.revision_id)
    said = version.excerpt if version else subject.excerpt()
    url = subject.url if subject.is_readable(viewer) else ""
    return About(decision.subject_kind, said.words, said.language, url)


def _is_told(kind: type[Subject] | None) -> bool:
    """What is asked of a person hangs on something that this statement does not name."""
    return kind is not None and not kind.is_somebody and not kind.is_of_moderators


def answered_of(session: Session, outcome: AppealOutcome) -> Answered:
    """How an appeal ended, with the decision that undid the first where it was upheld."""
    undid = session.get(Decision, outcome.decision_id) if outcome.decision_id else None
    return Answered(
        outcome=outcome.outcome,
        why=outcome.why,
        followed=undid.facts if undid else "",
        by_role=outcome.reviewed_by_role,
        on=clock.day(outcome.at),
        statement_url=paths.statement(undid.public_id) if undid else "",
    )


def _made(viewer: Viewer, appeal: Appeal | None) -> Made | None:
    """For its maker; what others may read of it stands on the desk."""
    if appeal is None or appeal.made_by_id != viewer.person_id:
        return None
    return Made(appeal.text, clock.day(appeal.at))


def _outcome_of(session: Session, decision: Decision) -> AppealOutcome | None:
    """The outcome of an appeal that this decision carried out."""
    return session.scalar(select(AppealOutcome).where(AppealOutcome.decision_id == decision.id))


def _undoes_url(session: Session, decision: Decision) -> str:
    outcome = _outcome_of(session, decision)
    if outcome is None:
        return ""
    appeal = session.get_one(Appeal, outcome.appeal_id)
    return paths.statement(appeal.decision.public_id)
