"""Making a series, changing its settings, and opening or closing it."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from discussion import clock
from discussion.decisions.targets import target_of
from discussion.decisions.words import TARGETS
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.series.drafts import SeriesDraft
from discussion.series.series.forms import (
    ConvenersForm,
    NewSeriesForm,
    SeriesForm,
    TargetsForm,
)
from discussion.series.series.models import Series
from discussion.series.series.operations.keeping import create_series, edit_series, set_targets
from discussion.series.series.operations.life import move_series
from discussion.series.series.queries.convening import find_convened, settings_page, targets_page
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.versions import versioned

DONE = {
    "open": lambda: _("The series is open."),
    "close": lambda: _("The series is closed. It stays readable."),
    "archive": lambda: _("The series is archived. It stays readable."),
    "reopen": lambda: _("The series is open again."),
}


def install(blueprint: Blueprint) -> None:
    blueprint.get("/series/new")(new)
    blueprint.post("/series/new")(create)
    blueprint.get("/series/<slug>/settings")(settings)
    blueprint.post("/series/<slug>/settings")(edit)
    blueprint.get("/series/<slug>/settings/targets")(targets)
    blueprint.post("/series/<slug>/settings/targets")(keep_targets)
    blueprint.post("/series/<slug>/settings/<any(open,close,archive,reopen):act>")(move)


def new() -> Response:
    require(viewer(), May.CREATE_SERIES)
    return answer("series/new.html", {}, form=NewSeriesForm())


def create() -> Response:
    form = NewSeriesForm.posted()
    assert isinstance(form, NewSeriesForm)
    if form.validate():
        slug = form.slug.data or ""
        try:
            create_series(session(), acting(May.CREATE_SERIES), slug, form.draft(), now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("The series is a draft. Only its members can read it."), "done")
            return redirect(url_for("series.settings", slug=slug), 303)
    require(viewer(), May.CREATE_SERIES)
    return answer("series/new.html", {}, form=form, status=422)


def settings(slug: str) -> Response:
    return _show(slug, _opened(slug))


def _opened(slug: str) -> SeriesForm:
    return SeriesForm(data=_as_typed(or_404(find_convened(session(), viewer(), slug))))


@versioned(_opened)
def edit(slug: str) -> Response:
    form = SeriesForm.posted()
    assert isinstance(form, SeriesForm)
    series = or_404(find_convened(session(), viewer(), slug))
    if form.validate():
        try:
            edit_series(session(), acting(May.CONVENE), series, form.draft(), now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("The settings are saved."), "done")
            return redirect(url_for("series.settings", slug=slug), 303)
    return _show(slug, form, 422)


def move(slug: str, act: str) -> Response:
    series = or_404(find_convened(session(), viewer(), slug))
    try:
        move_series(session(), acting(May.CONVENE), series, act, now=clock.now())
    except Refused as refused:
        form = SeriesForm(data=_as_typed(series))
        form.refuse(refused)
        return _show(slug, form, 422)
    flash(DONE[act](), "done")
    return redirect(url_for("series.settings", slug=slug), 303)


def targets(slug: str) -> Response:
    """How quickly moderators decide."""
    return _show_targets(slug, _opened_targets(slug))


def _opened_targets(slug: str) -> TargetsForm:
    series = or_404(find_convened(session(), viewer(), slug))
    typed: dict[str, object] = {}
    for name in TARGETS:
        target = target_of(series, name)
        typed |= {name: target.number, f"{name}_unit": target.unit}
    return TargetsForm(data=typed)


@versioned(_opened_targets)
def keep_targets(slug: str) -> Response:
    form = TargetsForm.posted()
    series = or_404(find_convened(session(), viewer(), slug))
    if form.validate() and form.does(
        set_targets, session(), acting(May.CONVENE), series, form.draft(), now=clock.now()
    ):
        flash(_("The times are saved. They also apply to what is already waiting."), "done")
        return redirect(url_for("series.targets", slug=slug), 303)
    return _show_targets(slug, form, 422)


def _show_targets(slug: str, form: ConvenersForm, status: int = 200) -> Response:
    page = or_404(targets_page(session(), viewer(), slug))
    return answer(
        "series/targets.html", page, form=form, status=status, series=(slug, page.series.title)
    )


def _show(slug: str, form: ConvenersForm, status: int = 200) -> Response:
    page = or_404(settings_page(session(), viewer(), slug))
    return answer(
        "series/settings.html", page, form=form, status=status, series=(slug, page.series.title)
    )


def _as_typed(series: Series) -> dict[str, object]:
    given = {name: getattr(series, name) for name in SeriesDraft.__dataclass_fields__}
    return given | {"domains": "\n".join(series.domains)}
