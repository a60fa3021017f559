"""What may come in: how somebody leaves, and that they accept what has changed."""

from collections.abc import Mapping

from wtforms import PasswordField, RadioField
from wtforms.validators import InputRequired

from discussion.language import _l
from discussion.oversight.rights.words import CHOICES
from discussion.web.forms import SiteForm, choices, needed

ACCEPTS, IS_ADULT = "terms-accepted", "terms-adult"  # beside whatever else a form sends


class LeaveForm(SiteForm):
    choice = RadioField(
        _l("What happens to what you wrote"),
        [InputRequired(_l("Choose what happens to what you wrote."))],
        choices=choices(CHOICES),
    )
    password = PasswordField(_l("Your password"), [needed(_l("Write your password."))])


def is_accepted(sent: Mapping[str, str], *, asks_age: bool) -> bool:
    """Whether the ticks that are needed are there."""
    return bool(sent.get(ACCEPTS)) and (bool(sent.get(IS_ADULT)) or not asks_age)


def typed_besides(sent: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What somebody was about to send, without the ticks and without passwords."""
    return tuple(
        (name, value)
        for name, value in sent
        if name not in (ACCEPTS, IS_ADULT) and "password" not in name
    )
