"""What a room hands over to be mailed, and how it writes it.

In a room's `tasks.py`:

    def confirm(session: Session, payload: dict[str, Any]) -> MailText | None:
        person = session.get(Person, payload["person_id"])
        if person is None or not person.email:
            return None                                     # nobody to write to any more
        link = url_for("accounts.confirm", token=…, _external=True)
        body = render_letter("accounts/confirm", name=person.display_name, link=link)
        return MailText(to=person.email, subject=_("Confirm your address"), body=body)

    MAILS = {"accounts/confirm": confirm}

The text stands in `templates/mail/accounts/confirm.txt`: plain text, nothing escaped, and every
sentence through gettext. `url_for(…, _external=True)` gives addresses of the site.
"""

from dataclasses import dataclass
from typing import Any

from flask import render_template


@dataclass(frozen=True)
class MailText:
    """One letter to one address."""

    to: str
    subject: str
    body: str
    unsubscribe: str = ""  # where one request ends such letters; mail programs show it as a button


def render_letter(template: str, **context: Any) -> str:
    """The text of templates/mail/<template>.txt; blank lines at either end are taken off."""
    return render_template(f"mail/{template}.txt", **context).strip() + "\n"
