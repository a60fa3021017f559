"""Curating a thread in place: one page of plain forms, each of which is one act."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.threads import operations as do
from discussion.debate.threads.forms import (
    CloseForm,
    EditForm,
    NoteForm,
    WhyForm,
    date_problems,
    prefix_of,
)
from discussion.debate.threads.forms_arranging import ArrangingForms
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import curate_page, find_position_in
from discussion.debate.threads.queries.arranging import as_typed, cut, page_of_row
from discussion.debate.threads.queries.curating import CuratePage
from discussion.debate.threads.views import blueprint
from discussion.debate.threads.views.redirects import found_here
from discussion.decisions.queries.overtaken import decided_meanwhile
from discussion.language import Phrase, _, _l
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.subjects.finding import subject_of
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN, SiteForm, choices
from discussion.web.paging import page_asked
from discussion.web.versions import versioned

MARKS = ("pin", "unpin", "feature", "unfeature")
STEPS = ("first", "up", "down")


F = TypeVar("F", bound=SiteForm)


Run = Callable[[Viewer, Thread], object]


@dataclass(frozen=True)
class Act:
    """What can be done to a thread, and what is said when it is done."""

    sent: Callable[[str], tuple[SiteForm, Run]]  # the form of this name, and the operation
    done: Phrase


def _act(form: type[F], run: Callable[[Viewer, Thread, F], object], done: Phrase) -> Act:
    """What this form asks for."""

    def sent(name: str) -> tuple[SiteForm, Run]:
        posted = form.posted(prefix=prefix_of(name))
        return posted, lambda actor, thread: run(actor, thread, posted)

    return Act(sent, done)


@dataclass
class CurateForms:
    """The page's forms by act; the one that came back holds what was typed and what is wrong."""

    edit: EditForm
    open: SiteForm
    decline: SiteForm
    move: SiteForm
    close: CloseForm
    reopen: SiteForm
    hide: SiteForm
    restore: SiteForm
    note: NoteForm
    position_note: NoteForm
    arranging: ArrangingForms
    noted_id: str = ""  # the position on which a note came back
    problems: list[tuple[str, str]] = field(default_factory=list)
    late: SiteForm | None = None  # the one that somebody else was quicker than

    @classmethod
    def fresh(cls, thread: Thread) -> "CurateForms":
        """The forms as the thread is."""
        return cls(
            edit=EditForm.of(thread),
            open=WhyForm(prefix=prefix_of("open")),
            decline=WhyForm(prefix=prefix_of("decline")),
            move=WhyForm(prefix=prefix_of("move")),
            close=_outcome_of(thread),
            reopen=WhyForm(prefix=prefix_of("reopen")),
            hide=WhyForm(prefix=prefix_of("hide")),
            restore=WhyForm(prefix=prefix_of("restore")),
            note=NoteForm(prefix=prefix_of("note")),
            position_note=NoteForm(prefix=prefix_of("position_note")),
            arranging=ArrangingForms.fresh(thread),
        )


@blueprint.get("/threads/<slug>/curate")
def curate(slug: str) -> Response:
    """Everything that can be done with the thread."""
    return show_curating(_thread(slug))


def _opened(slug: str, act: str) -> SiteForm | None:
    """The form of an act that edits, as the page opens it."""
    opens = OPENS.get(act)
    return opens(_thread(slug)) if opens else None


def _offer(form: SiteForm, slug: str, act: str) -> None:
    if isinstance(form, EditForm):
        page = curate_page(session(), acting(May.CURATE_THREAD), _thread(slug), now=clock.now())
        form.offer(page.series_slug, page)


