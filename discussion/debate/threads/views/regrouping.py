"""Merging and splitting threads and moving positions: looked at first, then done, then undone."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.threads import operations as do
from discussion.debate.threads.forms import date_problems
from discussion.debate.threads.forms_regrouping import IntoForm, SplitForm, UndoForm
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.regrouping import (
    MergePage,
    MovePage,
    RegroupPage,
    SplitPage,
    find_goer,
    find_regrouping,
    find_target,
    merge_page,
    move_page,
    regroup_page,
    split_page,
)
from discussion.debate.threads.views import blueprint
from discussion.debate.threads.views.redirects import found_here
from discussion.debate.threads.words import MAX_QUESTION
from discussion.language import _, _n
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem, Refused
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import SiteForm

_Page = RegroupPage | MergePage | SplitPage | MovePage


@dataclass(frozen=True)
class Undoing:
    """The form that came back, and on which line it stands."""

    form: UndoForm
    public_id: str = ""


@blueprint.get("/threads/<slug>/regroup")
def regroup(slug: str) -> Response:
    """What can be regrouped in a thread, and what was."""
    return _show(_thread(slug), Undoing(UndoForm()))


@blueprint.get("/threads/<slug>/regroup/merge")
def merge(slug: str) -> Response:
    """What a merge with the thread of `?into=` would do."""
    return _show_merge(_thread(slug), IntoForm(data={"into": request.args.get("into", "")}))


@blueprint.post("/threads/<slug>/regroup/merge")
def send_merge(slug: str) -> AnyResponse:
    """Merge it; from then on its address leads to the other thread."""
    form = IntoForm.posted()
    thread = _thread(slug)
    target = _target(thread, form)
    if target is None:
        return _show_merge(thread, form, status=422)

    def run() -> AnyResponse:
        do.merge_threads(
            session(), acting(May.CURATE_THREAD), thread, target, why=_why(form), now=clock.now()
        )
        flash(_("The threads are merged. Everything is here now."), "done")
        return redirect(paths.regroup_thread(target.slug), 303)

    return _try(run, form, lambda: _show_merge(thread, form, status=422))


@blueprint.get("/threads/<slug>/regroup/split")
def split(slug: str) -> Response:
    """The new thread, begun with the conditions of this one."""
    thread = _thread(slug)
    return _show_split(thread, SplitForm.of(thread))


@blueprint.post("/threads/<slug>/regroup/split")
def send_split(slug: str) -> AnyResponse:
    """Open the new thread with the chosen positions."""
    form = SplitForm.posted()
    problems = date_problems(form)
    thread = _thread(slug)

    def run() -> AnyResponse:
        if problems:
            raise Invalid(problems)
        made = do.split_thread(
            session(),
            acting(May.CURATE_THREAD),
            thread,
            form.draft(),
            chosen=form.positions.data or (),
            why=_why(form),
            now=clock.now(),
        )
        flash(_("The new thread is open. The authors of its positions are told."), "done")
        return redirect(paths.regroup_thread(made.target.slug), 303)

    return _try(run, form, lambda: _show_split(thread, form, status=422))


@blueprint.get("/threads/<slug>/regroup/move/<public_id>")
def move(slug: str, public_id: str) -> Response:
    """One position, and where it could stand."""
    position = _goer(slug, public_id)
    return _show_move(position.thread, position, IntoForm())


@blueprint.post("/threads/<slug>/regroup/move/<public_id>")
def send_move(slug: str, public_id: str) -> AnyResponse:
    """Let it stand in the other thread; its author is told."""
    form = IntoForm.posted()
    position = _goer(slug, public_id)
    thread = position.thread
    target = _target(thread, form)
    if target is None:
        return _show_move(thread, position, form, status=422)

    def run() -> AnyResponse:
        do.move_position(
            session(), acting(May.CURATE_THREAD), position, target, why=_why(form), now=clock.now()
        )
        flash(
            _(
                "The position is in “%(question)s” now. Its author is told.",
                question=target.question,
            ),
            "done",
        )
        return redirect(paths.regroup_thread(thread.slug), 303)

    return _try(run, form, lambda: _show_move(thread, position, form, status=422))


@blueprint.post("/threads/<slug>/regroup/undo/<regrouping>")
def send_undo(slug: str, regrouping: str) -> AnyResponse:
    """Take it back, and say what could not go back as it was."""
    form = UndoForm.posted()
    thread = _thread(slug)
    row = or_404(find_regrouping(session(), thread, regrouping))

    def run() -> AnyResponse:
        undone = do.undo_regrouping(
            session(), acting(May.CURATE_THREAD), row, why=_why(form), now=clock.now()
        )
        said = [
            _n(
                "Undone: one position went back.",
                "Undone: %(num)s positions went back.",
                undone.back,
            ),
            *undone.sentences(),
        ]
        flash(" ".join(said), "done")
        return redirect(paths.regroup_thread(row.source.slug), 303)

    return _try(run, form, lambda: _show(thread, Undoing(form, regrouping), status=422))


def _try(
    run: Callable[[], AnyResponse], form: SiteForm, show: Callable[[], Response]
) -> AnyResponse:
    """What is wrong stands beside its field; what is refused, above the form. Nothing is lost."""
    try:
        return run()
    except Invalid as invalid:
        form.say(*invalid.problems)
    except Refused as refused:
        flash(refused.sentence, "error")
    return show()


def _target(thread: Thread, form: IntoForm) -> Thread | None:
    target = find_target(session(), thread, form.into.data or "")
    if target is None:
        form.say(Problem("into", _("Choose an open thread of this series.")))
    return target


def _goer(slug: str, public_id: str) -> Position:
    """What the reader may not see does not exist; what they may see, they may not always move."""
    thread = found_here(slug)
    position = or_404(find_goer(session(), viewer(), thread, public_id))
    require(viewer(), May.MOVE_POSITION, position)
    return position


def _thread(slug: str) -> Thread:
    thread = found_here(slug)
    require(viewer(), May.CURATE_THREAD, thread)
    return thread


def _looked_for() -> str:
    return request.args.get("find", "").strip()[:MAX_QUESTION]


def _why(form: IntoForm | SplitForm | UndoForm) -> str:
    return str(form.why.data or "")


def _show(thread: Thread, undoing: Undoing, *, status: int = 200) -> Response:
    page = regroup_page(
        session(), acting(May.CURATE_THREAD), thread, clock.now(), find=_looked_for()
    )
    return _answer("threads/regroup.html", page, undoing, status)


def _show_merge(thread: Thread, form: IntoForm, *, status: int = 200) -> Response:
    target = find_target(session(), thread, form.into.data or "")
    page = merge_page(session(), acting(May.CURATE_THREAD), thread, target)
    form.offer(page.thread, target)
    return _answer("threads/regroup_merge.html", page, form, status)


def _show_split(thread: Thread, form: SplitForm, *, status: int = 200) -> Response:
    page = split_page(session(), acting(May.CURATE_THREAD), thread)
    form.offer(page.thread.series_slug, page)
    return _answer("threads/regroup_split.html", page, form, status)


def _show_move(
    thread: Thread, position: Position, form: IntoForm, *, status: int = 200
) -> Response:
    page = move_page(session(), acting(May.CURATE_THREAD), thread, position, find=_looked_for())
    form.offer(page.thread, find_target(session(), thread, form.into.data or ""))
    return _answer("threads/regroup_move.html", page, form, status)


def _answer(template: str, page: _Page, form: object, status: int) -> Response:
    about = page.thread
    return answer(
        template, page, form=form, status=status, series=(about.series_slug, about.series_title)
    )
