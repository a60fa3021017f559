"""Composing a briefing: its draft, what can be put into it, its checks, publishing it."""

from collections.abc import Iterable

from flask import Response, flash, redirect, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse
from wtforms.form import BaseForm

from discussion import clock, paths
from discussion.debate.evidence.operations import keep_archive
from discussion.debate.evidence.queries import find_item
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.finding import find_thread
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.reach.publications.forms import (
    AnswerForm,
    ArchiveForm,
    ComposeForm,
    PublishForm,
    TellForm,
    opened,
)
from discussion.reach.publications.models import Publication
from discussion.reach.publications.operations.composing import (
    begin_briefing,
    keep_draft,
    take_newest,
)
from discussion.reach.publications.operations.publishing import publish, withdraw
from discussion.reach.publications.operations.telling import answer_objection, tell_authors
from discussion.reach.publications.queries.composing.checking import check_page, find_objection
from discussion.reach.publications.queries.composing.page import compose_page
from discussion.reach.publications.queries.finding import find_begun, find_publication
from discussion.reach.publications.queries.registered import doi_prefix
from discussion.reach.publications.views import blueprint
from discussion.reach.publications.words import SECTIONS
from discussion.series.series.models import Series, Theme
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import SiteForm
from discussion.web.headers import private
from discussion.web.site import site
from discussion.web.versions import versioned


@blueprint.post("/publications/<slug>/begin")
def begin(slug: str) -> AnyResponse:
    """A new briefing about a thread, a theme or the series; where one is begun, that one."""
    series = or_404(find_series(session(), viewer(), slug))
    actor = acting(May.COMPOSE)
    require(actor, May.COMPOSE, series)
    thread, theme = _asked(series)
    begun = find_begun(session(), series, thread, theme)
    publication = begun or begin_briefing(
        session(), actor, series, thread=thread, theme=theme, now=clock.now()
    )
    return redirect(paths.compose(series.slug, publication.slug), 303)


@blueprint.get("/publications/<slug>/<publication>/compose")
def compose(slug: str, publication: str) -> Response:
    """The page on which it is composed."""
    return _show(_composed(slug, publication))


def _opened(slug: str, publication: str) -> BaseForm:
    return opened(_composed(slug, publication))


