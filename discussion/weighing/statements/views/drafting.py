"""Statements in the browser: drafting them from positions, and reading those that are rated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.threads.forms import WhyForm, date_problems, prefix_of
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import find_new_slug, find_thread
from discussion.language import Phrase, _, _l
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.text import typed_for
from discussion.vocabulary import of_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import SUFFIX, answer, wants_json
from discussion.web.forms import SiteForm, choices
from discussion.web.versions import versioned
from discussion.weighing.statements.forms import (
    DraftingForm,
    KindForm,
    PlaceForm,
    RewordForm,
    SourcesForm,
)
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.operations import drafting as do
from discussion.weighing.statements.operations import placing, withholding
from discussion.weighing.statements.queries.drafting import drafting_page, statement_page
from discussion.weighing.statements.queries.finding import find_statement, list_statements
from discussion.weighing.statements.queries.grouping import Begun, begin, list_lines
from discussion.weighing.statements.queries.placing import along_of, places_for
from discussion.weighing.statements.queries.reading import statements_page
from discussion.weighing.statements.queries.shapes import PositionLine
from discussion.weighing.statements.views import blueprint
from discussion.weighing.statements.wording import Doubt, doubts_in
from discussion.weighing.statements.words import DAYS_TO_ANSWER, MAX_STATEMENT

LOOKED_AT = MAX_STATEMENT * 5  # characters in which hints are looked for


class ThreadMoved(Exception):
    """The thread that was asked for stands at another address now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@blueprint.errorhandler(ThreadMoved)
def go_to_thread(error: ThreadMoved) -> AnyResponse:
    """The same page of the thread where it stands now; a form was not sent."""
    if request.method not in ("GET", "HEAD"):
        flash(_("This thread has another address now. Nothing was changed."), "note")
        return redirect(paths.thread(error.slug), 303)
    path = url_for(str(request.endpoint), **{**(request.view_args or {}), "slug": error.slug})
    return redirect(path + (SUFFIX if wants_json() else ""), 301)


@blueprint.get("/rounds/<slug>/statements")
def statements(slug: str) -> Response:
    """Those that are, or were, rated: for everybody who may read the thread."""
    page = statements_page(session(), viewer(), thread_here(slug))
    return answer("statements/statements.html", page, series=(page.series_slug, page.series_title))


@blueprint.get("/rounds/<slug>/statements/draft")
def drafting(slug: str) -> Response:
    """Positions on one side, the statement that is drafted from them on the other."""
    thread = _drafted(slug)
    single, like = request.args.get("from", ""), request.args.get("like", "")
    begun = begin(_lines(thread), single=single, like=like) if single or like else Begun()
    form = DraftingForm.fresh(list(begun.sources), begun.claim, clock.today(), begun=begun.of)
    return _show(thread, form, begun=begun.of)


@blueprint.post("/rounds/<slug>/statements/draft")
def send_statement(slug: str) -> AnyResponse:
    """A new statement, or only a look at its wording, or other positions to draw on."""
    form = DraftingForm.posted()
    problems = date_problems(form)
    thread = _drafted(slug)
    if "from" in request.form or "like" in request.form:
        return _draw_on(thread, form)
    if request.form.get("do") == "look":
        return _show(thread, form, looks=True)
    try:
        if problems:
            raise Invalid(problems)
        made = do.draft_statement(
            session(), acting(May.DRAFT_STATEMENTS), thread, form.draft(), now=clock.now()
        )
    except Invalid as error:
        form.say(*error.problems)
        return _show(thread, form, status=422)
    except Refused as refused:
        flash(refused.sentence, "error")
        return _show(thread, form, status=422)
    flash(_("The statement is drafted. You find hints about its wording beside it."), "done")
    by = {name: value for name, value in request.args.items() if name == "by"}
    return redirect(f"{paths.draft_statements(thread.slug, **by)}#s-{made.public_id}", 303)


def _lines(thread: Thread) -> list[PositionLine]:
    """The positions to draw on."""
    standing = [row for row in list_statements(session(), thread) if row.retired_at is None]
    return list_lines(session(), acting(May.DRAFT_STATEMENTS), thread, standing)


def _draw_on(thread: Thread, form: DraftingForm) -> Response:
    """The same page with other positions ticked, and their claim for what nobody has typed yet."""
    lines = _lines(thread)
    begun = begin(lines, single=request.form.get("from", ""), like=request.form.get("like", ""))
    form.sources.data = list(begun.sources)
    before = next((line.claim for line in lines if line.id == form.begun.data), "")
    if (form.text.data or "").strip() not in ("", before):
        return _show(thread, form)
    form.text.data, form.begun.data = begun.claim, begun.of
    return _show(thread, form, begun=begun.of)


