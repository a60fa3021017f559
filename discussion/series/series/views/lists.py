"""Rules, reasons, themes and scales: one page for each list, to add, change, order and retire."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.series.series.forms import (
    ReasonForm,
    RulesForm,
    ScaleChangeForm,
    ScaleForm,
    ThemeForm,
)
from discussion.series.series.models import Reason, Scale, Series, Theme
from discussion.series.series.operations import keeping
from discussion.series.series.operations import lists as operations
from discussion.series.series.queries import convening
from discussion.series.series.queries.higher import has_places
from discussion.series.series.queries.kept import ListPage
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.versions import versioned

ListForm = ThemeForm | ScaleForm | ReasonForm
Listed = Theme | Scale | Reason


@dataclass(frozen=True)
class Kind:
    """One list: its rows, its form, and what can be done with it."""

    row: type[Theme] | type[Scale] | type[Reason]
    form: type[ThemeForm] | type[ScaleForm] | type[ReasonForm]
    page: Callable[[Session, Viewer | None, str], ListPage | None]
    add: Callable[..., object]  # takes the draft of its form
    change: type[ThemeForm] | type[ScaleForm] | type[ReasonForm]
    edit: Callable[..., object]


KINDS = {
    "themes": Kind(Theme, ThemeForm, convening.themes_settings_page,
                   operations.add_theme, ThemeForm, operations.edit_theme),
    "scales": Kind(Scale, ScaleForm, convening.scales_settings_page,
                   operations.add_scale, ScaleChangeForm, operations.edit_scale),
    "rules": Kind(Reason, ReasonForm, convening.rules_settings_page,
                  operations.add_reason, ReasonForm, operations.edit_reason),
}  # fmt: skip
ACTS: dict[str, Callable[..., object]] = {
    "up": partial(operations.move_listed, direction="up"),
    "down": partial(operations.move_listed, direction="down"),
    "retire": operations.retire_listed,
    "restore": operations.restore_listed,
}
LISTED = "<any(themes,scales,rules):kind>"


def install(blueprint: Blueprint) -> None:
    blueprint.get(f"/series/<slug>/settings/{LISTED}")(listed)
    blueprint.post(f"/series/<slug>/settings/{LISTED}")(add_row)
    blueprint.get(f"/series/<slug>/settings/{LISTED}/<row>")(listed_row)
    blueprint.post(f"/series/<slug>/settings/{LISTED}/<row>")(edit_row)
    acts = "<any(up,down,retire,restore):act>"
    blueprint.post(f"/series/<slug>/settings/{LISTED}/<row>/{acts}")(move_row)
    blueprint.post("/series/<slug>/settings/rules-text")(write_rules)


def listed(slug: str, kind: str) -> Response:
    return _show(slug, kind, KINDS[kind].form())


def add_row(slug: str, kind: str) -> Response:
    form = KINDS[kind].form.posted()
    series = _series(slug)
    if form.validate() and form.does(
        KINDS[kind].add, session(), acting(May.CONVENE), series, form.draft(), now=clock.now()
    ):
        flash(_("It is added."), "done")
        return redirect(url_for("series.listed", slug=slug, kind=kind), 303)
    return _show(slug, kind, form, status=422)


def listed_row(slug: str, kind: str, row: str) -> Response:
    return _show_row(slug, kind, row, _opened_row(slug, kind, row))


def _opened_row(slug: str, kind: str, row: str) -> ListForm:
    found_row = _row(slug, kind, row)
    given = {name: getattr(found_row, name, "") for name in KINDS[kind].change()._fields}
    if isinstance(found_row, Scale):
        given["steps"] = "\n".join(found_row.steps)
    return _to_edit(KINDS[kind].change(data=given), found_row)


@versioned(_opened_row)
def edit_row(slug: str, kind: str, row: str) -> Response:
    found_row = _row(slug, kind, row)
    form = _to_edit(KINDS[kind].change.posted(), found_row)
    was_retired = found_row.retired_at is not None
    if form.validate() and form.does(
        KINDS[kind].edit, session(), acting(May.CONVENE), found_row, form.draft(), now=clock.now()
    ):
        is_replaced = isinstance(found_row, Scale) and found_row.retired_at is not None
        is_new = is_replaced and not was_retired
        flash(
            _("A new scale replaces it, and authors are asked for their place on it.")
            if is_new
            else _("The change is saved."),
            "done",
        )
        return redirect(url_for("series.listed", slug=slug, kind=kind), 303)
    return _show_row(slug, kind, row, form, status=422)


def move_row(slug: str, kind: str, row: str, act: str) -> Response:
    form = KINDS[kind].form()
    found_row = _row(slug, kind, row)
    if not form.does(ACTS[act], session(), acting(May.CONVENE), found_row, now=clock.now()):
        return _show(slug, kind, form, status=422)
    return redirect(url_for("series.listed", slug=slug, kind=kind, _anchor=f"row-{row}"), 303)


def _opened_rules(slug: str) -> RulesForm:
    return RulesForm(data={"rules": _series(slug).rules})


@versioned(_opened_rules)
def write_rules(slug: str) -> Response:
    form = RulesForm.posted()
    series = _series(slug)
    typed = form["rules"].data
    if form.validate() and form.does(
        keeping.write_rules, session(), acting(May.CONVENE), series, typed, now=clock.now()
    ):
        flash(_("The rules are saved."), "done")
        return redirect(url_for("series.listed", slug=slug, kind="rules"), 303)
    return _show(slug, "rules", ReasonForm(), rules=form, status=422)


def _series(slug: str) -> Series:
    return or_404(convening.find_convened(session(), viewer(), slug))


def _row(slug: str, kind: str, row: str) -> Listed:
    found = convening.find_listed(session(), KINDS[kind].row, _series(slug), row)
    if found is None:
        raise NotFound
    return found


def _to_edit(form: ListForm, row: Listed) -> ListForm:
    """A slug is chosen once: it is an address. Of a scale it is asked what its places mean."""
    del form.slug
    if (
        isinstance(form, ScaleChangeForm)
        and isinstance(row, Scale)
        and not has_places(session(), row)
    ):
        del form.means
    return form


def _show(
    slug: str, kind: str, form: ListForm, *, rules: RulesForm | None = None, status: int = 200
) -> Response:
    page = or_404(KINDS[kind].page(session(), viewer(), slug))
    if kind != "rules":
        return answer(
            "series/list.html", page, form=form, status=status, series=(slug, page.series.title)
        )
    forms = {"add": form, "rules": rules or RulesForm(data={"rules": page.rules})}
    return answer(
        "series/rules_settings.html",
        page,
        form=forms,
        status=status,
        series=(slug, page.series.title),
    )


def _show_row(slug: str, kind: str, row: str, form: ListForm, *, status: int = 200) -> Response:
    page = or_404(KINDS[kind].page(session(), viewer(), slug))
    page = convening.with_editing(page, row)
    return answer(
        "series/list_row.html", page, form=form, status=status, series=(slug, page.series.title)
    )
