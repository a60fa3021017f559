"""A person's own data: taking a copy, taking consents back, leaving, and accepting new terms."""

from flask import Blueprint, Response, current_app, flash, redirect, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _, in_words
from discussion.oversight.rights.folder import find_file, folder_of
from discussion.oversight.rights.forms import LeaveForm, is_accepted, typed_besides
from discussion.oversight.rights.operations.consenting import accept_terms, take_back
from discussion.oversight.rights.operations.copying import ask_copy
from discussion.oversight.rights.operations.leaving import ask_to_leave, stay
from discussion.oversight.rights.queries.copies import find_own_copy
from discussion.oversight.rights.queries.pages import (
    consents_page,
    leave_page,
    rights_page,
    terms_page,
)
from discussion.oversight.rights.queries.shapes import TermsPage
from discussion.oversight.rights.words import TAKEN_BACK
from discussion.people.accounts.operations.attempts import count_attempt, forgive
from discussion.people.accounts.operations.passwords import is_password
from discussion.people.accounts.queries import find_own_person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.problems import Refused
from discussion.web import doorway
from discussion.web.doorway import (
    SAFE_METHODS,
    acting,
    begin_again,
    separate_session,
    session,
    viewer,
)
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import safe_next
from discussion.web.site import raters_secret, site
from discussion.web.waiting import TOO_MANY, wait_page

blueprint = Blueprint("rights", __name__)

ASKS = 409
# What nobody is asked to accept anything for: keeping, leaving and withdrawing what is one's own,
# telling moderators of something, and what is kept while one types.
UNASKED_ROOMS = ("about", "accounts", "rights", "reports", "appeals", "mutes", "mail")
UNASKED = ("positions.keep_draft", "positions.keep_revision", "positions.preview",
           "positions.preview_revision", "positions.withdraw_now",
           "responses.withdraw_own_response_now", "members.leave",
           "members.choose_post_from_profile")  # fmt: skip


@blueprint.before_app_request
def ask_again() -> AnyResponse | None:
    """Before somebody contributes under terms that they did not accept, they are asked to.

    What they were about to send comes back with the question, and goes on with the answer. The
    answer is kept in a transaction of its own, so that it outlives a form with something to mend.
    """
    if request.method in SAFE_METHODS or _is_unasked(request.endpoint or "."):
        return None
    person = viewer()
    if person is None or not person.owes_consent:
        return None
    with separate_session() as opened:
        typed = typed_besides(list(request.form.items(multi=True)))
        page = terms_page(opened, person, send_url=request.full_path.rstrip("?"), typed=typed)
        if is_accepted(request.form, asks_age=page.asks_age):
            accept_terms(opened, person, now=clock.now())
            opened.commit()
            return None
    return answer("rights/terms.html", page, status=ASKS)


@blueprint.get("/rights")
def page() -> Response:
    """My data: copies, consents, leaving."""
    return answer("rights/page.html", rights_page(session(), acting(May.KEEP_ACCOUNT), clock.now()))


@blueprint.post("/rights/copies")
def ask() -> AnyResponse:
    """Promise a copy; the worker makes it."""
    actor = acting(May.KEEP_ACCOUNT)
    try:
        ask_copy(session(), actor, now=clock.now())
    except Refused as refused:
        shown = rights_page(begin_again(), actor, clock.now(), problem=str(refused))
        return answer("rights/page.html", shown, status=TOO_MANY)
    flash(_("Your copy is being made. You get an e-mail when it is ready."), "done")
    return redirect(paths.rights(), 303)


@blueprint.get("/rights/copies/<public_id>")
def fetch(public_id: str) -> AnyResponse:
    """The file, for its owner alone, piece by piece; nobody on the way keeps it."""
    row = or_404(find_own_copy(session(), viewer(), public_id, clock.now()))
    path = or_404(find_file(folder_of(site().settings.data_dir), row.file_name))
    response = send_file(
        path.resolve(),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"my-data-{clock.day(row.asked_at)}.zip",
        conditional=False,
        etag=False,
        last_modified=None,
    )
    response.headers["Cache-Control"] = "no-store"
    del response.headers["Expires"]
    return response


