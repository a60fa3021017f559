"""Keeping the library: editing an item, and a moderator's word on whether it still stands."""

from flask import Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.evidence.forms import (
    HandForm,
    HideForm,
    ItemForm,
    StatusForm,
    StatusForms,
    ToldForm,
    draft_of,
)
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import (
    AlreadyThere,
    edit_item,
    hide_item,
    restore_item,
    set_status,
    verify_item,
)
from discussion.debate.evidence.queries.finding import find_item
from discussion.debate.evidence.queries.library import count_citing, found_of
from discussion.debate.evidence.queries.shapes import EditPage, Found, StatusPage
from discussion.debate.evidence.queries.wording import short_source
from discussion.debate.evidence.views import blueprint
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.decisions.queries.overtaken import decided_meanwhile
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem
from discussion.series.series.models import Reason
from discussion.subjects.finding import subject_of
from discussion.vocabulary import of_series
from discussion.web.doorway import begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN
from discussion.web.versions import versioned

HIDING = ("hide", "restore", "remove")


@blueprint.get("/evidence/<slug>/<public_id>/edit")
def edit(slug: str, public_id: str) -> Response:
    item = _item(slug, public_id, May.EDIT_ITEM)
    return _edit_page(item, _form_of(item).of_draft(draft_of(item)))


def _edited(slug: str, public_id: str) -> ItemForm:
    item = _item(slug, public_id, May.EDIT_ITEM)
    return _form_of(item).of_draft(draft_of(item))


def _judged(slug: str, public_id: str) -> StatusForm:
    return _status_form(_item(slug, public_id, May.JUDGE_ITEM))


@blueprint.post("/evidence/<slug>/<public_id>/edit")
@versioned(_edited)
def keep_edit(slug: str, public_id: str) -> AnyResponse:
    item = _item(slug, public_id, May.EDIT_ITEM)
    form = _form_of(item).posted()
    assert isinstance(form, ItemForm)
    draft = form.check(draft_of(item), this_year=clock.now().year)
    if draft is None:
        return _edit_page(item, form, status=422)
    try:
        edit_item(session(), viewer(), item, draft, now=clock.now())
    except AlreadyThere as there:
        form.say(Problem("doi" if draft.doi else "url", _("Another item has this already.")))
        shown = found_of(there.item, item.series) if there.is_visible else None
        return _edit_page(item, form, status=422, existing=shown)
    flash(_("The item is changed."), "done")
    return redirect(paths.item(slug, public_id), 303)


@blueprint.get("/evidence/<slug>/<public_id>/status")
def status(slug: str, public_id: str) -> Response:
    item = _item(slug, public_id, May.JUDGE_ITEM)
    return _status_page(item, StatusForms(_status_form(item), _hide_form(item)))


@blueprint.post("/evidence/<slug>/<public_id>/status")
@versioned(_judged)
def keep_status(slug: str, public_id: str) -> AnyResponse:
    item = _item(slug, public_id, May.JUDGE_ITEM)
    form = StatusForm.posted()
    assert isinstance(form, StatusForm)
    if not form.validate():
        return _status_page(item, StatusForms(form, _hide_form(item)), status=422)
    try:
        _keep_status(item, form)
    except Invalid as wrong:
        for problem in wrong.problems:
            form.say(problem)
        return _status_page(item, StatusForms(form, _hide_form(item)), status=422)
    flash(_("The status is changed and shown wherever the source is cited."), "done")
    return redirect(paths.item(slug, public_id), 303)


@blueprint.post("/evidence/<slug>/<public_id>/hide")
def hide(slug: str, public_id: str) -> AnyResponse:
    """Hide an item wherever it is cited, or show it again."""
    item = _item(slug, public_id, May.JUDGE_ITEM)
    form = HideForm.posted(reasons=_reasons(item))
    if not form.validate():
        return _status_page(item, StatusForms(_status_form(item), form), status=422)
    change, done = (
        (hide_item, _("It is hidden wherever it is cited. The person who added it is told."))
        if form.action.data == "hide"
        else (restore_item, _("It is shown again wherever it is cited."))
    )
    try:
        change(session(), viewer(), item, form.ruling(), now=clock.now())
    except AlreadyDecided:
        begin_again()
        item = _item(slug, public_id, May.JUDGE_ITEM)
        form.overtaken = decided_meanwhile(
            session(), or_404(viewer()), item.series, subject_of(item).key, did=HIDING
        )
        return _status_page(item, StatusForms(_status_form(item), form), status=OVERTAKEN)
    flash(done, "done")
    return redirect(paths.item(slug, public_id), 303)


def _status_form(item: EvidenceItem) -> StatusForm:
    by = item.superseded_by
    return StatusForm(
        data={
            "status": item.status,
            "note": item.status_note,
            "successor": paths.item(item.series.slug, by.public_id) if by else "",
            "checks": list((item.verified or {}).get("what_was_checked", ())),
        }
    )


def _keep_status(item: EvidenceItem, form: StatusForm) -> None:
    successor = find_item(session(), viewer(), item.series.slug, form.successor_id)
    chosen, note = form.status.data or "", form.note.data or ""
    if (chosen, note, successor) != (item.status, item.status_note, item.superseded_by):
        set_status(
            session(), viewer(), item, chosen, note=note, superseded_by=successor, now=clock.now()
        )
    verify_item(session(), viewer(), item, tuple(form.checks.data or ()), now=clock.now())


def _item(slug: str, public_id: str, right: May) -> EvidenceItem:
    item = or_404(find_item(session(), viewer(), slug, public_id))
    require(viewer(), right, item)
    return item


def _form_of(item: EvidenceItem) -> type[ItemForm]:
    return ToldForm if of_series(item.series.slug).needs_consent(item.kind) else HandForm


def _edit_page(
    item: EvidenceItem, form: ItemForm, *, status: int = 200, existing: Found | None = None
) -> Response:
    series = item.series
    url = paths.item(series.slug, item.public_id)
    page = EditPage(
        series_slug=series.slug,
        series_title=series.title,
        library_url=paths.library(series.slug),
        item_url=url,
        edit_url=url + "/edit",
        title=item.title,
        is_told=of_series(series.slug).needs_consent(item.kind),
        existing=existing,
    )
    return answer(
        "evidence/edit.html", page, form=form, status=status, series=(series.slug, series.title)
    )


def _hide_form(item: EvidenceItem) -> HideForm:
    return HideForm(reasons=_reasons(item))


def _reasons(item: EvidenceItem) -> list[Reason]:
    return [reason for reason in item.series.reasons if reason.retired_at is None]


def _status_page(item: EvidenceItem, form: StatusForms, *, status: int = 200) -> Response:
    series = item.series
    url = paths.item(series.slug, item.public_id)
    page = StatusPage(
        series_slug=series.slug,
        series_title=series.title,
        library_url=paths.library(series.slug),
        item_url=url,
        status_url=url + "/status",
        title=item.title,
        source=short_source(item),
        cited=count_citing(session(), viewer(), item),
        is_hidden=item.is_hidden,
        hide_url=url + "/hide",
        rules_url=paths.rules(series.slug),
    )
    return answer(
        "evidence/status.html", page, form=form, status=status, series=(series.slug, series.title)
    )
