"""One's own pages: profile, password, address, and every session."""

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField

from discussion import clock
from discussion.language import _
from discussion.people.accounts.forms import (
    ChangeAddressForm,
    ChangePasswordForm,
    ProfileForm,
)
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations import keeping, moving, sessions
from discussion.people.accounts.operations.naming import UnfitName
from discussion.people.accounts.operations.passwords import hash_password, is_password
from discussion.people.accounts.queries import ProfilePage, find_own_person, profile_page
from discussion.people.accounts.views.cookies import is_remembered, let_in, let_out
from discussion.people.accounts.views.counting import forgive, seconds_to_wait
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.text.addresses import normal_email
from discussion.web import doorway
from discussion.web.doorway import acting, remembered, separate_session, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.site import site
from discussion.web.versions import versioned
from discussion.web.waiting import wait_page


def install(blueprint: Blueprint) -> None:
    blueprint.get("/accounts/profile")(profile)
    blueprint.post("/accounts/profile")(send_profile)
    blueprint.get("/accounts/password")(password)
    blueprint.post("/accounts/password")(send_password)
    blueprint.get("/accounts/address")(own_address)
    blueprint.post("/accounts/address")(send_own_address)
    blueprint.post("/accounts/sessions/<public_id>/end")(sign_out_there)
    blueprint.post("/accounts/sign-out-elsewhere")(sign_out_elsewhere)
    blueprint.post("/accounts/sign-out-everywhere")(sign_out_everywhere)


def profile() -> AnyResponse:
    return _show_profile(_opened_profile())


def _opened_profile() -> ProfileForm:
    return ProfileForm(obj=_own_row())


@versioned(_opened_profile)
def send_profile() -> AnyResponse:
    require(viewer(), May.KEEP_ACCOUNT)
    form = ProfileForm.posted()
    assert isinstance(form, ProfileForm)
    if not form.validate():
        return _show_profile(form, status=422)
    try:
        keeping.change_profile(session(), viewer(), form.draft())
    except UnfitName as error:
        form.display_name.errors = [str(error)]
        return _show_profile(form, status=422)
    flash(_("Your profile is saved."), "done")
    return redirect(url_for("accounts.profile"), 303)


def password() -> AnyResponse:
    return answer("accounts/password.html", _own_page(), form=ChangePasswordForm())


def send_password() -> AnyResponse:
    """Ends every session but this one, which is renewed."""
    known = _known()
    form = ChangePasswordForm.posted(known=(known.display_name, known.email or ""))
    assert isinstance(form, ChangePasswordForm)
    wait = _check(form, form.current, known)
    if not (form.current.errors or wait):  # nobody else has a password judged
        form.is_hard_to_guess()
    if form.errors or wait:
        return _again("accounts/password.html", form, wait)
    hashed = hash_password(form.password.data or "", fast=site().settings.fast_passwords)
    person = keeping.change_password(session(), viewer(), hashed, now=clock.now())
    let_in(session(), person, remember=is_remembered())
    flash(_("Your password is changed. Every other device is signed out."), "done")
    return redirect(url_for("accounts.profile"), 303)


def own_address() -> AnyResponse:
    return answer("accounts/own_address.html", _own_page(), form=ChangeAddressForm())


def send_own_address() -> AnyResponse:
    known = _known()
    form = ChangeAddressForm.posted()
    assert isinstance(form, ChangeAddressForm)
    email = normal_email(form.email.data or "")
    wait = _check(form, form.current, known)
    if email and email == known.email:
        form.email.errors = [_("This is your address already.")]
    if not (form.errors or wait):
        wait = seconds_to_wait("change_address", known.public_id)
    if form.errors or wait:
        return _again("accounts/own_address.html", form, wait)
    try:
        moving.ask_new_address(session(), viewer(), email, now=clock.now())
    except moving.JustMoved:
        form.email.errors = [
            _("Your address changed a few days ago: see above when you can change it again.")
        ]
        return _again("accounts/own_address.html", form, 0)
    flash(
        _(
            "Two e-mails are on their way, one to each address. Open the one to the new address, "
            "and press the button there."
        ),
        "done",
    )
    return redirect(url_for("accounts.own_address"), 303)


def sign_out_there(public_id: str) -> AnyResponse:
    """End one session, wherever its browser stands; the one in hand leads to signing in."""
    here = doorway.signed_in()
    or_404(sessions.sign_out_there(session(), viewer(), public_id, now=clock.now()) or None)
    if here is not None and here.public_id == public_id:
        let_out(session())
        flash(_("You are signed out on this device."), "done")
        return redirect(url_for("accounts.sign_in"), 303)
    flash(_("That browser is signed out."), "done")
    return redirect(url_for("accounts.profile", _anchor="sessions"), 303)


def sign_out_elsewhere() -> AnyResponse:
    here = doorway.signed_in()
    sessions.sign_out_elsewhere(session(), viewer(), here.id if here else 0, now=clock.now())
    flash(_("You are signed out everywhere but here."), "done")
    return redirect(url_for("accounts.profile", _anchor="sessions"), 303)


def sign_out_everywhere() -> AnyResponse:
    keeping.sign_out_everywhere(session(), viewer(), now=clock.now())
    let_out(session())
    flash(_("You are signed out on every device."), "done")
    return redirect(url_for("accounts.sign_in"), 303)


def _check(
    form: ChangePasswordForm | ChangeAddressForm, field: PasswordField, known: Person
) -> int:
    """Everything wrong with the form at once, the current password too; the seconds to wait."""
    form.validate()
    if not field.data:
        return 0
    if wait := seconds_to_wait("own_password", known.public_id):
        return wait
    if is_password(field.data, known.password_hash, fast=site().settings.fast_passwords):
        forgive("own_password", known.public_id)
        doorway.password_given()
        return 0
    field.errors = [_("This is not your password.")]
    return 0


def _again(template: str, form: ChangePasswordForm | ChangeAddressForm, wait: int) -> Response:
    page = _own_page()
    if wait:
        return wait_page(template, page, form, wait)
    return answer(template, page, form=form, status=422)


def _show_profile(form: ProfileForm, *, status: int = 200) -> Response:
    return answer("accounts/profile.html", _own_page(), form=form, status=status)


def _own_page() -> ProfilePage:
    actor, here = acting(May.KEEP_ACCOUNT), doorway.signed_in()
    here_id = here.id if here else 0
    return or_404(profile_page(session(), actor, here_id, clock.now()))


@remembered
def _own_row() -> Person:
    return or_404(find_own_person(session(), acting(May.KEEP_ACCOUNT)))


def _known() -> Person:
    """The viewer's row, read aside: passwords are checked before anything is written."""
    with separate_session(writes=False) as reading:
        person = or_404(find_own_person(reading, acting(May.KEEP_ACCOUNT)))
        reading.expunge(person)
        return person