@blueprint.post("/threads/<slug>/curate/<act>")
@versioned(_opened, _offer)
def send_act(slug: str, act: str) -> AnyResponse:
    """One act on the thread."""
    asked = or_404(ACTS.get(act))
    shown_as = SHARED.get(act, act)
    form, run = asked.sent(shown_as)
    problems = date_problems(form)
    thread = _thread(slug)
    try:
        if problems:
            raise Invalid(problems)
        run(acting(May.CURATE_THREAD), thread)
    except Invalid as error:
        form.say(*error.problems)
        return show_curating(thread, {shown_as: form}, status=422)
    except Refused as refused:
        return _refused(slug, shown_as, form, refused)
    flash(str(asked.done), "done")
    return redirect(paths.curate_thread(thread.slug), 303)


def _refused(slug: str, act: str, form: SiteForm, refused: Refused) -> Response:
    """What stands in the way, who put it there where somebody did, and what was typed."""
    begin_again()
    thread = _thread(slug)
    form.overtaken = decided_meanwhile(
        session(),
        acting(May.CURATE_THREAD),
        thread.series,
        subject_of(thread).key,
        did=DID.get(act, ("",)),
        otherwise=refused.sentence,
    )
    return show_curating(thread, {act: form}, status=OVERTAKEN)


@blueprint.post("/threads/<slug>/curate/positions/<public_id>/<act>")
def send_position_act(slug: str, public_id: str, act: str) -> AnyResponse:
    """Order, pin, feature or note one position."""
    form = NoteForm.posted(prefix=prefix_of("position_note"))
    thread = _thread(slug)
    position = or_404(find_position_in(session(), viewer(), slug, public_id))
    now = clock.now()
    try:
        if act in STEPS:
            do.order_position(session(), acting(May.CURATE_THREAD), position, act, now=now)
        elif act in MARKS:
            do.mark_position(session(), acting(May.CURATE_THREAD), position, act, now=now)
        elif act == "note":
            do.note_on_position(
                session(),
                acting(May.CURATE_THREAD),
                position,
                form.note.data or "",
                language=form.language.data or "",
                now=now,
            )
        else:
            or_404(None)
    except Invalid as error:
        form.say(*error.problems)
        return show_curating(thread, {"position_note": form}, noted_id=public_id, status=422)
    flash(_("Position %(number)s is changed.", number=position.number), "done")
    return redirect(f"{paths.curate_thread(slug)}?row={public_id}#row-{public_id}", 303)


@blueprint.post("/threads/<slug>/curate/notes/<int:note_id>/remove")
def remove_note(slug: str, note_id: int) -> AnyResponse:
    """Take a note away."""
    thread = _thread(slug)
    try:
        do.take_note_away(session(), acting(May.CURATE_THREAD), thread, note_id, now=clock.now())
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(_("The note is removed."), "done")
    return redirect(paths.curate_thread(slug), 303)


def _edit(actor: Viewer, thread: Thread, form: EditForm) -> None:
    do.edit_thread(session(), actor, thread, form.draft(), now=clock.now())


def _close(actor: Viewer, thread: Thread, form: CloseForm) -> None:
    do.close_thread(
        session(),
        actor,
        thread,
        outcome=form.outcome.data or "",
        review_on=form.review_on.data,
        now=clock.now(),
    )


def _keep(actor: Viewer, thread: Thread, form: CloseForm) -> None:
    do.keep_outcome(
        session(),
        actor,
        thread,
        outcome=form.outcome.data or "",
        review_on=form.review_on.data,
        now=clock.now(),
    )


def _move(actor: Viewer, thread: Thread, form: WhyForm) -> None:
    to = curate_page(session(), actor, thread, now=clock.now()).move_to
    do.move_stage(session(), actor, thread, to, why=form.why.data or "", now=clock.now())


def _note(actor: Viewer, thread: Thread, form: NoteForm) -> None:
    do.note_on_thread(
        session(),
        actor,
        thread,
        form.note.data or "",
        language=form.language.data or "",
        now=clock.now(),
    )