@blueprint.get("/rounds/<slug>/statements/<public_id>")
def statement(slug: str, public_id: str) -> Response:
    """Everything about one statement: answers, wordings, sources."""
    return _show_one(_found(slug, public_id))


def _opened(slug: str, public_id: str, act: str) -> SiteForm | None:
    """The form of an act that edits, as the page opens it."""
    if act not in EDITS:
        return None
    form: SiteForm = getattr(StatementForms.fresh(_found(slug, public_id)), act)
    return form


def _offer(form: SiteForm, slug: str, public_id: str, act: str) -> None:
    """The names of the positions that it may draw on, and of its places."""
    if isinstance(form, PlaceForm):
        form.offer(places_for(_found(slug, public_id)))
    if isinstance(form, SourcesForm):
        row, who = _found(slug, public_id), acting(May.DRAFT_STATEMENTS)
        page = statement_page(session(), who, row, today=clock.today())
        numbers = {one.id: one.number for one in page.line.sources}
        numbers |= {one.id: one.number for one in page.positions}
        form.sources.choices = choices(
            {id: _("Position %(number)s", number=each) for id, each in numbers.items()}
        )


@blueprint.post("/rounds/<slug>/statements/<public_id>/<act>")
@versioned(_opened, _offer)
def send_statement_act(slug: str, public_id: str, act: str) -> AnyResponse:
    """One act on one statement."""
    asked = or_404(ACTS.get(act))
    row = _found(slug, public_id)
    form, run = asked.sent(asked.name or act)
    problems = date_problems(form)
    try:
        if problems:
            raise Invalid(problems)
        run(acting(May.DRAFT_STATEMENTS), row)
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show_one(_found(slug, public_id), {asked.name or act: form}, status=422)
    except do.RewordedMeanwhile:
        begin_again()
        return _show_one(_found(slug, public_id), {"reword": form}, is_late=True, status=422)
    except Refused as refused:
        flash(refused.sentence, "error")
        if act == "reword":  # a wording is work: it comes back with the reason
            begin_again()
            return _show_one(_found(slug, public_id), {act: form}, is_refused=True, status=422)
    else:
        flash(str(asked.done), "done")
    if act in STEPS:
        return redirect(f"{paths.draft_statements(slug)}#s-{public_id}", 303)
    return redirect(paths.drafted_statement(slug, public_id), 303)


F = TypeVar("F", bound=SiteForm)


Run = Callable[[Viewer, Statement], object]


@dataclass(frozen=True)
class Act:
    """What can be done to a statement, and what is said when it is done."""

    sent: Callable[[str], tuple[SiteForm, Run]]  # the form of this name, and the operation
    done: Phrase
    name: str  # of the form, where it is not that of the act


def _act(
    form: type[F], run: Callable[[Viewer, Statement, F], object], done: Phrase, name: str = ""
) -> Act:
    """What this form asks for."""

    def sent(name: str) -> tuple[SiteForm, Run]:
        posted = form.posted(prefix=prefix_of(name))
        return posted, lambda actor, row: run(actor, row, posted)

    return Act(sent, done, name)


@dataclass
class StatementForms:
    """The forms of a statement's page; the one that came back holds what was typed."""

    reword: RewordForm
    sort: KindForm
    place: PlaceForm
    redraw: SourcesForm
    retire: WhyForm
    withhold: WhyForm
    is_late: bool = False  # somebody else reworded it meanwhile
    refused: str = ""  # a wording that cannot stand now, for where there is no form to hold it
    doubts: tuple[Doubt, ...] = ()
    problems: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def fresh(cls, row: Statement) -> "StatementForms":
        """As the page opens."""
        today = clock.today()
        line = statement_page(session(), acting(May.DRAFT_STATEMENTS), row, today=today).line
        by = today + timedelta(days=DAYS_TO_ANSWER)
        return cls(
            reword=RewordForm(
                prefix=prefix_of("reword"),
                data={
                    "text": "" if line.is_withheld else line.text,
                    "answer_by": by,
                    "seen": str(line.version),
                    "language": typed_for(line.language, line.text, row.thread.usual_languages),
                },
            ),
            sort=KindForm(prefix=prefix_of("sort"), data={"kind": line.kind}),
            place=PlaceForm(prefix=prefix_of("place"), data={"along": along_of(row)}),
            redraw=SourcesForm(
                prefix=prefix_of("redraw"),
                data={
                    "sources": [one.id for one in line.sources],
                    "answer_by": by,
                    "is_moderators_own": line.is_own,
                },
            ),
            retire=WhyForm(prefix=prefix_of("retire")),
            withhold=WhyForm(prefix=prefix_of("withhold")),
        )


