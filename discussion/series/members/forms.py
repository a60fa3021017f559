"""What may come in about who belongs to a series."""

from typing import Any

from wtforms import IntegerField, SelectField
from wtforms.validators import ValidationError

from discussion.language import _, _l
from discussion.people.accounts.forms import problem_with_address
from discussion.series.members.drafts import InvitationDraft
from discussion.series.members.words import MAX_INVITATION_DAYS, MAX_INVITATION_USES, MAX_INVITED
from discussion.series.series.forms import ConvenersForm
from discussion.series.series.words import SERIES_ROLES
from discussion.text.addresses import LONGEST_EMAIL, normal_email, split_addresses
from discussion.web.forms import Within, choices, line_field, needed, text_field


class InvitationForm(ConvenersForm):
    """A link by which people join."""

    role = SelectField(_l("They join as"), choices=choices(SERIES_ROLES), default="contributor")
    email = text_field(
        _l("E-mail addresses"),
        MAX_INVITED * 100,
        description=_l(
            "One a line, or with commas between. Each is e-mailed a link of its own, which works"
            " for that person only. Leave this empty for a link that you pass on yourself."
        ),
    )
    days = IntegerField(
        _l("Works for, in days"),
        [Within(1, MAX_INVITATION_DAYS, _l("Write a number of days from 1 to 90."))],
        default=14,
    )
    max_uses = IntegerField(
        _l("Works for, in people"),
        [Within(1, MAX_INVITATION_USES, _l("Write a number of people from 1 to 200."))],
        default=1,
    )

    def addresses(self) -> list[str]:
        """Each address once, as it is kept."""
        typed = split_addresses(self.email.data or "")[: MAX_INVITED + 1]
        return list(dict.fromkeys(normal_email(one) for one in typed))

    def draft(self) -> InvitationDraft:
        """What the link gives, whoever it is for; read once the form is validated."""
        return InvitationDraft(
            role=self.role.data, days=self.days.data or 0, max_uses=self.max_uses.data or 0
        )

    def validate_email(self, field: Any) -> None:
        typed = split_addresses(field.data or "")
        if len(typed) > MAX_INVITED:
            raise ValidationError(_("Invite at most %(most)s people at once.", most=MAX_INVITED))
        if wrong := [one for one in typed if not normal_email(one)]:
            said = problem_with_address(wrong[0])
            listed = ", ".join(one[:LONGEST_EMAIL] for one in wrong[:10])
            raise ValidationError(
                _("Look at: %(listed)s. %(problem)s", listed=listed, problem=said)
            )
        if self.role.data != "contributor" and not typed:
            raise ValidationError(
                _("A link for moderators or conveners needs the person’s address.")
            )


class AppointForm(ConvenersForm):
    email = line_field(_l("Their e-mail address"), 254, needed(_l("Write their address.")))


class PostForm(ConvenersForm):
    """The role and phase under which one posts in this series."""

    role = SelectField(_l("I post as"))
    phase = SelectField()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        known = self.vocabulary
        self.role.choices = choices(known.role_labels, empty=_("Choose a role"))
        self.phase.choices = choices(known.phase_labels, empty=known.sentences.no_phase)
        self.phase.label.text = str(known.sentences.phase_label)
