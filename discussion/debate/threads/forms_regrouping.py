"""What may come in about regrouping: into which thread, which positions, and why."""

from wtforms import DateField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional

from discussion.debate.threads.drafts import EditDraft
from discussion.debate.threads.forms import ProposeForm
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.regrouping import Regrouped
from discussion.debate.threads.words import DATED, MAX_WHY
from discussion.language import _l
from discussion.web.forms import Counted, SiteForm, choices

AHEAD = tuple(name for stage, name in DATED.items() if stage != "open")


class IntoForm(SiteForm):
    """Another thread, and why everything or one position goes there."""

    into = SelectField(_l("The other thread"), validate_choice=False)
    why = TextAreaField(_l("Why"), [Counted(MAX_WHY)])

    def offer(self, thread: Regrouped, chosen: Thread | None) -> None:
        """Those that were found, and what was chosen before."""
        words = {each.slug: each.label for each in thread.targets}
        if chosen is not None:
            words = {chosen.slug: chosen.question} | words
        self.into.choices = choices(words, empty=_l("Choose a thread"))


class SplitForm(ProposeForm):
    """The new thread, and what goes into it."""

    nobody_identified = None  # type: ignore[assignment]  # moderators are not asked
    looked_again = None  # type: ignore[assignment]
    positions = SelectMultipleField(
        _l("Positions that go into the new thread"), validate_choice=False
    )
    weighing_on = DateField(_l("Weighing from"), [Optional()])
    making_sense_on = DateField(_l("Making sense from"), [Optional()])
    closed_on = DateField(_l("Closes on"), [Optional()])
    why = TextAreaField(_l("Why"), [Counted(MAX_WHY)])

    @classmethod
    def of(cls, thread: Thread) -> "SplitForm":
        """Everything but the question as in the thread that it comes from."""
        names = ("levels", "attribution", "use_of_result", *AHEAD)
        same = {name: getattr(thread, name) for name in names}
        chosen = {
            "themes": [theme.slug for theme in thread.themes],
            "scales": [scale.slug for scale in thread.scales],
        }
        return cls(data=same | chosen)

    def draft(self) -> EditDraft:
        return EditDraft(
            question=self.question.data or "",
            context=self.context.data or "",
            language=self.language.data or "",
            themes=tuple(self.themes.data or ()),
            levels=tuple(self.levels.data or ()),
            scales=tuple(self.scales.data or ()),
            attribution=self.attribution.data or "",
            use_of_result=self.use_of_result.data or "",
            weighing_on=self.weighing_on.data,
            making_sense_on=self.making_sense_on.data,
            closed_on=self.closed_on.data,
        )


class UndoForm(SiteForm):
    """Why it is taken back; one form for each line of a list."""

    why = TextAreaField(_l("Why"), [Counted(MAX_WHY)])
