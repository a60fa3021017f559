"""Making questions of what was gathered: wording, ordering, merging, marking them."""

from collections.abc import Callable

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse
from wtforms.form import BaseForm

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.reach.needed.forms import ActsForm, DecideForm, QuestionForm
from discussion.reach.needed.models import Question
from discussion.reach.needed.operations.looking import decide_looking, end_looking, enter_looking
from discussion.reach.needed.operations.marking import answer_question, open_again
from discussion.reach.needed.operations.wording import (
    make_question,
    merge_question,
    move_question,
    remove_question,
    word_question,
)
from discussion.reach.needed.queries.curating import (
    candidates_of,
    curate_page,
    edit_page,
    find_item,
    levels_of,
)
from discussion.reach.needed.queries.finding import (
    Leads,
    find_looking,
    find_question,
    list_standing,
)
from discussion.reach.needed.views import blueprint
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.paging import page_asked
from discussion.web.versions import versioned


@blueprint.get("/needed/<slug>/curate")
def curate(slug: str) -> Response:
    """All that stands, what waits, and what questions can be made of."""
    return _show_all(_series(slug), QuestionForm())


@blueprint.post("/needed/<slug>/curate")
def send_question(slug: str) -> AnyResponse:
    """Make a question of what was picked."""
    form = QuestionForm.posted()
    try:
        make_question(
            session(), acting(May.CURATE_QUESTIONS), _series(slug), form.draft(), now=clock.now()
        )
    except Invalid as error:
        form.say(*error.problems)
    except Refused as refused:
        form.text.errors = [refused.sentence]
    else:
        flash(_("It is on the page now."), "done")
        return redirect(paths.curate_needed(slug), 303)
    begin_again()
    return _show_all(_series(slug), form, status=422)


@blueprint.get("/needed/<slug>/<question>/edit")
def edit(slug: str, question: str) -> Response:
    """One question, with all that can be done with it."""
    row, leads = _question(slug, question)
    return _show_one(row, leads, QuestionForm.of(row), ActsForm())


def _opened(slug: str, question: str) -> BaseForm:
    return QuestionForm.of(_question(slug, question)[0])


def _offered(form: QuestionForm, slug: str, question: str) -> None:
    row, leads = _question(slug, question)
    actor = acting(May.CURATE_QUESTIONS)
    form.offer(levels_of(row.series), candidates_of(session(), actor, row, leads))


