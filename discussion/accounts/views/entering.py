"""Coming in and going out: sign up, sign in, ask for a reset, sign out."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.accounts.forms import (
    AskResetForm,
    EntryForm,
    SignInForm,
    SignUpForm,
    onward,
)
from discussion.accounts.operations.devices import is_known_device
from discussion.accounts.operations.entering import ask_reset as promise_reset
from discussion.accounts.operations.entering import sign_up as make_account
from discussion.accounts.operations.keeping import renew_hash
from discussion.accounts.operations.naming import UnfitName
from discussion.accounts.operations.passwords import hash_password, is_outdated, is_password
from discussion.accounts.queries import EntryPage, find_person_by_email
from discussion.accounts.views.cookies import device, draft_token, let_in, let_out, secret
from discussion.accounts.views.counting import forgive, say_wait, seconds_to_wait, with_wait
from discussion.accounts.views.handing import hand_in_ready
from discussion.language import _, _l
from discussion.text.addresses import normal_email
from discussion.web.doorway import aside, session, viewer
from discussion.web.errors import NotFound
from discussion.web.faces import answer
from discussion.web.site import site

SENT = ("sign-up", "reset")
BY_LINK = _l(
    "Or have a link mailed to you: choose “I have forgotten my password” where you sign in."
)
OTHERWISE = {
    "accounts/sign_in.html": BY_LINK,
    "accounts/sign_up.html": BY_LINK,
    "accounts/ask_reset.html": _l("The link in the last letter works for an hour."),
}


def install(blueprint: Blueprint) -> None:
    blueprint.get("/accounts/sign-up")(sign_up)
    blueprint.post("/accounts/sign-up")(send_sign_up)
    blueprint.get("/accounts/sign-in")(sign_in)
    blueprint.post("/accounts/sign-in")(send_sign_in)
    blueprint.get("/accounts/reset")(ask_reset)
    blueprint.post("/accounts/reset")(send_reset)
    blueprint.get("/accounts/sent/<kind>")(sent)
    blueprint.post("/accounts/sign-out")(sign_out)


def sign_up() -> AnyResponse:
    if viewer():
        return redirect(onward(request.args.get("next")), 303)
    return _show("accounts/sign_up.html", SignUpForm(next=request.args.get("next", "")))


def send_sign_up() -> AnyResponse:
    """The answer is the same whether or not the address has an account: see the mail."""
    form = SignUpForm.posted()
    assert isinstance(form, SignUpForm)
    is_sound = form.validate()
    if wait := seconds_to_wait("new_password", ""):
        return _too_often("accounts/sign_up.html", form, wait)
    if not (form.is_hard_to_guess() and is_sound):
        return _show("accounts/sign_up.html", form, status=422)
    if wait := seconds_to_wait("sign_up", normal_email(form.email.data or "")):
        return _too_often("accounts/sign_up.html", form, wait)
    hashed = hash_password(form.password.data or "", fast=site().settings.fast_passwords)
    try:
        make_account(session(), viewer(), form.draft(hashed, draft_token()), now=clock.now())
    except UnfitName as error:
        form.display_name.errors = [str(error)]
        return _show("accounts/sign_up.html", form, status=422)
    return redirect(url_for("accounts.sent", kind="sign-up"), 303)


def sign_in() -> AnyResponse:
    if viewer():
        return redirect(onward(request.args.get("next")), 303)
    return _show("accounts/sign_in.html", SignInForm(next=request.args.get("next", "")))


def send_sign_in() -> AnyResponse:
    """One answer for a wrong password, an unknown address and an unconfirmed one."""
    form = SignInForm.posted()
    assert isinstance(form, SignInForm)
    if not form.validate():
        return _show("accounts/sign_in.html", form, status=422)
    account, password = form.account(), form.password.data or ""
    counted = _counted_as(account)
    if wait := seconds_to_wait(*counted):
        return _too_often("accounts/sign_in.html", form, wait)
    public_id, renewed = _checked(account, password)
    if not public_id:
        form.password.errors = [_("The address and the password do not belong together.")]
        return _show("accounts/sign_in.html", form, status=422)
    forgive(*counted)
    person = find_person_by_email(session(), account)
    if person is None or person.public_id != public_id:
        raise NotFound  # left, or moved to another address, while the password was checked
    actor = let_in(session(), person, remember=form.remember.data, tells=True)
    if renewed:
        renew_hash(session(), actor, renewed)
    return redirect(hand_in_ready(session(), actor, form.onward()), 303)


def ask_reset() -> AnyResponse:
    return _show("accounts/ask_reset.html", AskResetForm(next=request.args.get("next", "")))


def send_reset() -> AnyResponse:
    form = AskResetForm.posted()
    assert isinstance(form, AskResetForm)
    if not form.validate():
        return _show("accounts/ask_reset.html", form, status=422)
    email = normal_email(form.email.data or "")
    if wait := seconds_to_wait("reset", email):
        return _too_often("accounts/ask_reset.html", form, wait)
    if not seconds_to_wait("reset_letter", email):  # those of the last hour work
        promise_reset(session(), viewer(), email, next_path=form.onward(), now=clock.now())
    return redirect(url_for("accounts.sent", kind="reset"), 303)


def sent(kind: str) -> AnyResponse:
    if kind not in SENT:
        raise NotFound
    return answer(f"accounts/sent_{kind.replace('-', '_')}.html", EntryPage(next="/"))


def sign_out() -> AnyResponse:
    let_out(session())
    flash(_("You are signed out on this device."), "done")
    return redirect(url_for("series.home"), 303)


def _counted_as(account: str) -> tuple[str, str]:
    """An account's own browser is counted alone: what strangers try does not shut it out."""
    if own := device():
        with aside(writes=False) as reading:
            if is_known_device(reading, account, own, secret=secret(), now=clock.now()):
                return "known_device", f"{account}/{own}"
    return "sign_in", account


def _checked(account: str, password: str) -> tuple[str, str]:
    """Whose password it is, and its new hash if the old one is outdated; slow, outside all rows."""
    fast = site().settings.fast_passwords
    with aside(writes=False) as reading:
        person = find_person_by_email(reading, account)
        public_id, kept = (person.public_id, person.password_hash) if person else ("", None)
        is_confirmed = person is not None and person.email_confirmed_at is not None
    is_right = is_password(password, kept, fast=fast)
    if not (is_right and is_confirmed and kept):
        return "", ""
    renewed = hash_password(password, fast=fast) if is_outdated(kept, fast=fast) else ""
    return public_id, renewed


def _show(template: str, form: EntryForm, *, status: int = 200) -> Response:
    page = EntryPage(next=onward(form.next.data), draft_token=draft_token())
    return answer(template, page, form=form, status=status)


def _too_often(template: str, form: SignUpForm | SignInForm | AskResetForm, wait: int) -> Response:
    say_wait(form.email, wait, OTHERWISE.get(template, ""))
    return with_wait(_show(template, form, status=429), wait)
