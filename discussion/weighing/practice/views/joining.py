"""Asking for a link by a code: it goes to an address of the organisation, and nowhere else."""

from flask import Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.people.accounts.operations.attempts import count_attempt
from discussion.text.addresses import folded_email, normal_email
from discussion.vocabulary import of_series
from discussion.web.doorway import separate_session, session
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.sector import speak_of
from discussion.web.site import raters_secret
from discussion.web.waiting import wait_page
from discussion.weighing.practice.forms import CodeForm, JoinForm
from discussion.weighing.practice.lines import is_of
from discussion.weighing.practice.models import OPEN, Run, Unit
from discussion.weighing.practice.operations.inviting import join as send_link
from discussion.weighing.practice.queries.finding import find_code
from discussion.weighing.practice.queries.joining import CodePage, JoinPage, join_page
from discussion.weighing.practice.views import blueprint

CODE, JOIN = "practice/code.html", "practice/join.html"


@blueprint.get("/practice/join")
def code() -> Response:
    """Asks for the code that stands on a board."""
    return private(answer(CODE, CodePage(paths.join_run()), form=CodeForm()))


@blueprint.post("/practice/join")
def send_code() -> AnyResponse:
    """On to the page of the code."""
    form = CodeForm.posted()
    wait = _count("join_code", "")
    if wait:
        return wait_page(CODE, CodePage(paths.join_run()), form, wait)
    if form.validate() and _at(form.code.data or "") is not None:
        plain = "".join((form.code.data or "").split()).replace("-", "").lower()
        return redirect(paths.join_run(plain), 303)
    if not form.code.errors:
        form.code.errors = [_("There is no such code, or it is over. Look again at the board.")]
    return private(answer(CODE, CodePage(paths.join_run()), form=form, status=422))


@blueprint.get("/practice/join/<code>")
def join(code: str) -> Response:
    """Asks for an address at work, and what its owner is."""
    found = _at(code)
    if found is None:
        return _no_code(code)
    return _show(found, _form(found))


@blueprint.post("/practice/join/<code>")
def send_join(code: str) -> AnyResponse:
    """The same is said whatever the address is: nobody learns who is asked already."""
    found = _at(code)
    if found is None:
        return _no_code(code)
    form = _form(found, is_posted=True)
    email = _checked(found, form)
    if not email:
        return _show(found, form, 422)
    session().rollback()  # nothing is written yet: lets go of the write lock, for the count
    wait = _count("join_run", folded_email(email))
    page = join_page(*found)
    if wait:
        return wait_page(JOIN, page, form, wait, series=(page.series_slug, page.series_title))
    unit = _unit(found, form)
    send_link(session(), unit, email, form.role.data, secret=raters_secret(), now=clock.now())
    return private(
        answer("practice/joined.html", page, series=(page.series_slug, page.series_title))
    )


def _at(code: str) -> tuple[Run, Unit | None] | None:
    """The run of a code while it is open."""
    found = find_code(session(), code)
    if found is None or found[0].state != OPEN:
        return None
    speak_of(found[0].series.slug)
    return found


def _form(found: tuple[Run, Unit | None], *, is_posted: bool = False) -> JoinForm:
    run, unit = found
    units = [(one.id, one.name) for one in run.units if unit is None or one.id == unit.id]
    form = JoinForm.posted() if is_posted else JoinForm()
    form.offer(of_series(run.series.slug), units)
    if len(units) == 1:
        form.unit.data = str(units[0][0])
    return form


def _checked(found: tuple[Run, Unit | None], form: JoinForm) -> str:
    """The address as it is kept; empty where something is wrong, which stands beside it."""
    form.validate()
    form.missing()
    email = normal_email(form.email.data or "")
    if not form.email.errors and not email:
        form.email.errors = [_("This is not a whole address.")]
    domains = found[0].organisation.domains
    if email and not is_of(email.rpartition("@")[2], domains):
        form.email.errors = [
            _(
                "Use your address at work: one at %(domains)s.",
                domains=", ".join(sorted(domains)),
            )
        ]
    return "" if form.problems() else email


def _unit(found: tuple[Run, Unit | None], form: JoinForm) -> Unit:
    return next(one for one in found[0].units if str(one.id) == form.unit.data)


def _count(kind: str, account: str) -> int:
    """Count one try in a transaction that outlives a refusal; 0 lets it through."""
    secret, here = str(current_app.secret_key), request.remote_addr or ""
    with separate_session() as opened:
        wait = count_attempt(opened, kind, account or here, here, secret=secret, now=clock.now())
        opened.commit()
    return wait


def _no_code(code: str) -> Response:
    form = CodeForm(data={"code": code})
    form.code.errors = [_("There is no such code, or it is over. Look again at the board.")]
    return private(answer(CODE, CodePage(paths.join_run()), form=form, status=404))


def _show(found: tuple[Run, Unit | None], form: JoinForm, status: int = 200) -> Response:
    page: JoinPage = join_page(*found)
    series = (page.series_slug, page.series_title)
    return private(answer(JOIN, page, form=form, status=status, series=series))
