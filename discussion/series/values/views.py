"""Pages of values: the vocabulary, one value, and the conveners' list."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from discussion import clock
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.series.series.forms import ValueForm, WhyForm
from discussion.series.series.models import Series
from discussion.series.series.queries import convening
from discussion.series.series.queries.reading import find_series
from discussion.series.values import operations
from discussion.series.values.models import Value, ValueProposal
from discussion.series.values.queries import LeadsTo, value_page, values_page
from discussion.series.values.queries_merging import merge_page
from discussion.series.values.queries_settings import find_proposal, values_settings_page
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import SUFFIX, answer, wants_json
from discussion.web.sector import speaks_of_its_series
from discussion.web.versions import versioned

blueprint = Blueprint("values", __name__)
speaks_of_its_series(blueprint)
SETTINGS = "/series/<slug>/settings/values"
ACTS = {
    "retire": operations.retire_value,
    "restore": operations.restore_value,
}


@blueprint.get("/values/<slug>")
def page(slug: str) -> Response:
    shown = or_404(values_page(session(), viewer(), slug))
    return answer("values/page.html", shown, series=(slug, shown.series_title))


@blueprint.get("/values/<slug>/<value>")
def value(slug: str, value: str) -> Response:
    shown = value_page(
        session(),
        viewer(),
        slug,
        value,
        after_served=request.args.get("served", "")[:20],
        after_outweighed=request.args.get("outweighed", "")[:20],
    )
    if shown is None:
        raise NotFound
    if isinstance(shown, LeadsTo):
        return redirect(shown.url + SUFFIX if wants_json() else shown.url, 301)
    return answer("values/value.html", shown, series=(slug, shown.series_title))


@blueprint.get(SETTINGS)
def listed(slug: str) -> Response:
    return _show(slug, ValueForm())


@blueprint.post(SETTINGS)
def add(slug: str) -> Response:
    form = ValueForm.posted()
    series = _series(slug)
    if form.validate() and form.does(
        operations.add_value, session(), acting(May.CONVENE), series, form.draft(), now=clock.now()
    ):
        return _back(slug, _("The value is added."))
    return _show(slug, form, status=422)


@blueprint.get(f"{SETTINGS}/<value>")
def listed_row(slug: str, value: str) -> Response:
    return _show(slug, _opened(slug, value), editing=value)


def _opened(slug: str, value: str) -> ValueForm:
    row = _value(slug, value)
    form = ValueForm(data={name: getattr(row, name) for name in ValueForm()._fields})
    return _without_slug(form)


@blueprint.post(f"{SETTINGS}/<value>")
@versioned(_opened)
def reword(slug: str, value: str) -> Response:
    form = _without_slug(ValueForm.posted())
    row = _value(slug, value)
    if form.validate() and form.does(
        operations.reword_value, session(), acting(May.CONVENE), row, form.draft(), now=clock.now()
    ):
        return _back(slug, _("The value is reworded. Its earlier words are kept."))
    return _show(slug, form, editing=value, status=422)


@blueprint.post(f"{SETTINGS}/<value>/<any(up,down,retire,restore):act>")
def move(slug: str, value: str, act: str) -> Response:
    form, row = ValueForm(), _value(slug, value)
    actor, now = acting(May.CONVENE), clock.now()
    if act in ACTS:
        is_done = form.does(ACTS[act], session(), actor, row, now=now)
    else:
        is_done = form.does(operations.move_value, session(), actor, row, act, now=now)
    if not is_done:
        return _show(slug, form, status=422)
    return redirect(url_for("values.listed", slug=slug, _anchor=f"row-{value}"), 303)


@blueprint.get(f"{SETTINGS}/<value>/merge")
def see_merge(slug: str, value: str) -> Response:
    """What a merge would make of what people wrote, before it is done."""
    return _show_merge(slug, value, request.args.get("into", ""), ValueForm())


@blueprint.post(f"{SETTINGS}/<value>/merge")
def merge(slug: str, value: str) -> Response:
    row = _value(slug, value)
    into = or_404(_find(slug, request.form.get("into", "")))
    form = ValueForm()
    if form.does(
        operations.merge_value, session(), acting(May.CONVENE), row, into, now=clock.now()
    ):
        return _back(
            slug,
            _(
                "The value is merged. Its address and its positions lead there now, "
                "and their authors are told."
            ),
        )
    return _show_merge(slug, value, into.slug, form, status=422)


def _show_merge(
    slug: str, value: str, into: str, form: ValueForm, *, status: int = 200
) -> Response:
    page = or_404(merge_page(session(), viewer(), slug, value, into[:60]))
    return answer(
        "values/merge.html", page, form=form, status=status, series=(slug, page.series.title)
    )


@blueprint.post(f"{SETTINGS}/proposals/<proposal>/accept")
def accept(slug: str, proposal: str) -> Response:
    """As the value that was chosen, or, when none was, as a new one from the form."""
    form = ValueForm.posted()
    row = _proposal(slug, proposal)
    chosen = request.form.get("into", "")
    as_value = or_404(_find(slug, chosen)) if chosen else None
    if (as_value is not None or form.validate()) and form.does(
        operations.accept_proposal,
        session(),
        acting(May.CONVENE),
        row,
        as_value or form.draft(),
        now=clock.now(),
    ):
        return _back(slug, _("The proposal is accepted. The person who made it is told."))
    return _show(slug, form, status=422)


@blueprint.post(f"{SETTINGS}/proposals/<proposal>/decline")
def decline(slug: str, proposal: str) -> Response:
    form = WhyForm.posted()
    row = _proposal(slug, proposal)
    if form.validate() and form.does(
        operations.decline_proposal,
        session(),
        acting(May.CONVENE),
        row,
        why=form.why.data or "",
        now=clock.now(),
    ):
        return _back(slug, _("The proposal is declined. The person who made it is told why."))
    shown = ValueForm()
    shown.refusals = tuple(sentence for _id, sentence in form.problems())
    return _show(slug, shown, status=422)


def _series(slug: str) -> Series:
    return or_404(find_series(session(), viewer(), slug))


def _find(slug: str, value: str) -> Value | None:
    return convening.find_listed(session(), Value, _series(slug), value)


def _value(slug: str, value: str) -> Value:
    require(viewer(), May.CONVENE, _series(slug))
    return or_404(_find(slug, value))


def _proposal(slug: str, proposal: str) -> ValueProposal:
    series = _series(slug)
    require(viewer(), May.MODERATE, series)
    return or_404(find_proposal(session(), series, proposal))


def _without_slug(form: ValueForm) -> ValueForm:
    del form.slug
    return form


def _back(slug: str, words: str) -> Response:
    flash(words, "done")
    return redirect(url_for("values.listed", slug=slug), 303)


def _show(slug: str, form: ValueForm, *, editing: str = "", status: int = 200) -> Response:
    page = or_404(values_settings_page(session(), viewer(), slug))
    page = convening.with_editing(page, editing)
    template = "series/list_row.html" if editing else "values/settings.html"
    return answer(template, page, form=form, status=status, series=(slug, page.series.title))
