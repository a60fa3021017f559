"""create_app: the only wiring; a table of contents."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from discussion import clock, language, paths
from discussion.config import PUBLISHED_KEY, Settings, from_environment
from discussion.db import make_engine, session_for, transaction
from discussion.debate.evidence.views import blueprint as evidence_pages
from discussion.debate.mutes.views import blueprint as mutes_pages
from discussion.debate.positions.views import blueprint as positions_pages
from discussion.debate.responses.views import blueprint as responses_pages
from discussion.debate.threads.views import blueprint as threads_pages
from discussion.jobs import clockwork
from discussion.jobs import views as health
from discussion.jobs.queries import FIRST_CAME
from discussion.jobs.registry import WORK, Registry, collect
from discussion.kept.views import blueprint as kept_pages
from discussion.language import _l
from discussion.mail.views import blueprint as mail_pages
from discussion.oversight.appeals.views import blueprint as appeals_pages
from discussion.oversight.duties.views import blueprint as duties_pages
from discussion.oversight.moderation.views import blueprint as moderation_pages
from discussion.oversight.redactions.views import blueprint as redactions_pages
from discussion.oversight.reports.views import blueprint as reports_pages
from discussion.oversight.rights.views import blueprint as rights_pages
from discussion.oversight.sanctions.views import blueprint as sanctions_pages
from discussion.oversight.transparency.views import blueprint as transparency_pages
from discussion.people.accounts.views import blueprint as accounts_pages
from discussion.people.accounts.words import LASTS_AT_MOST
from discussion.series.about.views import blueprint as about_pages
from discussion.series.members.views import blueprint as members_pages
from discussion.series.series.views import blueprint as series_pages
from discussion.series.values.views import blueprint as values_pages
from discussion.subjects.effects import EFFECTS
from discussion.subjects.kinds import KINDS, on_pages
from discussion.web import (
    assets,
    caching,
    compression,
    doorway,
    errors,
    faces,
    fragments,
    headers,
    layout,
    logs,
    nearness,
    sector,
    tidying,
    watching,
    words,
)
from discussion.web.shapes import MenuItem
from discussion.web.site import Site
from discussion.weighing.findings.views import blueprint as findings_pages
from discussion.weighing.overview.views import blueprint as overview_pages
from discussion.weighing.rounds.keys import rater_secret
from discussion.weighing.rounds.views import blueprint as rounds_pages
from discussion.weighing.statements.views import blueprint as statements_pages

ROOMS = (
    kept_pages,  # first, so that forms are looked at before any room does
    about_pages,
    accounts_pages,
    series_pages,
    members_pages,
    values_pages,
    threads_pages,
    positions_pages,
    responses_pages,
    evidence_pages,
    statements_pages,
    rounds_pages,
    findings_pages,
    overview_pages,
    moderation_pages,
    reports_pages,
    appeals_pages,
    sanctions_pages,
    redactions_pages,
    mutes_pages,
    transparency_pages,
    duties_pages,
    rights_pages,
    mail_pages,
)


def register_rooms() -> None:
    """What higher rooms answer to lower ones: the one list of them; see `registers.py`.

    Grouped by the place that asks, from the ground upwards; one line a question.
    """
    _answer_as_writing()
    _answer_jobs()
    _answer_doorway()
    _answer_shell()
    _answer_templates()
    _answer_people()
    _answer_series()
    _answer_debate()
    _answer_threads()
    _answer_desk()


def _answer_jobs() -> None:
    from discussion.people.accounts.queries import first_came

    WORK.add(everything_later)
    FIRST_CAME.add(first_came)


def everything_later() -> Registry:
    """What rooms can do later; only what does it imports it."""
    from discussion.debate.evidence import tasks as evidence
    from discussion.debate.positions import tasks as positions
    from discussion.debate.threads import tasks as threads
    from discussion.jobs import tasks as jobs
    from discussion.kept import tasks as kept
    from discussion.mail import tasks as mail
    from discussion.oversight.appeals import tasks as appeals
    from discussion.oversight.duties import tasks as duties
    from discussion.oversight.moderation import tasks as moderation
    from discussion.oversight.redactions import tasks as redactions
    from discussion.oversight.reports import tasks as reports
    from discussion.oversight.rights import tasks as rights
    from discussion.oversight.sanctions import tasks as sanctions
    from discussion.people.accounts import tasks as accounts
    from discussion.series.members import tasks as members
    from discussion.series.series import tasks as series
    from discussion.series.values import tasks as values
    from discussion.weighing.findings import tasks as findings
    from discussion.weighing.rounds import tasks as rounds
    from discussion.weighing.statements import tasks as statements

    people, agreed = (accounts,), (series, members, values)
    debate, weighing = (threads, positions, evidence), (statements, rounds, findings)
    oversight = (moderation, reports, appeals, sanctions, redactions, duties, rights)
    return collect(jobs, kept, mail, *people, *agreed, *debate, *weighing, *oversight)


def _answer_doorway() -> None:
    from discussion.kept import queries as of_kept
    from discussion.people.accounts.operations import sessions
    from discussion.people.accounts.queries import find_viewer
    from discussion.people.accounts.queries_sessions import count_seen_in, ends_at
    from discussion.people.accounts.words import SEEN_EVERY

    doorway.DOORKEEPER.add(
        doorway.Doorkeeper(
            find_viewer,
            sessions.session_key,
            sessions.note_seen,
            sessions.note_password,
            SEEN_EVERY,
        )
    )
    watching.SEEN.add(count_seen_in)
    of_kept.whose_session.add(sessions.whose_session)
    of_kept.name_of.add(sessions.name_of)
    of_kept.ends_at.add(ends_at)


def _answer_people() -> None:
    from discussion.debate.composing.handing import hand_in_ready, held_at, waiting_at
    from discussion.debate.composing.operations import claim_drafts
    from discussion.debate.positions.queries.by_name import list_claims_by_name
    from discussion.debate.responses.queries_by_name import list_replies_by_name
    from discussion.oversight.rights.queries.leaving import leaves_at
    from discussion.oversight.sanctions.queries import find_paused, list_own
    from discussion.people.accounts import queries_higher as accounts
    from discussion.series.members.operations import join_by_domain
    from discussion.series.members.queries import belonging
    from discussion.series.members.queries.joining import list_offers
    from discussion.series.series.queries.reading import list_known_titles

    accounts.BELONGINGS.add(belonging.find_belongings)
    accounts.PAUSED.add(find_paused)
    accounts.LEAVES_AT.add(leaves_at)
    accounts.PARTS.add(belonging.list_parts)
    accounts.OFFERS.add(list_offers)
    accounts.SANCTIONS.add(list_own)
    accounts.CLAIMS.add(list_claims_by_name)
    accounts.REPLIES.add(list_replies_by_name)
    accounts.KEEPS_MEMBER.add(belonging.keeps_member)
    accounts.TAKEN_NAMES.add(list_known_titles)
    accounts.CONFIRMED.add(join_by_domain)
    accounts.KEPT.add(accounts.KeptWriting(claim_drafts, hand_in_ready, waiting_at, held_at))


def _answer_shell() -> None:
    from discussion.oversight.appeals.queries import left
    from discussion.oversight.moderation.queries import queue
    from discussion.oversight.sanctions.queries import list_pauses

    layout.IN_SERIES.add(*IN_SERIES)
    layout.OWN.add(*OWN)
    layout.FOOT.add(*FOOT)
    layout.DESKS.add(queue.find_desk, left.find_desk)
    layout.PAUSES.add(list_pauses)


IN_SERIES = (
    MenuItem(_l("Themes"), paths.themes),
    MenuItem(_l("Findings"), paths.series_findings, holds=("/findings/",)),
    MenuItem(_l("Library"), paths.library),
    MenuItem(_l("Values"), paths.values),
)
OWN = (
    MenuItem(_l("My contributions"), lambda _slug: paths.mine()),
    MenuItem(_l("Profile"), lambda _slug: paths.profile()),
)
FOOT = (
    MenuItem(_l("About"), lambda _slug: paths.about()),
    MenuItem(_l("Rules"), paths.rules, shown="in_series"),
    MenuItem(_l("Moderation log"), paths.log, shown="in_series"),
    MenuItem(_l("Safety"), lambda _slug: paths.duties()),
    MenuItem(_l("Privacy"), lambda _slug: paths.privacy()),
    MenuItem(_l("Your data"), lambda _slug: paths.rights(), shown="signed_in"),
    MenuItem(_l("Accessibility"), lambda _slug: paths.accessibility()),
)


def _answer_templates() -> None:
    from discussion.debate.evidence import words as evidence
    from discussion.debate.positions import words as positions
    from discussion.debate.threads import words as threads
    from discussion.debate.threads import words_arranging
    from discussion.decisions import words as decisions
    from discussion.oversight.appeals import words as appeals
    from discussion.oversight.moderation import words as moderation
    from discussion.oversight.reports import words as reports
    from discussion.series.about.words_glosses import glosses_in
    from discussion.series.series import words as series
    from discussion.weighing.statements import words as statements

    words.GLOSSES.add(glosses_in)
    words.VOCABULARIES.add(
        on_pages(),
        series.ON_PAGES,
        threads.ON_PAGES,
        words_arranging.ON_PAGES,
        positions.ON_PAGES,
        evidence.ON_PAGES,
        statements.ON_PAGES,
        decisions.ON_PAGES,
        moderation.ON_PAGES,
        reports.ON_PAGES,
        appeals.ON_PAGES,
    )


def _answer_series() -> None:
    from discussion.debate.positions.operations.naming import coarsen_labels
    from discussion.debate.positions.queries import merging, value_uses
    from discussion.debate.positions.queries.placing import has_places
    from discussion.debate.threads.operations.scales import swap_scale
    from discussion.series.series.operations import higher as of_series
    from discussion.series.series.queries import higher as asked_by_series
    from discussion.series.values import queries_higher as of_values
    from discussion.weighing.rounds.operations.running import close_rounds_of

    of_series.ON_GROUPS_CHANGED.add(coarsen_labels)
    of_series.ON_OVER.add(close_rounds_of)
    of_series.ON_SCALE_REPLACED.add(swap_scale)
    asked_by_series.HAS_PLACES.add(has_places)
    of_values.COUNT_USES.add(value_uses.count_uses)
    of_values.COUNT_PROPOSED.add(value_uses.count_proposed)
    of_values.LIST_SIDE.add(value_uses.list_side)
    of_values.COUNT_NAMING.add(value_uses.naming_proposal)
    of_values.PROPOSED_IN.add(value_uses.first_proposed_in)
    of_values.LIST_BECOMING.add(merging.list_becoming)
    of_values.COUNT_RESPONSES.add(merging.count_naming_responses)


def _answer_as_writing() -> None:
    from discussion.debate.evidence.operations.effects import EvidenceEffects
    from discussion.debate.evidence.subject import EvidenceSubject
    from discussion.debate.positions.operations.effects import PositionEffects
    from discussion.debate.positions.subject import PositionSubject
    from discussion.debate.responses.operations.effects import ResponseEffects
    from discussion.debate.responses.subject import ResponseSubject
    from discussion.debate.threads.operations.effects import ThreadEffects
    from discussion.debate.threads.subject import ThreadSubject
    from discussion.people.accounts.subject import PersonSubject
    from discussion.series.values.operations_effects import ValueEffects
    from discussion.series.values.subject import ValueSubject
    from discussion.weighing.statements.operations.effects import StatementEffects
    from discussion.weighing.statements.subject import StatementSubject

    KINDS.add(
        PositionSubject,
        ResponseSubject,
        ThreadSubject,
        ValueSubject,
        StatementSubject,
        EvidenceSubject,
        PersonSubject,
    )
    EFFECTS.add(
        PositionEffects,
        ResponseEffects,
        ThreadEffects,
        ValueEffects,
        StatementEffects,
        EvidenceEffects,
    )


def _answer_debate() -> None:
    from discussion.debate.composing import handing
    from discussion.debate.composing import queries as composing
    from discussion.debate.positions import forms_kept as positions_kept
    from discussion.debate.positions.queries import higher as of_positions
    from discussion.debate.positions.queries import kept
    from discussion.debate.responses import forms_kept as responses_kept
    from discussion.debate.responses import queries as responses
    from discussion.debate.threads.queries import reasons
    from discussion.decisions.operations.going_on import NEXT
    from discussion.decisions.queries.desk import FRAME
    from discussion.oversight.moderation.operations import take_next
    from discussion.oversight.moderation.queries import frame
    from discussion.oversight.redactions.operations import promise_quotes_back, promise_quotes_out
    from discussion.oversight.redactions.queries.reasons import find_reasons, list_withheld
    from discussion.oversight.sanctions.queries import list_own
    from discussion.oversight.sanctions.queries.finding import reads_first_until
    from discussion.weighing.statements.operations import quoting
    from discussion.weighing.statements.queries.asked import list_asked
    from discussion.weighing.statements.queries.reading import list_drawing_on

    handing.READERS.add(positions_kept.read_ready, responses_kept.read_ready)
    composing.KINDS.add(*kept.DRAFTS, *responses.DRAFTS)
    of_positions.DRAWN_ON.add(list_drawing_on)
    of_positions.ASKED.add(list_asked)
    reasons.WITHHELD.add(list_withheld)
    of_positions.OWN_SANCTIONS.add(list_own)
    of_positions.READS_FIRST_UNTIL.add(reads_first_until)
    quoting.QUOTING.add(find_reasons)
    quoting.QUOTES_OUT.add(promise_quotes_out)
    quoting.QUOTES_BACK.add(promise_quotes_back)
    FRAME.add(frame)
    NEXT.add(take_next)


def _answer_threads() -> None:
    from discussion.debate.threads.operations import higher as of_threads
    from discussion.debate.threads.queries import higher as asked_by_threads
    from discussion.weighing.findings.queries import cycles, rated
    from discussion.weighing.rounds.operations.holding import follow_stage
    from discussion.weighing.rounds.queries import finding
    from discussion.weighing.rounds.queries import of_threads as rounds
    from discussion.weighing.statements.operations.carrying import carry_statements

    of_threads.CARRIED.add(of_threads.Carried("statements", carry_statements))
    of_threads.ON_STAGE.add(follow_stage)
    asked_by_threads.LED_TO.add(rated.rated_and_found)
    asked_by_threads.HEADLINES.add(cycles.list_headlines)
    asked_by_threads.HELD.add(rounds.list_numbers)
    asked_by_threads.ROUNDS.add(rounds.find_rounds)
    asked_by_threads.MISSED.add(rounds.list_missed_threads)
    asked_by_threads.STILL_ASKED.add(finding.is_still_asked)
    asked_by_threads.IS_RATED.add(rounds.is_rated)
    asked_by_threads.HAS_ROUNDS.add(rounds.has_rounds)
    asked_by_threads.IN_OPEN_ROUNDS.add(rounds.in_open_rounds)


def _answer_desk() -> None:
    from discussion.debate.evidence.queries import waiting as evidence
    from discussion.debate.threads.queries import waiting as of_threads
    from discussion.oversight.appeals.queries import about as of_appeals
    from discussion.oversight.appeals.queries import waiting as appeals
    from discussion.oversight.moderation.queries import higher as of_desk
    from discussion.oversight.moderation.queries.sources import SOURCES, Source
    from discussion.oversight.moderation.queries.waiting import (
        positions,
        responses,
        threads,
        values,
    )
    from discussion.oversight.redactions.queries.higher import SAID_ABOUT
    from discussion.oversight.reports.queries import about as of_reports
    from discussion.oversight.reports.queries import waiting as reports

    of_desk.REPORTED.add(of_reports.list_reported)
    of_desk.TIMED.add(of_reports.times_since, of_appeals.times_since)
    SAID_ABOUT.add(of_reports.list_said, of_appeals.list_said)
    SOURCES.add(
        Source(("positions",), positions.list_bare, positions.describe, positions.tally),
        Source(("responses",), responses.list_bare, responses.describe, responses.tally),
        Source(("threads",), threads.list_bare, threads.describe, threads.tally),
        Source(("values",), values.list_bare, values.describe, values.tally),
        Source(("reports",), reports.list_bare, reports.describe, reports.tally),
        Source(("appeals",), appeals.list_bare, appeals.describe, appeals.tally),
        Source(("evidence", "links"), evidence.list_bare, evidence.describe, evidence.tally),
        Source(("stages", "reviews"), of_threads.list_bare, of_threads.describe),
    )


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings, or for those of the environment."""
    settings = settings or from_environment()
    register_rooms()
    clock.keep_time_in(settings.time_zone)
    folder = _folder("templates"), _folder("static")
    app = Flask(
        "discussion",
        template_folder=str(folder[0]),
        static_folder=str(folder[1]),
        static_url_path="/static",
    )
    _configure(app, settings)
    engine = make_engine(
        settings.sqlalchemy_url, threads=settings.threads, synchronous=settings.sqlite_synchronous
    )
    app.extensions["site"] = Site(
        settings=settings,
        engine=engine,
        open_session=lambda writes: session_for(engine, writes=writes),
        unnoticed=lambda: transaction(engine),  # until pages are kept
        raters_secret=rater_secret(settings.rater_key, str(app.secret_key)),
        assets=assets.install(app, folder[1]),
    )
    for part in (
        logs,
        compression,
        headers,
        language,
        doorway,
        caching,
        faces,
        fragments,
        errors,
        words,
        sector,
        tidying,
        health,
        clockwork,
    ):
        part.install(app)
    for room in ROOMS:
        app.register_blueprint(room)
    nearness.install(app)  # last, so that it is asked first
    return app


def _configure(app: Flask, settings: Settings) -> None:
    secure = not settings.is_loopback
    app.config.update(
        SECRET_KEY=settings.secret_key or PUBLISHED_KEY,
        DEBUG=settings.debug,
        TESTING=settings.environment == "test",
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=2_000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SECURE=secure,
        REMEMBER_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LASTS_AT_MOST,  # the row says when it ends before
        SEND_FILE_MAX_AGE_DEFAULT=0 if settings.debug else 86_400,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        count = settings.trusted_proxies
        # Not X-Forwarded-Host: a proxy that says nothing of it passes on whatever a reader claims.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count
        )


def _folder(name: str) -> Path:
    """templates/ and static/ stand beside the package in a checkout, and inside it in a wheel."""
    inside = Path(__file__).parent / f"_{name}"
    return inside if inside.is_dir() else Path(__file__).parent.parent / name