def _with_why(operation: Callable[..., object]) -> Callable[[Viewer, Thread, WhyForm], object]:
    return lambda actor, thread, form: operation(
        session(), actor, thread, why=form.why.data or "", now=clock.now()
    )


ACTS: dict[str, Act] = {
    "edit": _act(EditForm, _edit, _l("The thread is changed.")),
    "open": _act(WhyForm, _with_why(do.open_thread), _l("The thread is open.")),
    "decline": _act(
        WhyForm, _with_why(do.decline_thread), _l("The proposal is declined; its author is told.")
    ),
    "move": _act(WhyForm, _move, _l("The thread has moved on.")),
    "close": _act(CloseForm, _close, _l("The thread is closed.")),
    "keep": _act(CloseForm, _keep, _l("The outcome is kept until the thread closes.")),
    "reopen": _act(WhyForm, _with_why(do.reopen_thread), _l("The thread is open again.")),
    "hide": _act(WhyForm, _with_why(do.hide_thread), _l("The thread is hidden.")),
    "restore": _act(WhyForm, _with_why(do.restore_thread), _l("The thread is shown again.")),
    "note": _act(NoteForm, _note, _l("The note is on the thread.")),
}
SHARED = {"keep": "close"}  # two buttons of one form
DID = {  # which decision of somebody else an act comes too late for
    "open": ("open", "decline", "hide"),
    "decline": ("open", "decline", "hide"),
    "move": ("move_on", "close", "reopen"),
    "close": ("move_on", "close", "reopen"),
    "reopen": ("reopen", "move_on"),
    "hide": ("hide",),
    "restore": ("restore",),
}


def _outcome_of(thread: Thread) -> CloseForm:
    data = {"outcome": thread.outcome, "review_on": thread.review_on}
    return CloseForm(prefix=prefix_of("close"), data=data)


OPENS: dict[str, Callable[[Thread], SiteForm]] = {
    "edit": EditForm.of,
    "close": _outcome_of,
    "keep": _outcome_of,
}


def _thread(slug: str) -> Thread:
    thread = found_here(slug)
    require(viewer(), May.CURATE_THREAD, thread)
    return thread


def show_curating(
    thread: Thread,
    came_back: dict[str, SiteForm] | None = None,
    *,
    arranging: ArrangingForms | None = None,
    noted_id: str = "",
    status: int = 200,
) -> Response:
    """The page with its forms fresh, but for those that came back."""
    came_back = came_back or {}
    page = curate_page(session(), acting(May.CURATE_THREAD), thread, now=clock.now())
    forms = CurateForms.fresh(thread)
    forms.arranging, forms.noted_id = arranging or forms.arranging, noted_id
    page = _on_page(_as_typed(page, forms.arranging), forms)
    forms.problems += forms.arranging.problems()
    for name, form in came_back.items():
        setattr(forms, name, form)
        forms.problems += form.problems()
        forms.late = form if form.overtaken else forms.late
    forms.edit.offer(page.series_slug, page)
    return answer(
        "threads/curate.html",
        page,
        form=forms,
        status=status,
        series=(page.series_slug, page.series_title),
    )


def _on_page(page: CuratePage, forms: CurateForms) -> CuratePage:
    """One page of the rows: the one that is asked for, or that of a row."""
    row = forms.noted_id or request.args.get("row", "")
    number = page_of_row(page.arranged, row) if row else page_asked("rows")
    typed = forms.arranging.order.numbers
    return replace(page, arranged=cut(page.arranged, number, typed, page.act_url))


def _as_typed(page: CuratePage, forms: ArrangingForms) -> CuratePage:
    """The threads that can be related, and the rows as they were ordered where that came back."""
    others = {other.slug: other.question for other in page.arranged.others}
    forms.relate.other.choices = choices(others, empty=_l("Choose a thread"))
    if not forms.order.numbers:
        return page
    shown = as_typed(page.arranged, forms.order.numbers, forms.order.shelves)
    return replace(page, arranged=shown)
