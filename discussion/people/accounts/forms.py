"""What may come in: reset, change of address and password, and the profile; see forms_door."""

from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    SelectField,
    SelectFieldBase,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import ValidationError

from discussion.language import Phrase, _, _l
from discussion.people.accounts.drafts import Profile
from discussion.people.accounts.operations.passwords import is_easy_to_guess, normal_password
from discussion.people.accounts.words import (
    MAX_NAME,
    MAX_PASSWORD,
    MIN_PASSWORD,
    MOST_TYPED,
)
from discussion.people.accounts.words_names import name_problem, organisation_problem
from discussion.text.addresses import (
    LONGEST_EMAIL,
    has_letters_that_do_not_travel,
    normal_email,
)
from discussion.vocabulary import of_site
from discussion.web.forms import (
    SiteForm,
    TakesAtMost,
    choices,
    line_field,
    needed,
    safe_next,
)
from discussion.web.site import site


def problem_with_address(typed: str) -> str:
    """Why nobody can be written to there; empty for an address."""
    if normal_email(typed):
        return ""
    if has_letters_that_do_not_travel(typed):
        return _(
            "Many mail servers refuse an address with letters such as ö before the @."
            " Write one with plain letters there."
        )
    return _(
        "Write an e-mail address like %(example)s, without spaces.",
        example=of_site().sentences.email,
    )


class _Address(TakesAtMost):
    def __init__(self) -> None:
        super().__init__(LONGEST_EMAIL)

    def __call__(self, _form: Any, field: Field) -> None:
        if problem := problem_with_address(field.data or ""):
            raise ValidationError(problem)


class NewPassword(TakesAtMost):
    """Long enough and short enough; how hard it is to guess is judged apart: see PasswordForm."""

    def __init__(self) -> None:
        super().__init__(MOST_TYPED)

    def __call__(self, _form: Any, field: Field) -> None:
        typed = field.data or ""
        length = len(normal_password(typed[:MOST_TYPED]))
        if length < MIN_PASSWORD:
            raise ValidationError(
                _(
                    "Use at least %(least)s characters; this has %(length)s.",
                    least=MIN_PASSWORD,
                    length=length,
                )
            )
        if length > MAX_PASSWORD or len(typed) > MOST_TYPED:
            raise ValidationError(_("Use at most %(most)s characters.", most=MAX_PASSWORD))


class PasswordForm(SiteForm):
    """A form with a new password: what judging it costs is counted first, by whoever asks."""

    def about(self) -> tuple[str, ...]:
        """What is known of the person: their name and address."""
        raise NotImplementedError

    def is_hard_to_guess(self) -> bool:
        """Whether somebody who knows the person would need long; called once, after `validate`."""
        field = self._fields["password"]
        if field.errors:
            return False
        if not is_easy_to_guess(field.data or "", self.about()):
            return True
        field.errors = [
            _(
                "This is easy to guess. Use four or more unrelated words, and leave out"
                " your name and address."
            )
        ]
        return False


def email_field(label: Phrase | str) -> StringField:
    """An e-mail address that letters can be sent to, of at most LONGEST_EMAIL characters."""
    return StringField(label, [needed(_l("Write your e-mail address.")), _Address()])


def _new_password_field(label: Phrase | str) -> PasswordField:
    return PasswordField(label, [needed(_l("Choose a password.")), NewPassword()])


def known_password_field(label: Phrase | str) -> PasswordField:
    """The password that somebody has; whether it is theirs is judged elsewhere."""
    return PasswordField(label, [needed(_l("Write your password.")), TakesAtMost(MOST_TYPED)])


class EntryForm(SiteForm):
    """A form that knows where its sender was going, and what they had written."""

    next = HiddenField()
    draft_token = HiddenField()

    def onward(self) -> str:
        return onward(self.next.data)


