"""What a visitor wrote, kept under a token until they come in."""

from flask import flash, redirect, request
from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.models import KeptDraft
from discussion.language import _
from discussion.people.accounts.words_kept import TOKEN, tokens_in
from discussion.web.doorway import session


def ask_to_sign_in(
    kind: str, subject: drafts.Subject, typed: drafts.Typed, url: str, *, hands_in: bool
) -> Response:
    """Keep it for seven days, and bring its writer back to `url` after signing in.

    What is ready is handed in as they come in.
    """
    token = drafts.keep_signed_out(
        session(),
        kind,
        subject,
        drafts.as_ready(typed) if hands_in else typed,
        token=str(cookie.get(TOKEN, "")),
        now=clock.now(),
    )
    cookie[TOKEN] = token
    flash(_say_kept(hands_in=hands_in), "kept")
    return redirect(paths.sign_in(f"{url}?draft={tokens_in(token)[0]}"), 303)


def kept_here(opened: Session, kind: str, subject: drafts.Subject) -> KeptDraft | None:
    """What this browser, or this address, holds the token of; only if it is about that."""
    token = request.args.get("draft") or cookie.get(TOKEN, "")
    return drafts.find_signed_out(opened, kind, subject, str(token)[:200], now=clock.now())


def throw_away(kind: str, subject: drafts.Subject) -> None:
    """What this browser holds the token of; only what is about that."""
    drafts.discard_signed_out(session(), kind, subject, str(cookie.get(TOKEN, "")), now=clock.now())


def _say_kept(*, hands_in: bool) -> str:
    if hands_in:
        return _(
            "Nothing more is needed, and it is kept for seven days. Sign in, or sign up and "
            "confirm your address: that hands it in."
        )
    return _("What you wrote is kept for seven days. Sign in, or sign up, to go on with it.")
