"""What may come in at the door: one form for who has an account and for who is new."""

from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, StringField

from discussion import text
from discussion.language import _, _l
from discussion.people.accounts.drafts import SignUp
from discussion.people.accounts.forms import (
    EntryForm,
    NewPassword,
    PasswordForm,
    email_field,
    known_password_field,
    name_field,
    select_field,
)
from discussion.text.addresses import LONGEST_EMAIL, normal_email
from discussion.web.forms import TakesAtMost, choices, needed


class SignUpForm(EntryForm, PasswordForm):
    """The side of the door for who is new: name, password, and as what they will write."""

    email = email_field(_l("E-mail address"))
    display_name = name_field(_l("Your name"))
    password = PasswordField(
        _l("Choose a password"),
        [needed(_l("Choose a password.")), NewPassword()],
        name="new_password",
        id="new_password",
    )
    show = BooleanField(_l("Show the password"), name="show_new", id="show_new")
    role = select_field(_l("What you do"), needed(_l("Choose what you do.")))
    phase = select_field("")
    is_adult = BooleanField(
        _l("I am 18 or over"), [needed(_l("Accounts are for people of 18 or over."))]
    )
    accepts = BooleanField(
        _l("I accept the terms and the rules"),
        [needed(_l("Accept the terms and the rules to have an account."))],
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        known = self.vocabulary
        self.role.choices = choices(known.role_labels, empty=_("Choose one"))
        self.phase.choices = choices(known.phase_labels, empty=_("None of these"))
        self.phase.label.text = str(known.sentences.phase_you_work_in)

    def about(self) -> tuple[str, ...]:
        return (self.display_name.data or "", self.email.data or "")

    def draft(self, password_hash: str, draft_token: str) -> SignUp:
        return SignUp(
            email=normal_email(self.email.data or ""),
            display_name=self.display_name.data or "",
            password_hash=password_hash,
            role=self.role.data or "",
            phase=self.phase.data or "",
            next=self.onward(),
            draft_token=draft_token,
        )


class SignInForm(EntryForm):
    """The side of the door for who has an account."""

    side = HiddenField()
    email = StringField(
        _l("E-mail address"), [needed(_l("Write your e-mail address.")), TakesAtMost(LONGEST_EMAIL)]
    )
    password = known_password_field(_l("Password"))
    show = BooleanField(_l("Show the password"))
    remember = BooleanField(_l("Stay signed in on this device, until I have been away for 14 days"))

    def account(self) -> str:
        """The address as it is kept; what is none counts as typed."""
        typed = self.email.data or ""
        return normal_email(typed) or text.fold(typed[:LONGEST_EMAIL])[:LONGEST_EMAIL]


KNOWN, NEW = "known", "new"  # the sides of the door


class DoorForm:
    """One door with two sides; what is sent names its side, and the other is left unread."""

    wait: Any = None  # as a form has it: see web/waiting.py

    def __init__(self, side: str, **data: Any) -> None:
        self.side = side
        self.known, self.new = SignInForm(data=data), SignUpForm(data=data)

    @classmethod
    def posted(cls, side: str) -> "DoorForm":
        """What was sent, of which `side` is the side if it does not say so itself."""
        known, new = SignInForm.posted(), SignUpForm.posted()
        assert isinstance(known, SignInForm)
        assert isinstance(new, SignUpForm)
        door = cls(said if (said := known.side.data) in (KNOWN, NEW) else side)
        door.known, door.new = known, new
        return door

    @property
    def chosen(self) -> SignInForm | SignUpForm:
        return self.new if self.side == NEW else self.known

    @property
    def errors(self) -> Any:
        return self.chosen.errors

    def problems(self) -> list[tuple[str, str]]:
        """Everything that is wrong on the chosen side, as (field id, sentence)."""
        return [(field.id, str(error)) for field in self.chosen for error in field.errors]
