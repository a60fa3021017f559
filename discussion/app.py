"""create_app: the rooms that there are, and the order in which the site is put together."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from discussion.starting import spared

with spared():
    from discussion import clock, language
    from discussion.config import PUBLISHED_KEY, Settings, from_environment
    from discussion.db import make_engine, session_for, transaction
    from discussion.debate.evidence.views import blueprint as evidence_pages
    from discussion.debate.mutes.views import blueprint as mutes_pages
    from discussion.debate.positions.views import blueprint as positions_pages
    from discussion.debate.responses.views import blueprint as responses_pages
    from discussion.debate.threads.views import blueprint as threads_pages
    from discussion.jobs import views as health
    from discussion.jobs import waking
    from discussion.kept.views import blueprint as kept_pages
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
    from discussion.reach.announcements.views import blueprint as announcements_pages
    from discussion.reach.feeds.views import blueprint as feeds_pages
    from discussion.reach.needed.views import blueprint as needed_pages
    from discussion.reach.notices.views import blueprint as notices_pages
    from discussion.reach.packages.views import blueprint as packages_pages
    from discussion.reach.pictures.views import blueprint as pictures_pages
    from discussion.reach.publications.views import blueprint as publications_pages
    from discussion.reach.search.views import blueprint as search_pages
    from discussion.reach.sharing.views import blueprint as sharing_pages
    from discussion.reach.webhooks.views import blueprint as webhooks_pages
    from discussion.series.about.views import blueprint as about_pages
    from discussion.series.members.views import blueprint as members_pages
    from discussion.series.series.views import blueprint as series_pages
    from discussion.series.values.views import blueprint as values_pages
    from discussion.web import (
        assets,
        bodies,
        caching,
        compression,
        doorway,
        embedding,
        engines,
        errors,
        faces,
        fragments,
        headers,
        lately,
        logs,
        nearness,
        numbers,
        sector,
        tidying,
        words,
    )
    from discussion.web.indents import ShortIndents
    from discussion.web.site import Site
    from discussion.weighing.findings.views import blueprint as findings_pages
    from discussion.weighing.levels.views import blueprint as levels_pages
    from discussion.weighing.overview.views import blueprint as overview_pages
    from discussion.weighing.practice.views import blueprint as practice_pages
    from discussion.weighing.rounds.keys import rater_secret
    from discussion.weighing.rounds.views import blueprint as rounds_pages
    from discussion.weighing.statements.views import blueprint as statements_pages
    from discussion.wiring.registering import register_rooms

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
    practice_pages,
    levels_pages,
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
    publications_pages,
    needed_pages,
    notices_pages,
    mail_pages,
    feeds_pages,
    pictures_pages,
    packages_pages,
    search_pages,
    sharing_pages,
    webhooks_pages,
    announcements_pages,
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
        engines,  # before an answer is kept
        bodies,
        lately,
        faces,
        embedding,
        fragments,
        errors,
        words,
        sector,
        numbers,
        tidying,
        health,
        waking,
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
    app.jinja_env.add_extension(ShortIndents)
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
