"""What a reader may tell the moderators, and what moderators may answer."""

from typing import Any

from wtforms import Field, HiddenField, RadioField, StringField
from wtforms.validators import AnyOf, Optional, ValidationError

from discussion.decisions.words import MAX_FACTS, MAX_WHY
from discussion.language import _, _l
from discussion.oversight.reports.drafts import AnswerDraft, ReportDraft
from discussion.oversight.reports.words import ACTIONS, MAX_TEXT, REASONS
from discussion.people.accounts.forms import problem_with_address
from discussion.text.addresses import LONGEST_EMAIL, normal_email
from discussion.web.forms import SiteForm, choices, line_field, needed, text_field

CHOOSE = _l("Say what is wrong with it: choose one.")


class ReportForm(SiteForm):
    """Why something should be looked at."""

    cause = RadioField(
        _l("What is wrong with it?"),
        [needed(CHOOSE)],
        choices=choices(dict.fromkeys(REASONS, "")),  # the page says what they mean
        validate_choice=False,
    )
    text = text_field(_l("What should the moderators look at?"), MAX_TEXT)
    email = line_field(_l("Address for the answer"), LONGEST_EMAIL, Optional())
    version = StringField()

    def validate_cause(self, field: Field) -> None:
        if field.data and field.data not in REASONS:
            raise ValidationError(str(CHOOSE))

    def validate_text(self, field: Field) -> None:
        if self.cause.data == "other" and not (field.data or "").strip():
            raise ValidationError(_("Say in a sentence what is wrong."))

    def validate_email(self, field: Field) -> None:
        if field.data and (problem := problem_with_address(field.data)):
            raise ValidationError(problem)

    def draft(self) -> ReportDraft:
        """What was typed, once it is sound."""
        return ReportDraft(
            reason=self.cause.data or "",
            text=self.text.data or "",
            email=normal_email(self.email.data or ""),
            version=number_in(self.version.data),
        )


class AnswerForm(SiteForm):
    """One decision about something that was reported."""

    action = StringField(
        _l("Decision"),
        [needed(_l("Choose what you decide.")), AnyOf(ACTIONS, _l("Choose what you decide."))],
    )
    reason = StringField(_l("Reason, from the series’ list"), [Optional()])
    facts = text_field(_l("Facts relied on"), MAX_FACTS)
    why = text_field(_l("Note to the author"), MAX_WHY)
    newest = HiddenField()
    decided = HiddenField()

    def draft(self) -> AnswerDraft:
        """What was typed so far, whether or not it can be decided."""
        return AnswerDraft(
            action=self.action.data if self.action.data in ACTIONS else "",
            reason=self.reason.data or "",
            facts=self.facts.data or "",
            why=self.why.data or "",
            newest=self.newest.data or "",
            decided=self.decided.data,
        )


def number_in(typed: Any) -> int | None:
    """A version's number as an address or a form says it."""
    said = str(typed or "")
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 7 else None