@blueprint.post("/publications/<slug>/<publication>/compose")
@versioned(_opened)
def send_draft(slug: str, publication: str) -> AnyResponse:
    """Keep the draft; with a button of the list, with what was picked put into a section."""
    row = _composed(slug, publication)
    form = ComposeForm.read(request.form)
    into = request.form.get("into", "")
    mark, _colon, words = request.form.get("put", "").partition(":")
    if mark and into in SECTIONS:
        form.put(into, f"> {mark}: {words}" if words else f"[{mark}]")
    actor = acting(May.COMPOSE)
    try:
        keep_draft(session(), actor, row, form.title, form.sections, now=clock.now())
        if request.form.get("do") == "newest":
            take_newest(session(), actor, row, now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show(_composed(slug, publication), form, status=422)
    if request.form.get("do") == "check":
        return redirect(paths.check_publication(slug, publication), 303)
    flash(_("The draft is kept."), "done")
    back = paths.compose(slug, publication)
    return redirect(f"{back}?into={into}#section-{into}" if mark and into else back, 303)


@blueprint.get("/publications/<slug>/<publication>/check")
def check(slug: str, publication: str) -> Response:
    """What stands between the draft and its readers."""
    return _show_checks(_composed(slug, publication))


@blueprint.post("/publications/<slug>/<publication>/check/tell")
def send_tell(slug: str, publication: str) -> AnyResponse:
    """Tell the authors who are quoted."""
    row, form = _composed(slug, publication), TellForm.posted()
    try:
        told = tell_authors(
            session(), acting(May.COMPOSE), row, days=form.days.data or 0, now=clock.now()
        )
    except Invalid as error:
        form.days.errors = []
        form.say(*error.problems)
        begin_again()
        return _show_checks(_composed(slug, publication), tell=form, status=422)
    flash(
        _("The authors are told.") if told else _("Every author knows already."),
        "done",
    )
    return redirect(paths.check_publication(slug, publication), 303)


@blueprint.post("/publications/<slug>/<publication>/check/publish")
def send_publish(slug: str, publication: str) -> AnyResponse:
    """Freeze it, and show it to its readers."""
    row, form = _composed(slug, publication), PublishForm.posted()
    try:
        publish(
            session(),
            acting(May.COMPOSE),
            row,
            correction=form.note.data or "",
            site_url=site().settings.public_url,
            doi_prefix=doi_prefix(site().settings),
            now=clock.now(),
        )
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show_checks(_composed(slug, publication), form=form, status=422)
    except Refused as refused:
        form.note.errors = [refused.sentence]
        begin_again()
        return _show_checks(_composed(slug, publication), form=form, status=422)
    flash(_("It is published. Its files are being made."), "done")
    return redirect(paths.publication(slug, publication), 303)


@blueprint.post("/publications/<slug>/<publication>/check/withdraw")
def send_withdraw(slug: str, publication: str) -> AnyResponse:
    """Take the newest version away."""
    row = _composed(slug, publication)
    try:
        withdraw(session(), acting(May.COMPOSE), row, now=clock.now())
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(_("The version and all its files are withdrawn. Only its hash stays."), "done")
    return redirect(paths.check_publication(slug, publication), 303)


@blueprint.post("/publications/<slug>/<publication>/check/<quoting>")
def send_answer(slug: str, publication: str, quoting: str) -> AnyResponse:
    """Answer an author who objects."""
    row, form = _composed(slug, publication), AnswerForm.posted()
    found = or_404(find_objection(session(), row, quoting))
    try:
        answer_objection(
            session(), acting(May.COMPOSE), found, answer=form.answer.data or "", now=clock.now()
        )
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show_checks(_composed(slug, publication), wrong=(quoting, form), status=422)
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(_("Your answer is sent to the author."), "done")
    return redirect(paths.check_publication(slug, publication), 303)


@blueprint.post("/publications/<slug>/<publication>/check/references/<public_id>")
def send_archive(slug: str, publication: str, public_id: str) -> AnyResponse:
    """Keep where a copy of a reference is, so that it leads somewhere."""
    row, form = _composed(slug, publication), ArchiveForm.posted()
    item = or_404(find_item(session(), viewer(), slug, public_id))
    try:
        address = form.archive_url.data or ""
        keep_archive(session(), acting(May.JUDGE_ITEM), item, address, now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        row = _composed(slug, publication)
        return _show_checks(row, wrong=(public_id, form), status=422)
    flash(_("The copy is kept. Readers are led to it."), "done")
    return redirect(paths.check_publication(slug, row.slug), 303)


def _asked(series: Series) -> tuple[Thread | None, Theme | None]:
    """What it is to be about, as the form says: a thread, a theme, or neither."""
    asked_thread, asked_theme = request.form.get("thread", ""), request.form.get("theme", "")
    if asked_thread:
        thread = or_404(find_thread(session(), viewer(), asked_thread))
        return or_404(thread if thread.series_id == series.id else None), None
    if asked_theme:
        themes = select(Theme).where(Theme.series_id == series.id).where(Theme.slug == asked_theme)
        return None, or_404(session().scalar(themes))
    return None, None


def _composed(slug: str, publication: str) -> Publication:
    row = or_404(find_publication(session(), viewer(), slug, publication))
    require(viewer(), May.COMPOSE, row)
    return or_404(row if row.kind == "briefing" else None)


def _show(
    publication: Publication, form: ComposeForm | None = None, *, status: int = 200
) -> Response:
    into = request.values.get("into", "")
    page = compose_page(session(), publication, into=into)
    response = answer(
        "publications/compose.html",
        page,
        form=form or ComposeForm.of(publication),
        status=status,
        series=(page.series_slug, page.series_title),
    )
    return private(response)


def _show_checks(
    publication: Publication,
    *,
    form: PublishForm | None = None,
    tell: TellForm | None = None,
    wrong: tuple[str, AnswerForm | ArchiveForm] | None = None,
    status: int = 200,
) -> Response:
    page = check_page(session(), publication)
    forms = {
        "publish": form or PublishForm(),
        "tell": tell or TellForm(),
        "answers": _one_each(AnswerForm, "answer", (one.id for one in page.objections), wrong),
        "archives": _one_each(ArchiveForm, "archive_url", (one.id for one in page.held), wrong),
        "wrong": wrong[1].problems() if wrong else [],
    }
    response = answer(
        "publications/check.html",
        page,
        form=forms,
        status=status,
        series=(page.series_slug, page.series_title),
    )
    return private(response)


def _one_each(
    kind: type[SiteForm], name: str, ids: Iterable[str], wrong: tuple[str, SiteForm] | None
) -> dict[str, SiteForm]:
    """A form for each, whose field has an id of its own; what was sent stands where it belongs."""
    made: dict[str, SiteForm] = {}
    for one in ids:
        is_sent = wrong is not None and wrong[0] == one and isinstance(wrong[1], kind)
        made[one] = wrong[1] if wrong is not None and is_sent else kind()
        made[one][name].id = f"{name}-{one}"
    return made