@blueprint.post("/needed/<slug>/<question>/edit")
@versioned(_opened, _offered)
def send_edit(slug: str, question: str) -> AnyResponse:
    """Other words, another level, other origins."""
    row, _leads = _question(slug, question)
    form = QuestionForm.posted()
    try:
        word_question(session(), acting(May.CURATE_QUESTIONS), row, form.draft(), now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show_one(*_question(slug, question), form, ActsForm(), status=422)
    flash(_("It is kept, and everybody reads it so."), "done")
    return redirect(paths.edit_needed(slug, row.public_id), 303)


@blueprint.post("/needed/<slug>/<question>/edit/place")
def send_place(slug: str, question: str) -> AnyResponse:
    """Up, down, or to the top."""
    row, _leads = _question(slug, question)
    where = request.form.get("do", "")
    move_question(session(), acting(May.CURATE_QUESTIONS), row, where, now=clock.now())
    return redirect(f"{paths.curate_needed(slug)}#q-{row.public_id}", 303)


@blueprint.post("/needed/<slug>/<question>/edit/acts")
def send_act(slug: str, question: str) -> AnyResponse:
    """Mark it answered or open again, merge it, take it away, say who looks into it."""
    row, _leads = _question(slug, question)
    form = ActsForm.posted()
    act = _ACTS.get(request.form.get("do", ""))
    if act is None:
        raise NotFound
    try:
        said, back = act(row, form)
    except Invalid as error:
        form.say(*error.problems)
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(said, "done")
        return redirect(back, 303)
    begin_again()
    row, leads = _question(slug, question)
    return _show_one(row, leads, QuestionForm.of(row), form, status=422)


@blueprint.post("/needed/<slug>/<question>/edit/lookings/<looking>")
def send_decision(slug: str, question: str, looking: str) -> AnyResponse:
    """Show who looks into it, or not; or no longer."""
    row, _leads = _question(slug, question)
    found = or_404(find_looking(session(), row, looking))
    form, do = DecideForm.posted(), request.form.get("do", "")
    actor, now, why = acting(May.CURATE_QUESTIONS), clock.now(), form.why.data or ""
    try:
        if do == "end":
            end_looking(session(), actor, found, why=why, now=now)
        else:
            decide_looking(session(), actor, found, is_shown=do == "show", why=why, now=now)
    except (Invalid, Refused) as error:
        said = error.problems[0].sentence if isinstance(error, Invalid) else error.sentence
        begin_again()
        row, leads = _question(slug, question)
        form.why.errors = [said]
        if do == "end":
            return _show_one(row, leads, QuestionForm.of(row), ActsForm(), form, status=422)
        return _show_all(row.series, QuestionForm(), form, status=422)
    flash(_("It is decided. The person who sent it gets a letter."), "done")
    back = paths.edit_needed(slug, row.public_id) if do == "end" else paths.curate_needed(slug)
    return redirect(back, 303)


def _answer(row: Question, form: ActsForm) -> tuple[str, str]:
    item = find_item(session(), row.series, form.item.data or "")
    says = form.answer.data or ""
    actor = acting(May.CURATE_QUESTIONS)
    answer_question(session(), actor, row, item, says=says, now=clock.now())
    return _("It is marked as answered."), _here(row)


def _reopen(row: Question, form: ActsForm) -> tuple[str, str]:
    why = form.reopen_why.data or ""
    open_again(session(), acting(May.CURATE_QUESTIONS), row, why=why, now=clock.now())
    return _("It is open again."), _here(row)


def _merge(row: Question, form: ActsForm) -> tuple[str, str]:
    chosen = form.merge_into.data or ""
    into = next(
        (one for one in list_standing(session(), row.series) if one.public_id == chosen), row
    )
    why = form.merge_why.data or ""
    merge_question(session(), acting(May.CURATE_QUESTIONS), row, into, why=why, now=clock.now())
    return _("They are one now."), _here(into)


def _remove(row: Question, form: ActsForm) -> tuple[str, str]:
    why = form.remove_why.data or ""
    remove_question(session(), acting(May.CURATE_QUESTIONS), row, why=why, now=clock.now())
    return _("It is taken away."), paths.curate_needed(row.series.slug)


def _look(row: Question, form: ActsForm) -> tuple[str, str]:
    enter_looking(session(), acting(May.CURATE_QUESTIONS), row, form.draft(), now=clock.now())
    return _("They are named beside the question."), _here(row)


_ACTS: dict[str, Callable[[Question, ActsForm], tuple[str, str]]] = {
    "answer": _answer,
    "reopen": _reopen,
    "merge": _merge,
    "remove": _remove,
    "look": _look,
}


def _here(row: Question) -> str:
    return paths.edit_needed(row.series.slug, row.public_id)


def _series(slug: str) -> Series:
    series = or_404(find_series(session(), viewer(), slug))
    require(viewer(), May.CURATE_QUESTIONS, series)
    return series


def _question(slug: str, public_id: str) -> tuple[Question, Leads]:
    found = or_404(find_question(session(), viewer(), slug, public_id))
    require(viewer(), May.CURATE_QUESTIONS, found[0])
    return found


def _show_all(
    series: Series,
    form: QuestionForm,
    decide: DecideForm | None = None,
    *,
    status: int = 200,
) -> Response:
    actor = acting(May.CURATE_QUESTIONS)
    why = request.args.get("why", "")
    page = curate_page(session(), actor, series, why=why, number=page_asked())
    form.offer(page.levels)
    forms = {"question": form, "decide": decide or DecideForm()}
    told = (page.series_slug, page.series_title)
    return private(answer("needed/curate.html", page, form=forms, status=status, series=told))


def _show_one(
    row: Question,
    leads: Leads,
    form: QuestionForm,
    acts: ActsForm,
    decide: DecideForm | None = None,
    *,
    status: int = 200,
) -> Response:
    page = edit_page(session(), acting(May.CURATE_QUESTIONS), row, leads)
    form.offer(page.levels, page.candidates)
    acts.offer(page.items, page.others)
    forms = {"question": form, "acts": acts, "decide": decide or DecideForm()}
    told = (page.series_slug, page.series_title)
    return private(answer("needed/edit.html", page, form=forms, status=status, series=told))
