"""What may come in about a thread: strings turned into drafts, and problems put beside fields."""

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from discussion import text
from discussion.debate.threads.drafts import EditDraft, ThreadDraft
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.curating import CuratePage, ProposePage
from discussion.debate.threads.queries.regrouping import SplitPage
from discussion.debate.threads.words import (
    DATED,
    MAX_CONTEXT,
    MAX_NOTE,
    MAX_OUTCOME,
    MAX_QUESTION,
    MAX_SUMMARY,
    MAX_USE_OF_RESULT,
    MAX_WHY,
)
from discussion.language import _, _l
from discussion.problems import Problem
from discussion.series.series.words import ATTRIBUTIONS
from discussion.vocabulary import of_series
from discussion.web.forms import Counted, SiteForm, choices


class ProposeForm(SiteForm):
    """The proposal's page."""

    question = StringField(_l("The question"), [Counted(MAX_QUESTION)])
    context = TextAreaField(_l("What somebody needs to know to answer it"), [Counted(MAX_CONTEXT)])
    language = StringField(_l("Language"))
    themes = SelectMultipleField(_l("Themes"), validate_choice=False)
    levels = SelectMultipleField(_l("Levels it is about"), validate_choice=False)
    scales = SelectMultipleField(
        _l("Scales on which positions place themselves"), validate_choice=False
    )
    attribution = RadioField(_l("How contributors are named"), validate_choice=False)
    use_of_result = TextAreaField(
        _l("What will be done with the result"), [Counted(MAX_USE_OF_RESULT)]
    )
    nobody_identified = BooleanField()
    looked_again = BooleanField(_l("I have looked at this again"))

    def offer(self, slug: str, page: ProposePage | CuratePage | SplitPage) -> None:
        """What can be chosen in the series of this slug, in its order."""
        known = of_series(slug)
        self.levels.choices = choices(known.level_labels)
        if self.nobody_identified:
            self.nobody_identified.label.text = str(known.sentences.nobody_identified)
        self.themes.choices = choices({each.slug: each.label for each in page.themes})
        self.scales.choices = choices({each.slug: each.label for each in page.scales})
        order = list(ATTRIBUTIONS)
        allowed = order[order.index(page.loosest) :]
        self.attribution.choices = choices({slug: ATTRIBUTIONS[slug] for slug in allowed})

    def draft(self) -> ThreadDraft:
        return ThreadDraft(
            question=self.question.data or "",
            context=self.context.data or "",
            language=self.language.data or "",
            themes=tuple(self.themes.data or ()),
            levels=tuple(self.levels.data or ()),
            scales=tuple(self.scales.data or ()),
            attribution=self.attribution.data or "",
            use_of_result=self.use_of_result.data or "",
            nobody_identified=bool(self.nobody_identified.data),
        )


class EditForm(ProposeForm):
    """Everything that moderators may change about a thread."""

    summary = StringField(_l("The moderators’ summary so far"), [Counted(MAX_SUMMARY)])
    open_on = DateField(_l("Opens on"), [Optional()])
    weighing_on = DateField(_l("Weighing from"), [Optional()])
    making_sense_on = DateField(_l("Making sense from"), [Optional()])
    closed_on = DateField(_l("Closes on"), [Optional()])
    has_new_address = BooleanField(_l("Make a new address from the question"))

    @classmethod
    def of(cls, thread: Thread) -> "EditForm":
        """The thread as it is."""
        names = ("question", "context", "levels", "attribution", "use_of_result", "summary")
        same = {name: getattr(thread, name) for name in (*names, *DATED.values())}
        chosen = {
            "language": text.typed_for(thread.language, thread.words, (thread.series.language,)),
            "themes": [theme.slug for theme in thread.themes],
            "scales": [scale.slug for scale in thread.scales],
        }
        return cls(data=same | chosen, prefix=prefix_of("edit"))

    def draft(self) -> EditDraft:
        said = super().draft()
        return EditDraft(
            question=said.question,
            context=said.context,
            language=said.language,
            themes=said.themes,
            levels=said.levels,
            scales=said.scales,
            attribution=said.attribution,
            use_of_result=said.use_of_result,
            nobody_identified=said.nobody_identified,
            summary=self.summary.data or "",
            open_on=self.open_on.data,
            weighing_on=self.weighing_on.data,
            making_sense_on=self.making_sense_on.data,
            closed_on=self.closed_on.data,
            has_new_address=bool(self.has_new_address.data),
        )


class WhyForm(SiteForm):
    """A reason, in the words of whoever decides."""

    why = TextAreaField(_l("Why"), [Counted(MAX_WHY)])


class CloseForm(SiteForm):
    """What came of a thread."""

    outcome = TextAreaField(_l("The outcome"), [Counted(MAX_OUTCOME)])
    review_on = DateField(_l("To be reviewed on"), [Optional()])


class NoteForm(SiteForm):
    note = TextAreaField(_l("Moderators’ note"), [Counted(MAX_NOTE)])
    language = StringField(_l("Language"))


def prefix_of(act: str) -> str:
    """Several forms stand on one page, so their fields' ids begin with the act."""
    return f"{act}-"


def date_problems(form: SiteForm) -> list[Problem]:
    """Days that could not be read; WTForms' own words are not the site's."""
    form.validate()
    wrong = [name for name, field in form._fields.items() if field.errors]
    for name in wrong:
        form._fields[name].errors = []
    return [Problem(name, _("Write the day as 2027-01-29, or choose it.")) for name in wrong]
