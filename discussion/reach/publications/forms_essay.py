"""What may come in about an essay."""

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from discussion.language import _, _l
from discussion.problems import Problem
from discussion.reach.publications.drafts_essay import LONGEST, EssayDraft
from discussion.reach.publications.models import Essay, Publication
from discussion.reach.publications.queries.essays import WriteEssayPage
from discussion.web.forms import Counted, SiteForm, choices


class EssayForm(SiteForm):
    """An essay with its author, who may be nobody of the site."""

    title = StringField(_l("Title"), [Counted(LONGEST["title"])])
    standfirst = TextAreaField(
        _l("What it says, in two sentences"), [Counted(LONGEST["standfirst"])]
    )
    text = TextAreaField(_l("The essay"), [Counted(LONGEST["text"])])
    author = StringField(_l("Whose essay it is"), [Counted(LONGEST["author"])])
    life = TextAreaField(_l("Who they are, in a few lines"), [Counted(LONGEST["life"])])
    portrait = StringField(_l("A portrait in words"), [Counted(LONGEST["portrait"])])
    provenance = StringField(_l("Where it first stood"), [Counted(LONGEST["provenance"])])
    provenance_url = StringField(_l("Its address there"), [Counted(LONGEST["provenance_url"])])
    theme = SelectField(_l("Under which theme"), validate_choice=False)
    led_to = StringField(_l("The thread that it led to"), [Counted(LONGEST["led_to"])])
    written_on = DateField(_l("Written on"), [Optional()])
    note = StringField(_l("What this version corrects"), [Counted(LONGEST["note"])])

    @classmethod
    def of(cls, row: Publication, essay: Essay) -> "EssayForm":
        """As it is kept."""
        same = {
            name: getattr(essay, name)
            for name in (
                "standfirst", "text", "author", "life", "portrait", "provenance",
                "provenance_url", "written_on",
            )
        }  # fmt: skip
        theme = row.theme.slug if row.theme else ""
        led_to = essay.led_to.slug if essay.led_to else ""
        return cls(data=same | {"title": row.title, "theme": theme, "led_to": led_to})

    def offer(self, page: WriteEssayPage) -> None:
        """The themes of its series; of threads the form names a few, by their addresses."""
        self.theme.choices = choices(dict(page.themes), empty=_("None"))

    def days(self) -> tuple[Problem, ...]:
        """A day that could not be read."""
        self.validate()
        wrong = bool(self.written_on.errors)
        self.written_on.errors = []
        says = _("Write the day as 2027-01-29, or choose it.")
        return (Problem("written_on", says),) if wrong else ()

    def draft(self) -> EssayDraft:
        return EssayDraft(
            title=self.title.data or "",
            standfirst=self.standfirst.data or "",
            text=self.text.data or "",
            author=self.author.data or "",
            life=self.life.data or "",
            portrait=self.portrait.data or "",
            provenance=self.provenance.data or "",
            provenance_url=(self.provenance_url.data or "").strip(),
            theme=self.theme.data or "",
            led_to=_slug_in(self.led_to.data or ""),
            written_on=self.written_on.data,
            note=self.note.data or "",
        )


def _slug_in(given: str) -> str:
    """The last part of an address that was pasted; a slug is itself."""
    path = given.strip().partition("#")[0].partition("?")[0]
    return path.rstrip("/").rpartition("/")[2]
