"""Moving to another address: what the links in the letters open, stopping it, and a second yes."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.language import _, in_words
from discussion.people.accounts.models import AddressChange, MailedLink, Person
from discussion.people.accounts.operations import letters, moving
from discussion.people.accounts.operations.links import LinkSpent, link_token
from discussion.people.accounts.queries_moving import SecondPage, find_waiting_change
from discussion.people.accounts.views.cookies import let_out, secret
from discussion.people.accounts.views.links import (
    find_live_link,
    kept_nowhere,
    link_page,
    spent_page,
)
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer

PURPOSES = ("change_old", "change_new", "change_back")


def install(blueprint: Blueprint) -> None:
    blueprint.get("/accounts/address/<token>")(address)
    blueprint.post("/accounts/address/<token>")(send_address)
    blueprint.post("/accounts/move/stop")(stop_move)
    blueprint.post("/accounts/letters")(resume)
    blueprint.get("/accounts/move/<public_id>")(second)
    blueprint.post("/accounts/move/<public_id>")(send_second)


def address(token: str) -> AnyResponse:
    page = link_page(token, *PURPOSES)
    return kept_nowhere(answer("accounts/address.html", page)) if page else spent_page()


def send_address(token: str) -> AnyResponse:
    link = find_live_link(token, *PURPOSES)
    if link is None:
        return spent_page()
    person_id = link.person_id
    try:
        if link.purpose == "change_back":
            return _take_back(link)
        said, is_changed = _answer(link)
    except LinkSpent:
        return spent_page()
    actor = viewer()
    if is_changed and actor is not None and actor.person_id == person_id:
        let_out(session())
        actor = None
    flash(said, "done")
    return redirect(url_for("accounts.own_address" if actor else "accounts.sign_in"), 303)


def resume() -> AnyResponse:
    """Let letters go out again to one's own address."""
    letters.resume_letters(session(), viewer())
    flash(_("We write to you again. If our e-mails come back once more, we say so here."), "done")
    return redirect(url_for("accounts.profile"), 303)


def stop_move() -> AnyResponse:
    moving.stop_own_change(session(), viewer(), now=clock.now())
    flash(_("The change of address is stopped. Your address stays as it is."), "done")
    return redirect(url_for("accounts.own_address"), 303)


def second(public_id: str) -> AnyResponse:
    """For somebody with power whom the owner has asked; to all others it does not exist."""
    change, person = _waiting(public_id)
    assert change.due_at is not None
    page = SecondPage(
        change.public_id, person.display_name, change.old_email, change.new_email, change.due_at
    )
    return answer("accounts/second.html", page)


def send_second(public_id: str) -> AnyResponse:
    change, person = _waiting(public_id)
    name = person.display_name
    try:
        moving.second_change(session(), viewer(), change, now=clock.now())
    except LinkSpent:
        return spent_page()
    flash(_("Done. The account of %(name)s has moved.", name=name), "done")
    return redirect(url_for("overview.home"), 303)


def _answer(link: MailedLink) -> tuple[str, bool]:
    """What to say, and whether the account has moved."""
    now, is_yes = clock.now(), request.form.get("do") != "stop"
    if link.purpose == "change_new":
        change = moving.answer_for_new(session(), viewer(), link, now=now)
    else:
        change = moving.answer_for_old(session(), viewer(), link, is_yes=is_yes, now=now)
    if change.ended_how == "old":
        return _("The change is stopped. The account stays with the old address."), False
    if change.ended_at is not None:
        raise LinkSpent
    if change.changed_at is not None:
        return _("The address is changed. From now on, sign in with the new one."), True
    if change.due_at is not None:
        on = in_words(change.due_at, "d MMMM y, HH:mm")
        return _(
            "Thank you. The address changes on %(date)s, unless it is stopped.", date=on
        ), False
    return _("Thank you. Now the new address has to confirm too."), False


def _take_back(link: MailedLink) -> AnyResponse:
    """Whoever opened the letter at the old address chooses a password that nobody else knows."""
    new = moving.take_back(session(), viewer(), link, now=clock.now())
    let_out(session())
    flash(
        _(
            "The account is back at the old address, and everybody is signed out. Now choose a "
            "new password."
        ),
        "done",
    )
    return redirect(url_for("accounts.reset", token=link_token(new, secret())), 303)


def _waiting(public_id: str) -> tuple[AddressChange, Person]:
    change, person = or_404(find_waiting_change(session(), public_id))
    actor = viewer()
    or_404((actor is not None and moving.may_second(session(), actor, change)) or None)
    return change, person
