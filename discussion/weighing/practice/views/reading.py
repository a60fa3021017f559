"""The room of a series, and its instrument: read by all, written by conveners."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.problems import Invalid, Refused
from discussion.series.series.queries.convening import find_convened
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.versions import versioned
from discussion.weighing.practice.forms import (
    InstrumentForm,
    filled_instrument,
    instrument_form,
)
from discussion.weighing.practice.models import Instrument
from discussion.weighing.practice.operations import instruments as do
from discussion.weighing.practice.queries.drafts import draft_of
from discussion.weighing.practice.queries.finding import find_draft
from discussion.weighing.practice.queries.pages import instrument_page, practice_page
from discussion.weighing.practice.views import blueprint


@blueprint.get("/practice/<slug>")
def page(slug: str) -> Response:
    """What it is for, and what the reader can do."""
    shown = or_404(practice_page(session(), viewer(), slug))
    return answer("practice/page.html", shown, series=(slug, shown.series_title))


@blueprint.get("/practice/<slug>/instrument")
def instrument(slug: str) -> Response:
    """What is asked; for a convener the draft of the next version."""
    draft = _draft(slug)
    return _show(slug, _opened(slug) if draft else None)


@blueprint.post("/practice/<slug>/instrument/begin")
def begin_instrument(slug: str) -> AnyResponse:
    """A draft of the next version."""
    series = or_404(find_convened(session(), viewer(), slug))
    do.begin_instrument(session(), acting(May.CONVENE), series, now=clock.now())
    return redirect(paths.instrument(slug), 303)


def _opened(slug: str) -> InstrumentForm | None:
    """The form as its page opens it."""
    row = _draft(slug)
    if row is None:
        return None
    said = draft_of(row)
    made = instrument_form([one.slug for one in said.functions])
    return made(data=filled_instrument(said))


@blueprint.post("/practice/<slug>/instrument")
@versioned(_opened)
def save_instrument(slug: str) -> AnyResponse:
    """Keep the draft."""
    or_404(find_convened(session(), viewer(), slug))
    row = _draft(slug)
    if row is None:
        raise NotFound
    form = instrument_form([one.slug for one in row.functions]).posted()
    try:
        if not form.validate():
            return _show(slug, form, 422)
        do.keep_instrument(session(), acting(May.CONVENE), row, form.draft(), now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show(slug, form, 422)
    flash(_("The draft is kept. Nobody is asked by it until you open it."), "done")
    return redirect(paths.instrument(slug), 303)


@blueprint.post("/practice/<slug>/instrument/open")
def open_instrument(slug: str) -> AnyResponse:
    """From now on it does not change, and runs can be held with it."""
    or_404(find_convened(session(), viewer(), slug))
    row = _draft(slug)
    if row is None:
        raise NotFound
    try:
        do.open_instrument(session(), acting(May.CONVENE), row, now=clock.now())
        flash(_("Version %(num)s is open. It does not change any more.", num=row.version), "done")
    except (Invalid, Refused) as error:
        flash(str(error), "note")
    return redirect(paths.instrument(slug), 303)


def _draft(slug: str) -> Instrument | None:
    """The draft, for who may write it."""
    series = find_series(session(), viewer(), slug)
    if series is None or not allowed(viewer(), May.CONVENE, series):
        return None
    asked = request.args.get("version")
    return find_draft(session(), series) if not asked else None


def _show(slug: str, form: InstrumentForm | None, status: int = 200) -> Response:
    asked = request.args.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    shown = or_404(instrument_page(session(), viewer(), slug, version))
    return answer(
        "practice/instrument.html",
        shown,
        form=form,
        status=status,
        series=(slug, shown.series_title),
    )
