"""smtplib's one home: carrying a message to a server, or into a folder."""

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from discussion.config import LOOPBACK, Settings
from discussion.mail.envelope import file_name

TIMEOUT_SECONDS = 30.0  # well within a job's lease


def deliver(message: EmailMessage, settings: Settings) -> None:
    """Carry the message to the SMTP server of the settings, or into the mail folder."""
    if settings.mail_url:
        _send(message, settings.mail_url)
    else:
        _keep(message, settings.mail_folder)


def _send(message: EmailMessage, url: str) -> None:
    """`smtp://` turns to TLS before anything is said; only a server on this machine need not."""
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and (host not in LOOPBACK or server.has_extn("starttls")):
            server.starttls(context=_context_for(host, context))
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _context_for(host: str, context: ssl.SSLContext) -> ssl.SSLContext:
    if host in LOOPBACK:  # a server on this machine seldom has a certificate for its name
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _keep(message: EmailMessage, folder: Path) -> None:
    """Write the whole file, then give it its name: a reader never sees half a message."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / file_name(message)
    half = target.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(message.as_bytes())
    half.replace(target)
