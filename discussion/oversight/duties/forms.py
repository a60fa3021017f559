"""What an administrator writes into a record."""

from datetime import timedelta

from wtforms import DateField, HiddenField, StringField
from wtforms.validators import ValidationError

from discussion import clock
from discussion.language import _, _l
from discussion.oversight.duties.drafts import DutyDraft
from discussion.oversight.duties.words import LONGEST_REVIEW, MAX_CHANGE, MAX_CODE, MAX_TEXT
from discussion.web.forms import SiteForm, line_field, needed, text_field


class DutyForm(SiteForm):
    text = text_field(_l("The record, in Markdown"), MAX_TEXT, needed(_l("Write the record.")))
    code_version = line_field(
        _l("Which version of the code of practice it follows"),
        MAX_CODE,
        needed(_l("Name the code of practice and its date.")),
    )
    review_on = DateField(
        _l("To be reviewed on"), [needed(_l("Choose the day of the next review."))]
    )
    what_changed = line_field(_l("What changed, and why"), MAX_CHANGE)
    seen = HiddenField()

    def validate_review_on(self, field: DateField) -> None:
        today = clock.today()
        if field.data is None:
            return
        if not today < field.data <= today + LONGEST_REVIEW:
            raise ValidationError(
                _("Choose a day from tomorrow on, within a year: it is reviewed at least yearly.")
            )

    def validate_what_changed(self, field: StringField) -> None:
        if self.seen_version and not (field.data or "").strip():
            raise ValidationError(_("Say in a line what changed."))

    @property
    def seen_version(self) -> int:
        typed = self.seen.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 8 else 0

    def draft(self) -> DutyDraft:
        assert self.review_on.data is not None
        return DutyDraft(
            text=self.text.data or "",
            code_version=self.code_version.data or "",
            review_on=self.review_on.data,
            what_changed=self.what_changed.data or "",
            seen=self.seen_version,
        )


def in_a_year() -> timedelta:
    """How far ahead the next review of a record is offered."""
    return timedelta(days=365)
