"""What may come in about words that are to go."""

from wtforms import HiddenField, IntegerField, RadioField, SelectField

from discussion import text
from discussion.decisions.words import MAX_WHY
from discussion.language import _, _l
from discussion.oversight.redactions.drafts import RedactionDraft
from discussion.oversight.redactions.queries.page import RedactPage
from discussion.oversight.redactions.words import MAX_DAYS, MAX_PHRASE, MAX_PHRASES
from discussion.series.series.forms import ConvenersForm
from discussion.web.forms import Within, needed, text_field

DAYS = _l("Choose a number of days from 0 to %(most)s.", most=MAX_DAYS)


class RedactForm(ConvenersForm):
    """The words, one phrase a line; `seen` says which preview was looked at."""

    phrases = text_field(
        _l("The words to take out"),
        MAX_PHRASES * (MAX_PHRASE + 1),
        needed(_l("Write the words to take out.")),
    )
    what = RadioField(_l("What the gap is called"))
    reason = SelectField(_l("Reason, from the series’ list"))
    days = IntegerField(_l("For how many days the words are kept"), [Within(0, MAX_DAYS, DAYS)])
    why = text_field(_l("Note to the author"), MAX_WHY)
    seen = HiddenField()
    decided = HiddenField()  # the newest time that words were taken out or put back, when opened

    def offer(self, page: RedactPage) -> "RedactForm":
        """The same form with the choices of this page."""
        self.what.choices = [(one.slug, one.label) for one in page.what]
        empty = ("", _("Choose a reason"))
        self.reason.choices = [empty, *((one.slug, one.label) for one in page.reasons)]
        return self

    def validate_reason(self, field: SelectField) -> None:
        needed(_("Choose a reason from the series’ list."))(self, field)

    @property
    def lines(self) -> tuple[str, ...]:
        """The phrases, each once."""
        typed = (text.line(each) for each in (self.phrases.data or "").splitlines())
        return tuple(dict.fromkeys(each for each in typed if each))

    def draft(self) -> RedactionDraft:
        return RedactionDraft(
            phrases=self.lines,
            what=self.what.data or "",
            reason=self.reason.data or "",
            days=self.days.data or 0,
            why=self.why.data or "",
        )