@blueprint.get("/rights/leave")
def leave() -> Response:
    """What goes and what stays, and the choice."""
    shown = leave_page(session(), acting(May.KEEP_ACCOUNT))
    return answer("rights/leave.html", shown, form=LeaveForm(data={"choice": shown.choice}))


@blueprint.post("/rights/leave")
def send_leave() -> AnyResponse:
    """Leave in a month; the password says that it is oneself."""
    actor = acting(May.KEEP_ACCOUNT)
    form = LeaveForm.posted()
    assert isinstance(form, LeaveForm)
    wait = _check_password(form, actor)
    if not (form.errors or wait):
        try:
            leaving = ask_to_leave(session(), actor, form.choice.data, now=clock.now())
        except Refused as refused:
            form.choice.errors = list(refused.sentences)
            begin_again()
        else:
            on = in_words(clock.day(leaving.due_at))
            said = _("You leave on %(date)s, unless you choose to stay.", date=on)
            flash(said, "done")
            return redirect(paths.leave(), 303)
    page = leave_page(session(), actor)
    if wait:
        return wait_page("rights/leave.html", page, form, wait)
    return answer("rights/leave.html", page, form=form, status=422)


@blueprint.post("/rights/leave/cancel")
def send_stay() -> AnyResponse:
    """Stay after all."""
    stay(session(), acting(May.KEEP_ACCOUNT), now=clock.now())
    flash(_("You stay. Nothing of yours has changed."), "done")
    return redirect(safe_next(request.form.get("next"), paths.leave()), 303)


@blueprint.get("/rights/consents")
def consents() -> Response:
    """What one agreed to and chose, and how to take it back."""
    return answer("rights/consents.html", consents_page(session(), acting(May.KEEP_ACCOUNT)))


@blueprint.post("/rights/consents")
def send_take_back() -> AnyResponse:
    """Take one of them back, with one click."""
    what = request.form.get("what", "")
    try:
        take_back(session(), acting(May.KEEP_ACCOUNT), what, secret=raters_secret())
    except Refused as refused:
        flash(str(refused), "warning")
    else:
        flash(str(TAKEN_BACK[what]), "done")
    return redirect(paths.consents(), 303)


@blueprint.get("/rights/terms")
def terms() -> Response:
    """Today's terms and rules, to accept."""
    onward = safe_next(request.args.get("next"), paths.consents())
    return answer("rights/terms.html", _terms_page(onward))


@blueprint.post("/rights/terms")
def send_terms() -> AnyResponse:
    onward = safe_next(request.args.get("next"), paths.consents())
    shown = _terms_page(onward)
    if not is_accepted(request.form, asks_age=shown.asks_age):
        return answer("rights/terms.html", _terms_page(onward, is_wrong=True), status=422)
    accept_terms(session(), acting(May.KEEP_ACCOUNT), now=clock.now())
    flash(_("Thank you. What you accepted is recorded, with its version."), "done")
    return redirect(onward, 303)


def _terms_page(onward: str, *, is_wrong: bool = False) -> TermsPage:
    return terms_page(
        session(), acting(May.KEEP_ACCOUNT), send_url=paths.accept_terms(onward), is_wrong=is_wrong
    )


def _is_unasked(endpoint: str) -> bool:
    return endpoint.partition(".")[0] in UNASKED_ROOMS or endpoint in UNASKED


def _check_password(form: LeaveForm, actor: Viewer) -> int:
    """Everything wrong with the form at once; returns the seconds to wait after many attempts.

    Passwords are checked before anything is written, and attempts outlive a refusal.
    """
    form.validate()
    if not form.password.data:
        return 0
    with separate_session(writes=False) as reading:
        person = or_404(find_own_person(reading, actor))
        kept = person.password_hash
    counted = ("own_password", actor.public_id)
    secret, here = str(current_app.secret_key), request.remote_addr or ""
    with separate_session() as counting:
        wait = count_attempt(counting, *counted, here, secret=secret, now=clock.now())
        counting.commit()
    if wait:
        return wait
    if not is_password(form.password.data, kept, fast=site().settings.fast_passwords):
        form.password.errors = [_("This is not your password.")]
        return 0
    with separate_session() as counting:
        forgive(counting, *counted, here, secret=secret)
        counting.commit()
    doorway.password_given()
    return 0
