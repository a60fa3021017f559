"""mail: whether letters arrive, tried at once and said plainly."""

import argparse
from email.message import EmailMessage

from discussion import clock
from discussion.cli.commands import BadInputError, CommandError
from discussion.cli.site import say
from discussion.config import Settings, from_environment
from discussion.jobs.models import Job
from discussion.mail.envelope import envelope
from discussion.mail.letters import MailText
from discussion.mail.post import (
    ComeAgainError,
    CutOffError,
    PostError,
    RefusedError,
    ServerTroubleError,
    UnsureError,
    deliver,
)
from discussion.text.addresses import normal_email

_SAYS: dict[type[PostError], str] = {
    ServerTroubleError: "The mail server cannot be used ({kind}), so no letter goes out. See"
    " DISCUSSION_MAIL_URL, and whether the server takes letters from this sender and this machine.",
    CutOffError: "The mail server broke off in the middle ({kind}). Try again; see its log.",
    ComeAgainError: "The mail server asks to come again later ({kind}). Letters are tried again by"
    " themselves.",
    UnsureError: "The mail server took the whole letter and did not say that it has it ({kind}). It"
    " may have arrived.",
    RefusedError: "The mail server refused the letter for good ({kind}). See whether the address is"
    " right, and whether the server lets this site send.",
}


def send_test(typed: argparse.Namespace) -> int:
    """Send one letter in this process, beside the outbox."""
    settings = from_environment()
    to = normal_email(typed.address)
    if not to:
        raise BadInputError(f"{typed.address} is no address that every mail server takes.")
    try:
        deliver(_letter(to, settings), settings)
    except PostError as error:
        raise CommandError(_SAYS[type(error)].format(kind=error.kind)) from error
    if settings.mail_url:
        say(f"The mail server has taken the letter to {to}. See whether it arrives.")
    else:
        say(f"DISCUSSION_MAIL_URL is empty: the letter lies in {settings.mail_folder}.")
    return 0


def _letter(to: str, settings: Settings) -> EmailMessage:
    now = clock.now()
    body = f"This letter was sent to see whether mail from {settings.public_url} arrives.\n"
    text = MailText(to=to, subject=f"A test from {settings.site_name}", body=body)
    return envelope(text, Job(id=0, created_at=now), settings, now)
