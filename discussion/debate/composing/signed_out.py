"""What a visitor wrote, kept under a token until they come in."""

from flask import current_app, flash, redirect, request
from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.models import KeptDraft
from discussion.kept.words import LONGEST_KEPT
from discussion.language import _
from discussion.people.accounts.operations.attempts import count_attempt
from discussion.people.accounts.words_kept import ASKED, TOKEN, tokens_in, without
from discussion.web.doorway import session, viewer


def ask_to_sign_in(
    kind: str, subject: drafts.About, typed: drafts.Typed, url: str, *, hands_in: bool
) -> Response | None:
    """Keep it for seven days, and bring its writer back to `url` after signing in.

    What is ready is handed in as they come in. None, and nothing kept, where it is too much.
    """
    if not _has_room(typed):
        return None
    token = drafts.keep_signed_out(
        session(),
        kind,
        subject,
        drafts.as_ready(typed) if hands_in else typed,
        token=_held(),
        named=named(),
        now=clock.now(),
    )
    cookie[TOKEN] = token
    flash(_say_kept(hands_in=hands_in), "kept")
    return redirect(paths.sign_in(f"{url}?{ASKED}={tokens_in(token)[0]}"), 303)


def named() -> str:
    """The token of the draft that the page goes on with: its address or its form says it."""
    return (request.args.get(ASKED) or request.form.get(ASKED, ""))[:200]


def kept_here(opened: Session, kind: str, subject: drafts.About) -> KeptDraft | None:
    """What the address holds the token of; only if it is about that."""
    return drafts.find_signed_out(opened, kind, subject, named(), now=clock.now())


def waits_here(opened: Session, kind: str, subject: drafts.About) -> KeptDraft | None:
    """What somebody wrote about that in this browser: it may have been anybody."""
    others = without(_held(), named())
    return drafts.find_signed_out(opened, kind, subject, others, now=clock.now())


def take_up(kind: str, subject: drafts.About) -> str:
    """The press of who says that they wrote it: theirs, if they are known; returns its token."""
    now, kept = clock.now(), waits_here(session(), kind, subject)
    if kept is None:
        return ""
    own = next(one for one in tokens_in(_held()) if drafts.hashed(one) == kept.token_hash)
    if (actor := viewer()) is not None:
        drafts.claim_drafts(session(), actor, own, now=now)
        _let_go(own)
    return own


def throw_away(kind: str, subject: drafts.About, token: str = "") -> None:
    """What this browser holds the token of; only what is about that."""
    drafts.discard_signed_out(session(), kind, subject, token or _held(), now=clock.now())


def _has_room(typed: drafts.Typed) -> bool:
    """Anybody may send, so what is kept of one network and in one text has an end."""
    size = sum(len(name) + sum(map(len, each)) for name, each in typed.items())
    here, secret = request.remote_addr or "", str(current_app.secret_key)
    return size <= LONGEST_KEPT and not count_attempt(
        session(), "visitors_draft", "", here, secret=secret, now=clock.now()
    )


def _held() -> str:
    return str(cookie.get(TOKEN, ""))[:200]


def _let_go(token: str) -> None:
    if left := without(_held(), token):
        cookie[TOKEN] = left
    else:
        cookie.pop(TOKEN, None)


def _say_kept(*, hands_in: bool) -> str:
    if hands_in:
        return _(
            "Nothing more is needed, and it is kept for seven days. Sign in, or sign up and "
            "confirm your address: that hands it in."
        )
    return _("What you wrote is kept for seven days. Sign in, or sign up, to go on with it.")
