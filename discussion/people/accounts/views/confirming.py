"""Acts of power, and what takes people's data out, ask for the password again after a while.

What was about to be sent comes back with the question, and goes on with the answer: nothing typed
is lost, and nothing is kept on the way. The password is never carried on, nor in an address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField

from discussion import clock
from discussion.language import _, _l
from discussion.people.accounts.operations.passwords import is_password
from discussion.people.accounts.queries import find_own_person
from discussion.people.accounts.views.counting import forgive, seconds_to_wait
from discussion.people.accounts.words import MOST_TYPED, POWER_LASTS
from discussion.permissions.may import May
from discussion.web import doorway
from discussion.web.doorway import SAFE_METHODS, acting, separate_session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer, wants_json
from discussion.web.forms import SiteForm, TakesAtMost, safe_next
from discussion.web.site import site
from discussion.web.waiting import wait_page

FIELD = "confirm-password"  # beside whatever else a form sends
ASKS, CONFIRM = 401, "accounts/confirm_password.html"


def _always() -> bool:
    return True


def _gives_power() -> bool:
    return request.form.get("role") not in (None, "", "contributor")


@dataclass(frozen=True)
class Guarded:
    """What is asked about, in words that follow “Before you”, and whether this request is it."""

    act: Any
    asks: Callable[[], bool] = _always


# endpoint → what it does. Forms that hold a field for the password (changing it or the address,
# leaving) ask every time, and stand in no table.
GUARDED: dict[str, Guarded] = {
    "moderation.author": Guarded(_l("see who wrote something")),
    "redactions.send_undo": Guarded(_l("put back words that were taken out")),
    "members.change_role": Guarded(_l("change what somebody may do in a series")),
    "members.appoint": Guarded(_l("make somebody a convener")),
    "members.invite": Guarded(_l("invite somebody as a moderator or convener"), _gives_power),
    "members.member_list": Guarded(_l("take the list of members as data"), wants_json),
    "announcements.send": Guarded(_l("write to all members of a series")),
    "webhooks.keep_edit": Guarded(_l("change what another program is told")),
    "webhooks.add": Guarded(_l("have another program told what is new")),
    "webhooks.send_act": Guarded(_l("change what another program is told")),
    "webhooks.secret": Guarded(_l("see the secret of a webhook")),
    "practice.register": Guarded(_l("let an organisation ask its people")),
    "practice.change": Guarded(_l("change who asks an organisation’s people")),
    "rights.ask": Guarded(_l("take a copy of your data")),
    "rights.fetch": Guarded(_l("fetch a copy of your data")),
    "rights.send_take_back": Guarded(_l("take a consent back")),
    "accounts.send_second": Guarded(_l("confirm that somebody’s address changes")),
    "accounts.sign_out_there": Guarded(_l("sign out another browser")),
    "accounts.sign_out_elsewhere": Guarded(_l("sign out every other browser")),
    "accounts.sign_out_everywhere": Guarded(_l("sign out everywhere")),
}


class ConfirmForm(SiteForm):
    """The password alone; whatever else was sent travels beside it."""

    password = PasswordField(
        _l("Your password"), [TakesAtMost(MOST_TYPED)], name=FIELD, id="password"
    )


@dataclass(frozen=True)
class ConfirmPage:
    """The question; `typed` goes on to `send_url` with the answer."""

    act: str
    send_url: str
    typed: tuple[tuple[str, str], ...]
    minutes: int
    email: str
    next: str  # where a new password leads to; empty where what was sent waits in this tab


def install(blueprint: Blueprint) -> None:
    blueprint.before_app_request(ask_password)
    blueprint.get("/accounts/confirm-password")(confirm_password)
    blueprint.post("/accounts/confirm-password")(send_confirmation)


def ask_password() -> AnyResponse | None:
    """Before an act of power, unless the password was given within a quarter of an hour."""
    guarded = GUARDED.get(request.endpoint or "")
    if guarded is None or not guarded.asks() or viewer() is None or is_fresh():
        return None
    here = request.full_path.rstrip("?")
    if request.method in SAFE_METHODS:
        if wants_json():
            abort(ASKS)
        return redirect(url_for("accounts.confirm_password", next=here), 303)
    typed = tuple(
        (name, value) for name, value in request.form.items(multi=True) if "password" not in name
    )
    form = ConfirmForm.posted()
    assert isinstance(form, ConfirmForm)
    wait = _check(form) if FIELD in request.form else 0
    if FIELD in request.form and not (form.errors or wait):
        return None
    return _show(form, str(guarded.act), here, typed, wait)


def confirm_password() -> AnyResponse:
    """For what is fetched, and so cannot carry a password: it is given here, and leads on."""
    _own_email()
    return _show(ConfirmForm(), _guarded_act(), url_for("accounts.send_confirmation"), _onward())


def send_confirmation() -> AnyResponse:
    form = ConfirmForm.posted()
    assert isinstance(form, ConfirmForm)
    _own_email()
    wait = _check(form)
    if form.errors or wait:
        there = url_for("accounts.send_confirmation")
        return _show(form, _guarded_act(), there, _onward(), wait)
    return redirect(_next(), 303)


def is_fresh() -> bool:
    """Whether whoever asks gave their password in this session not long ago."""
    here = doorway.signed_in()
    return here is not None and clock.now() - here.password_at < POWER_LASTS


def _check(form: ConfirmForm) -> int:
    """The seconds to wait; counted and compared before anything is written."""
    field, actor = form.password, viewer()
    if not field.data:
        field.errors = [_("Write your password.")]
        return 0
    assert actor is not None
    if wait := seconds_to_wait("own_password", actor.public_id):
        return wait
    with separate_session(writes=False) as reading:
        kept = or_404(find_own_person(reading, actor)).password_hash
    if not is_password(field.data, kept, fast=site().settings.fast_passwords):
        field.errors = [_("This is not your password.")]
        return 0
    forgive("own_password", actor.public_id)
    doorway.password_given()
    return 0


def _show(
    form: ConfirmForm, act: str, send_url: str, typed: tuple[tuple[str, str], ...], wait: int = 0
) -> Response:
    page = ConfirmPage(
        act=act,
        send_url=send_url,
        typed=typed,
        minutes=int(POWER_LASTS.total_seconds() // 60),
        email=_own_email(),
        next=_next() if send_url == url_for("accounts.send_confirmation") else "",
    )
    if wait:
        return wait_page(CONFIRM, page, form, wait)
    status = 422 if form.errors else 200 if request.method in SAFE_METHODS else ASKS
    return answer(CONFIRM, page, form=form, status=status)


def _guarded_act() -> str:
    """In words: what happens at the address that one goes on to."""
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    try:
        endpoint, _values = adapter.match(urlsplit(_next()).path, method="GET")
    except HTTPException:
        endpoint = ""
    guarded = GUARDED.get(str(endpoint))
    return str(guarded.act if guarded else _("go on"))


def _next() -> str:
    given = request.form.get("next") or request.args.get("next")
    return safe_next(given, url_for("accounts.profile"))


def _onward() -> tuple[tuple[str, str], ...]:
    return (("next", _next()),)


def _own_email() -> str:
    actor = acting(May.KEEP_ACCOUNT)
    with separate_session(writes=False) as reading:
        return or_404(find_own_person(reading, actor)).email or ""
