"""Around the positions of a thread: their order, headings, related threads, and its pace."""

from collections.abc import Callable

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.threads import operations as do
from discussion.debate.threads.forms import date_problems, prefix_of
from discussion.debate.threads.forms_arranging import (
    ArrangingForms,
    ClosingForm,
    HeadingForm,
    LookForm,
    OrderForm,
    RelateForm,
    SlowForm,
)
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import find_thread
from discussion.debate.threads.views import blueprint
from discussion.debate.threads.views.curating import show_curating
from discussion.debate.threads.views.redirects import found_here
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.forms import SiteForm
from discussion.web.paging import page_asked
from discussion.web.versions import versioned

HEADING_MOVES = ("up", "down")


def on_rows() -> str:
    """The page of the rows on which a form stood, as an address has it."""
    number = page_asked("rows")
    return f"?rows={number}" if number > 1 else ""


@blueprint.post("/threads/<slug>/curate/order")
def send_order(slug: str) -> Response:
    """The whole order at once; who has ordered it meanwhile is not written over unasked."""
    form = OrderForm.read(request.form)
    thread = _curated(slug)
    if form.wrong:
        return _order_again(thread, form)
    try:
        is_changed = do.arrange_positions(
            session(), acting(May.CURATE_THREAD), thread, form.arrangement(), now=clock.now()
        )
    except do.Rearranged:
        begin_again()
        form.conflict = _(
            "Somebody else has changed the order since you opened this page. Your order"
            " is below and not saved yet. Save again to replace theirs, or reload the"
            " page to see theirs."
        )
        return _order_again(_curated(slug), form)
    flash(_("The order is saved.") if is_changed else _("Nothing was changed."), "done")
    return redirect(f"{paths.curate_thread(slug)}{on_rows()}#positions", 303)


@blueprint.post("/threads/<slug>/curate/headings")
def send_heading(slug: str) -> Response:
    """A new heading."""
    form = HeadingForm.posted(prefix=prefix_of("heading"))
    return _take(
        slug,
        "heading",
        form,
        "positions",
        _("The heading is added below the others."),
        lambda actor, thread: do.add_heading(
            session(), actor, thread, form.heading.data or "", now=clock.now()
        ),
    )


@blueprint.post("/threads/<slug>/curate/headings/<int:heading_id>/<act>")
def send_heading_act(slug: str, heading_id: int, act: str) -> Response:
    """Rename, move or remove one heading."""
    form = HeadingForm.posted(prefix=prefix_of("renamed"))
    acts: dict[str, Callable[[Viewer, Thread], object]] = {
        "rename": lambda actor, thread: do.rename_heading(
            session(), actor, thread, heading_id, form.heading.data or "", now=clock.now()
        ),
        "remove": lambda actor, thread: do.remove_heading(
            session(), actor, thread, heading_id, now=clock.now()
        ),
    }
    for to in HEADING_MOVES:
        acts[to] = lambda actor, thread, to=to: do.move_heading(  # type: ignore[misc]
            session(), actor, thread, heading_id, to, now=clock.now()
        )
    _curated(slug)
    run = or_404(acts.get(act))
    return _take(
        slug,
        "renamed",
        form,
        "positions",
        _("The headings are changed."),
        run,
        renamed_id=heading_id,
    )


@blueprint.post("/threads/<slug>/curate/related")
def send_related(slug: str) -> Response:
    """A thread worth reading beside this one."""
    form = RelateForm.posted(prefix=prefix_of("relate"))

    def relate(actor: Viewer, thread: Thread) -> None:
        other = find_thread(session(), actor, form.slug())
        if other is None:
            raise Refused(_("Choose a thread from the list, or give the address of one."))
        do.relate_threads(session(), actor, thread, other, why=form.why.data or "", now=clock.now())

    return _take(slug, "relate", form, "related", _("It is shown on both threads."), relate)


@blueprint.post("/threads/<slug>/curate/related/<int:related_id>/remove")
def remove_related(slug: str, related_id: int) -> Response:
    """Take a pair apart."""
    return _take(
        slug,
        "",
        None,
        "related",
        _("It is removed from both threads."),
        lambda actor, thread: do.unrelate_threads(
            session(), actor, thread, related_id, now=clock.now()
        ),
    )


def _pace_of(slug: str) -> ArrangingForms:
    return ArrangingForms.fresh(_curated(slug))


@blueprint.post("/threads/<slug>/curate/slow")
@versioned(lambda slug: _pace_of(slug).slow)
def send_slow(slug: str) -> Response:
    """Slow mode: so many minutes, or none."""
    form = SlowForm.posted(prefix=prefix_of("slow"))
    return _take(
        slug,
        "slow",
        form,
        "pace",
        _("Saved. Everybody can read it on the thread."),
        lambda actor, thread: do.slow_thread(
            session(), actor, thread, form.number(), now=clock.now()
        ),
    )


@blueprint.post("/threads/<slug>/curate/voices")
@versioned(lambda slug: _pace_of(slug).closing)
def send_closing(slug: str) -> Response:
    """Closed to new contributors, to everybody, or to nobody."""
    form = ClosingForm.posted(prefix=prefix_of("closing"))
    wrong = date_problems(form)

    def close(actor: Viewer, thread: Thread) -> None:
        if wrong:
            raise Invalid(wrong)
        do.close_to(
            session(),
            actor,
            thread,
            form.to.data or "",
            until=form.until.data,
            why=form.why.data or "",
            now=clock.now(),
        )

    return _take(
        slug, "closing", form, "pace", _("Saved. Everybody can read it on the thread."), close
    )


@blueprint.post("/threads/<slug>/curate/look-again")
def send_look(slug: str) -> Response:
    """An outcome was looked at again, and is kept."""
    form = LookForm.posted(prefix=prefix_of("look"))
    wrong = date_problems(form)

    def look(actor: Viewer, thread: Thread) -> None:
        if wrong:
            raise Invalid(wrong)
        do.look_again(
            session(),
            actor,
            thread,
            review_on=form.review_on.data,
            why=form.why.data or "",
            now=clock.now(),
        )

    return _take(slug, "look", form, "review", _("The outcome is kept until then."), look)


@blueprint.post("/threads/<slug>/curate/let-move")
def send_let_move(slug: str) -> Response:
    """A move by date may happen."""
    return _take(
        slug,
        "",
        None,
        "stage",
        _("It moves by itself on its day, and no longer waits."),
        lambda actor, thread: do.let_move(session(), actor, thread, now=clock.now()),
    )


def _take(
    slug: str,
    name: str,
    form: SiteForm | None,
    part: str,
    done: str,
    run: Callable[[Viewer, Thread], object],
    *,
    renamed_id: int = 0,
) -> Response:
    """Do it and come back to its part of the page; what is wrong stands beside its field."""
    thread = _curated(slug)
    try:
        run(acting(May.CURATE_THREAD), thread)
    except Invalid as error:
        if form is None:
            raise
        form.say(*error.problems)
        forms = ArrangingForms.fresh(thread)
        forms.bring_back(name, form)
        forms.renamed_id = renamed_id
        return show_curating(thread, arranging=forms, status=422)
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(done, "done")
    return redirect(f"{paths.curate_thread(thread.slug)}#{part}", 303)


def _order_again(thread: Thread, order: OrderForm) -> Response:
    forms = ArrangingForms.fresh(thread)
    forms.order = order
    return show_curating(thread, arranging=forms, status=422)


def _curated(slug: str) -> Thread:
    thread = found_here(slug)
    require(viewer(), May.CURATE_THREAD, thread)
    return thread
