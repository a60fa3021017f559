"""What may come in about a sanction."""

from wtforms import IntegerField, RadioField, SelectField

from discussion.decisions.words import MAX_WHY
from discussion.language import _, _l
from discussion.oversight.sanctions.drafts import SanctionDraft
from discussion.oversight.sanctions.queries.pages import MakePage
from discussion.oversight.sanctions.words import DEFAULT_DAYS, MAX_DAYS, MAX_TYPED_FACTS
from discussion.series.series.forms import ConvenersForm, WhyForm
from discussion.web.forms import Within, needed, text_field

DAYS = _l("Choose a number of days from 1 to %(most)s.", most=MAX_DAYS)


class SanctionForm(ConvenersForm):
    """What is asked of whom, for how long, under which rule, and because of what."""

    kind = RadioField(_l("What you ask"), validate_choice=True)
    days = IntegerField(_l("For how many days"), [Within(1, MAX_DAYS, DAYS)], default=DEFAULT_DAYS)
    reason = SelectField(_l("Reason, from the series’ list"))
    facts = text_field(_l("What you rely on"), MAX_TYPED_FACTS, needed(_l("Say what you rely on.")))
    why = text_field(_l("Note to them"), MAX_WHY)

    def offer(self, page: MakePage) -> "SanctionForm":
        """The same form with the choices of this page."""
        self.kind.choices = [(one.slug, one.label) for one in page.kinds]
        empty = ("", _("Choose a reason"))
        self.reason.choices = [empty, *((one.slug, one.label) for one in page.reasons)]
        return self

    def validate_reason(self, field: SelectField) -> None:
        needed(_("Choose a reason from the series’ list."))(self, field)

    def draft(self) -> SanctionDraft:
        return SanctionDraft(
            kind=self.kind.data or "",
            days=self.days.data or 0,
            reason=self.reason.data or "",
            facts=self.facts.data or "",
            why=self.why.data or "",
        )


class LiftForm(WhyForm):
    """Why something ends before its day; `sent_to` is the one that it was typed beside."""

    sent_to = ""