def onward(target: str | None) -> str:
    """A page of this site to go on to; never back to signing in."""
    path = safe_next(target, "/")
    return "/" if path.startswith("/accounts/") and not path.startswith(_OWN_PAGES) else path


_OWN_PAGES = ("/accounts/profile", "/accounts/people/")


class _FitName:
    """Seen, undisguised, and none by which the site itself speaks."""

    def __call__(self, _form: Any, field: Field) -> None:
        if problem := name_problem(field.data or "", own=[site().settings.site_name]):
            raise ValidationError(problem)


def name_field(label: Phrase | str) -> StringField:
    """A name of at most MAX_NAME characters that can be seen, and is not the site’s own."""
    return line_field(label, MAX_NAME, needed(_l("Write the name others will see.")), _FitName())


def _fit_organisation(_form: Any, field: Field) -> None:
    if problem := organisation_problem(field.data or ""):
        raise ValidationError(problem)


def _among_choices(_form: Any, field: SelectFieldBase) -> None:
    """Only words of the vocabulary."""
    given = field.data if isinstance(field.data, list) else [field.data or ""]
    offered = {value for value, *_label in field.iter_choices()}
    if any(word and word not in offered for word in given):
        raise ValidationError(_("Choose from the list."))


def select_field(label: Phrase | str, *more: Any) -> SelectField:
    """One word of a vocabulary; its form offers the choices."""
    return SelectField(label, [*more, _among_choices], validate_choice=False)


class AskResetForm(EntryForm):
    email = email_field(_l("E-mail address"))


class ResetForm(PasswordForm):
    password = _new_password_field(_l("New password"))
    show = BooleanField(_l("Show the password"))

    def __init__(self, *given: Any, known: tuple[str, ...] = (), **more: Any) -> None:
        self.known = known
        super().__init__(*given, **more)

    def about(self) -> tuple[str, ...]:
        return self.known


class ChangePasswordForm(ResetForm):
    current = known_password_field(_l("Your password now"))
    password = _new_password_field(_l("New password"))


class ChangeAddressForm(SiteForm):
    email = email_field(_l("New e-mail address"))
    current = known_password_field(_l("Your password now"))


def _several(label: Phrase | str, *more: Any) -> SelectMultipleField:
    return SelectMultipleField(label, [*more, _among_choices], validate_choice=False)


class ProfileForm(SiteForm):
    display_name = name_field(_l("Name"))
    roles = _several(_l("What you do"), needed(_l("Choose at least one.")))
    phases = _several("")
    region = select_field(_l("Region"))
    shows_region = BooleanField(_l("Show my region on my page"))
    organisation = line_field(_l("Organisation"), 120, _fit_organisation)
    organisation_type = select_field(_l("What kind of organisation"))
    organisation_size = select_field(_l("How many work there"))
    shows_organisation = BooleanField(_l("Show my organisation where I post by name"))
    interests = line_field(_l("Interests to declare"), 300)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        known, none = self.vocabulary, _("Not given")
        self.roles.choices = choices(known.role_labels)
        self.phases.choices = choices(known.phase_labels)
        self.phases.label.text = str(known.sentences.phases_you_work_in)
        self.region.choices = choices(known.regions, empty=none)
        self.organisation_type.choices = choices(known.organisation_types, empty=none)
        self.organisation_size.choices = choices(known.organisation_sizes, empty=none)

    def draft(self) -> Profile:
        return Profile(
            display_name=self.display_name.data or "",
            roles=tuple(word for word in self.vocabulary.roles if word in (self.roles.data or ())),
            phases=tuple(
                word for word in self.vocabulary.phases if word in (self.phases.data or ())
            ),
            region=self.region.data or "",
            organisation=self.organisation.data or "",
            organisation_type=self.organisation_type.data or "",
            organisation_size=self.organisation_size.data or "",
            shows_organisation=self.shows_organisation.data,
            shows_region=self.shows_region.data,
            interests=self.interests.data or "",
        )
