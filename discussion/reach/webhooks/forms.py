"""The form by which a webhook is added."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from wtforms import Field, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from discussion import text
from discussion.config import LOOPBACK
from discussion.debate.evidence.addresses import MAX_URL, normalise_url
from discussion.debate.evidence.networks import is_public
from discussion.language import _, _l
from discussion.reach.webhooks.drafts import HookDraft
from discussion.reach.webhooks.words import FORMS, KINDS, MAX_NAME, WHOLE
from discussion.web.forms import SiteForm, choices, line_field, needed


class HookForm(SiteForm):
    """Where to, of what, and how."""

    name = line_field(
        _l("What it is called here"), MAX_NAME, needed(_l("Write a name, such as “Staff chat”."))
    )
    url = line_field(
        _l("Address"), MAX_URL, needed(_l("Paste the address that the other program gave you."))
    )
    kinds = SelectMultipleField(_l("What it is told"), choices=choices(KINDS))
    form = RadioField(_l("How"), choices=choices(FORMS), default=WHOLE)

    def validate_url(self, field: Field) -> None:
        if why := why_not(field.data or ""):
            raise ValidationError(why)

    def validate_kinds(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one thing to tell."))

    def draft(self) -> HookDraft:
        kinds = tuple(kind for kind in KINDS if kind in (self.kinds.data or ()))
        return HookDraft(
            text.line(self.name.data or ""),
            normalise_url(self.url.data) if self.url.data else "",
            kinds,
            self.form.data or WHOLE,
        )


class EditHookForm(HookForm):
    """The same of a webhook that is there; its address is not shown again."""

    url = line_field(_l("Another address"), MAX_URL)

    def validate_url(self, field: Field) -> None:
        if field.data and (why := why_not(field.data)):
            raise ValidationError(why)


def why_not(typed: str) -> str:
    """Why an address can never be told anything; empty where it may. Names are looked up later."""
    parts = urlsplit(normalise_url(typed))
    host = parts.hostname or ""
    if parts.scheme != "https" or not host:
        return _("Write an https address, such as https://chat.example.org/hooks/…")
    if parts.port not in (None, 443):
        return _("Write an address without a port: only the usual one of https is asked.")
    if host in LOOPBACK or "." not in host.strip(".") or not _is_public(host):
        return _("This address is not on the public internet.")
    return ""


def _is_public(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return True  # a name: what it means is looked up each time
    return is_public(host)
