"""What a mailed link opens: a page with one button. Mail scanners follow links, not buttons."""

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.language import _
from discussion.people.accounts.forms import ResetForm, onward
from discussion.people.accounts.models import MailedLink
from discussion.people.accounts.operations.entering import confirm_address, reset_password
from discussion.people.accounts.operations.links import LinkSpent, find_link
from discussion.people.accounts.operations.passwords import hash_password
from discussion.people.accounts.queries import EntryPage, LinkPage
from discussion.people.accounts.queries_higher import KEPT
from discussion.people.accounts.views.cookies import (
    know_this_device,
    let_in,
    let_out,
    secret,
)
from discussion.people.accounts.views.counting import seconds_to_wait
from discussion.web.doorway import separate_session, session, viewer
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.site import site
from discussion.web.waiting import wait_page

GONE = 410


def install(blueprint: Blueprint) -> None:
    blueprint.get("/accounts/confirm/<token>")(confirm)
    blueprint.post("/accounts/confirm/<token>")(send_confirm)
    blueprint.get("/accounts/reset/<token>")(reset)
    blueprint.post("/accounts/reset/<token>")(send_new_password)


def confirm(token: str) -> AnyResponse:
    page = link_page(token, "confirm")
    return kept_nowhere(answer("accounts/confirm.html", page)) if page else spent_page()


def send_confirm(token: str) -> AnyResponse:
    """The account becomes real, its owner comes in, and goes on to where they were going."""
    link = find_live_link(token, "confirm")
    if link is None:
        return spent_page()
    try:
        carried = confirm_address(session(), viewer(), link, now=clock.now())
    except LinkSpent:
        return spent_page()
    actor = let_in(session(), link.person, token=carried.get("draft_token", ""))
    flash(_("Your address is confirmed and you are signed in."), "done")
    return redirect(KEPT().hand_in(session(), actor, onward(carried.get("next"))), 303)


def reset(token: str) -> AnyResponse:
    page = link_page(token, "reset")
    return (
        kept_nowhere(answer("accounts/reset.html", page, form=ResetForm()))
        if page
        else spent_page()
    )


def send_new_password(token: str) -> AnyResponse:
    page = link_page(token, "reset")
    if page is None:
        return spent_page()
    form = ResetForm.posted(known=(page.display_name, page.email))
    assert isinstance(form, ResetForm)
    form.validate()
    if wait := seconds_to_wait("new_password", ""):
        return kept_nowhere(wait_page("accounts/reset.html", page, form, wait))
    if not form.is_hard_to_guess():
        return answer("accounts/reset.html", page, form=form, status=422)
    hashed = hash_password(form.password.data or "", fast=site().settings.fast_passwords)
    link = find_live_link(token, "reset")
    if link is None:
        return spent_page()
    try:
        carried = reset_password(session(), viewer(), link, hashed, now=clock.now())
    except LinkSpent:
        return spent_page()
    know_this_device(session(), link.person)
    let_out(session())
    flash(_("Your password is changed. Sign in with the new one."), "done")
    return redirect(url_for("accounts.sign_in", next=onward(carried.get("next"))), 303)


def find_live_link(token: str, *purposes: str) -> MailedLink | None:
    return find_link(session(), token, *purposes, secret=secret(), now=clock.now())


def link_page(token: str, *purposes: str) -> LinkPage | None:
    """Read aside, since a new password is hashed before anything is written."""
    with separate_session(writes=False) as reading:
        link = find_link(reading, token, *purposes, secret=secret(), now=clock.now())
        if link is None:
            return None
        return LinkPage(
            token=token,
            purpose=link.purpose,
            email=link.carries.get("email", link.email),
            display_name=link.carries.get("display_name", link.person.display_name),
            waiting=KEPT().list_waiting(reading, link.carries.get("draft_token", "")),
        )


def spent_page() -> Response:
    return kept_nowhere(answer("accounts/link_spent.html", EntryPage(next="/"), status=GONE))


def kept_nowhere(response: Response) -> Response:
    """Not kept anywhere: a link works until it runs out, which no row tells."""
    return private(response)