def _reword(actor: Viewer, row: Statement, form: RewordForm) -> None:
    do.reword_statement(session(), actor, row, form.draft(), seen=form.version(), now=clock.now())


def _sort(actor: Viewer, row: Statement, form: KindForm) -> None:
    do.sort_statement(session(), actor, row, form.kind.data or "", now=clock.now())


def _place(actor: Viewer, row: Statement, form: PlaceForm) -> None:
    placing.place_statement(session(), actor, row, form.along.data or "", now=clock.now())


def _redraw(actor: Viewer, row: Statement, form: SourcesForm) -> None:
    do.redraw_statement(
        session(),
        actor,
        row,
        form.sources.data or [],
        is_own=bool(form.is_moderators_own.data),
        answer_by=form.answer_by.data,
        now=clock.now(),
    )


def _retire(actor: Viewer, row: Statement, form: WhyForm) -> None:
    do.retire_statement(session(), actor, row, why=form.why.data or "", now=clock.now())


def _restore(actor: Viewer, row: Statement, _form: SiteForm) -> None:
    do.restore_statement(session(), actor, row, now=clock.now())


def _withhold(actor: Viewer, row: Statement, form: WhyForm) -> None:
    withholding.withhold_statement(session(), actor, row, why=form.why.data or "", now=clock.now())


def _show_words(actor: Viewer, row: Statement, _form: SiteForm) -> None:
    withholding.show_statement(session(), actor, row, now=clock.now())


def _step(to: str) -> Callable[[Viewer, Statement, SiteForm], None]:
    return lambda actor, row, _form: do.order_statement(session(), actor, row, to, now=clock.now())


STEPS = ("first", "up", "down")
EDITS = ("reword", "sort", "place", "redraw")
ACTS: dict[str, Act] = {
    "reword": _act(RewordForm, _reword, _l("The new wording is saved.")),
    "sort": _act(KindForm, _sort, _l("The statement is sorted.")),
    "place": _act(PlaceForm, _place, _l("Its place is saved.")),
    "redraw": _act(SourcesForm, _redraw, _l("What it draws on is saved.")),
    "retire": _act(WhyForm, _retire, _l("The statement is retired. It can be brought back.")),
    "restore": _act(SiteForm, _restore, _l("The statement is back."), "restored"),
    "withhold": _act(WhyForm, _withhold, _l("Its words are hidden. Its numbers stay.")),
    "show": _act(SiteForm, _show_words, _l("Its words are shown again."), "shown"),
} | {to: _act(SiteForm, _step(to), _l("The order is changed."), "step") for to in STEPS}


def thread_here(slug: str) -> Thread:
    """The thread at this address; else the reader is led on, or told that there is none."""
    thread = find_thread(session(), viewer(), slug)
    if thread is None:
        raise ThreadMoved(or_404(find_new_slug(session(), viewer(), slug)))
    return thread


def _drafted(slug: str) -> Thread:
    thread = thread_here(slug)
    require(viewer(), May.DRAFT_STATEMENTS, thread)
    return thread


def _found(slug: str, public_id: str) -> Statement:
    return or_404(find_statement(session(), _drafted(slug), public_id))


def _show(
    thread: Thread,
    form: DraftingForm,
    *,
    begun: str = "",
    looks: bool = False,
    status: int = 200,
) -> Response:
    said = (form.text.data or "")[:LOOKED_AT] if looks or status != 200 else ""
    page = drafting_page(
        session(),
        acting(May.DRAFT_STATEMENTS),
        thread,
        by=request.args.get("by", ""),
        begun=begun,
        doubts=doubts_in(said, of_series(thread.series.slug), language=thread.language)
        if said.strip()
        else (),
        today=clock.today(),
    )
    return answer(
        "statements/draft.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )


def _show_one(
    row: Statement,
    came_back: dict[str, SiteForm] | None = None,
    *,
    is_late: bool = False,
    is_refused: bool = False,
    status: int = 200,
) -> Response:
    came_back = came_back or {}
    page = statement_page(session(), acting(May.DRAFT_STATEMENTS), row, today=clock.today())
    forms = StatementForms.fresh(row)
    forms.is_late = is_late
    for name, form in came_back.items():
        setattr(forms, name, form)
        forms.problems += form.problems()
    forms.place.offer(places_for(row))
    typed = forms.reword
    forms.refused = (typed.text.data or "") if is_refused else ""
    if "reword" in came_back:
        typed.seen.data = str(page.line.version)
        forms.doubts = doubts_in(
            (typed.text.data or "")[:LOOKED_AT],
            of_series(row.thread.series.slug),
            language=row.thread.language,
        )
    return answer(
        "statements/statement.html",
        page,
        form=forms,
        status=status,
        series=(page.series_slug, page.series_title),
    )
