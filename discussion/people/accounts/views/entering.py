"""Coming in and going out: one door for who has an account and who is new, and a reset."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.language import _
from discussion.people.accounts.forms import AskResetForm, onward
from discussion.people.accounts.forms_door import KNOWN, NEW, DoorForm
from discussion.people.accounts.operations.devices import is_known_device
from discussion.people.accounts.operations.entering import ask_reset as promise_reset
from discussion.people.accounts.operations.entering import sign_up as make_account
from discussion.people.accounts.operations.keeping import renew_hash
from discussion.people.accounts.operations.naming import UnfitName
from discussion.people.accounts.operations.passwords import hash_password, is_outdated, is_password
from discussion.people.accounts.queries import EntryPage, find_own_person, find_person_by_email
from discussion.people.accounts.queries_higher import KEPT
from discussion.people.accounts.views.cookies import (
    device,
    draft_token,
    held_token,
    let_in,
    let_out,
    secret,
)
from discussion.people.accounts.views.counting import forgive, seconds_to_wait
from discussion.people.accounts.words_kept import without
from discussion.text.addresses import normal_email
from discussion.web.doorway import separate_session, session, viewer
from discussion.web.errors import NotFound
from discussion.web.faces import answer
from discussion.web.site import site
from discussion.web.waiting import wait_page

DOOR, ASK_RESET = "accounts/door.html", "accounts/ask_reset.html"
SENT = ("sign-up", "reset")


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
    return _open(NEW)


def sign_in() -> AnyResponse:
    return _open(KNOWN)


def send_sign_up() -> AnyResponse:
    return _take(DoorForm.posted(NEW))


def send_sign_in() -> AnyResponse:
    return _take(DoorForm.posted(KNOWN))


def _open(side: str) -> AnyResponse:
    if viewer():
        return redirect(onward(request.args.get("next")), 303)
    return _show(DoorForm(side, next=request.args.get("next", "")))


def _take(door: DoorForm) -> AnyResponse:
    """The side decides, never whether the address has an account."""
    return _take_new(door) if door.side == NEW else _take_known(door)


def _take_new(door: DoorForm) -> AnyResponse:
    """The answer is the same whether or not the address has an account: see the mail."""
    form = door.new
    is_sound = form.validate()
    if wait := seconds_to_wait("new_password", ""):
        return _wait(door, wait)
    if not (form.is_hard_to_guess() and is_sound):
        return _show(door, status=422)
    if wait := seconds_to_wait("sign_up", normal_email(form.email.data or "")):
        return _wait(door, wait)
    hashed = hash_password(form.password.data or "", fast=site().settings.fast_passwords)
    try:
        make_account(session(), viewer(), form.draft(hashed, draft_token()), now=clock.now())
    except UnfitName as error:
        form.display_name.errors = [str(error)]
        return _show(door, status=422)
    return redirect(url_for("accounts.sent", kind="sign-up"), 303)


def _take_known(door: DoorForm) -> AnyResponse:
    """One answer for a wrong password, an unknown address and an unconfirmed one."""
    form = door.known
    if not form.validate():
        return _show(door, status=422)
    account, password = form.account(), form.password.data or ""
    counted = _counted_as(account)
    if wait := seconds_to_wait(*counted):
        return _wait(door, wait)
    public_id, renewed = _checked(account, password)
    if not public_id:
        form.password.errors = [_("That e-mail and password do not match.")]
        return _show(door, status=422)
    forgive(*counted)
    person = find_person_by_email(session(), account)
    if person is None or person.public_id != public_id:
        raise NotFound  # left, or moved to another address, while the password was checked
    actor = let_in(session(), person, remember=form.remember.data, tells=True)
    if renewed:
        renew_hash(session(), actor, renewed)
    return redirect(KEPT().hand_in(session(), actor, form.onward()), 303)


def ask_reset() -> AnyResponse:
    """Who is signed in, and was asked for the password, need not write the address again."""
    given = {"next": request.args.get("next", ""), "email": _own_email()}
    return answer(ASK_RESET, _page(given["next"]), form=AskResetForm(data=given))


def send_reset() -> AnyResponse:
    form = AskResetForm.posted()
    assert isinstance(form, AskResetForm)
    page = _page(form.next.data)
    if not form.validate():
        return answer(ASK_RESET, page, form=form, status=422)
    email = normal_email(form.email.data or "")
    if wait := seconds_to_wait("reset", email):
        return wait_page(ASK_RESET, page, form, wait)
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
    return redirect(url_for("overview.home"), 303)


def _counted_as(account: str) -> tuple[str, str]:
    """An account's own browser is counted alone: what strangers try does not shut it out."""
    if own := device():
        with separate_session(writes=False) as reading:
            if is_known_device(reading, account, own, secret=secret(), now=clock.now()):
                return "known_device", f"{account}/{own}"
    return "sign_in", account


def _checked(account: str, password: str) -> tuple[str, str]:
    """Whose password it is, and its new hash if the old one is outdated; slow, outside all rows."""
    fast = site().settings.fast_passwords
    with separate_session(writes=False) as reading:
        person = find_person_by_email(reading, account)
        public_id, kept = (person.public_id, person.password_hash) if person else ("", None)
        is_confirmed = person is not None and person.email_confirmed_at is not None
    is_right = is_password(password, kept, fast=fast)
    if not (is_right and is_confirmed and kept):
        return "", ""
    renewed = hash_password(password, fast=fast) if is_outdated(kept, fast=fast) else ""
    return public_id, renewed


def _show(door: DoorForm, *, status: int = 200) -> Response:
    return answer(DOOR, _page(door.chosen.next.data), form=door, status=status)


def _wait(door: DoorForm, seconds: int) -> Response:
    return wait_page(DOOR, _page(door.chosen.next.data), door, seconds)


def _page(next_path: str | None) -> EntryPage:
    token = draft_token()
    with separate_session(writes=False) as reading:
        waiting = KEPT().list_waiting(reading, token) if token else ()
        others = without(held_token(), token)
        held = KEPT().list_held(reading, others) if others else ()
    return EntryPage(next=onward(next_path), draft_token=token, waiting=waiting, held=held)


def _own_email() -> str:
    actor = viewer()
    person = find_own_person(session(), actor) if actor else None
    return (person.email or "") if person else ""
