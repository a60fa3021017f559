"""What may come in about statements: strings turned into drafts, and problems put beside fields."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Self

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from discussion.language import _l
from discussion.web.forms import Counted, SiteForm, choices
from discussion.weighing.statements.drafts import Rewording, StatementDraft
from discussion.weighing.statements.words import (
    DAYS_TO_ANSWER,
    KINDS,
    MAX_SAID,
    MAX_STATEMENT,
    MAX_WHY,
)

ANSWERS = {
    "fair": _l("It is fair"),
    "mend": _l("It should be changed"),
}


class DraftingForm(SiteForm):
    """A new statement, with the positions it draws on."""

    sources = SelectMultipleField(_l("Positions it draws on"), validate_choice=False)
    kind = RadioField(_l("What it is about"), choices=choices(KINDS), validate_choice=False)
    text = TextAreaField(_l("The statement"), [Counted(MAX_STATEMENT)])
    language = StringField(_l("Language"))
    is_moderators_own = BooleanField(_l("The moderators’ own: it draws on no position"))
    answer_by = DateField(_l("Authors are asked to answer by"), [Optional()])
    begun = HiddenField()  # public id of the position with whose claim it begins

    @classmethod
    def fresh(cls, chosen: list[str], text: str, today: date, *, begun: str = "") -> Self:
        """An empty form, or one that begins with a position's claim."""
        by = today + timedelta(days=DAYS_TO_ANSWER)
        return cls(data={"sources": chosen, "text": text, "begun": begun, "answer_by": by})

    def draft(self) -> StatementDraft:
        """What was typed, each source once."""
        return StatementDraft(
            kind=self.kind.data or "",
            text=self.text.data or "",
            language=self.language.data or "",
            sources=tuple(dict.fromkeys(self.sources.data or ())),
            is_moderators_own=bool(self.is_moderators_own.data),
            answer_by=self.answer_by.data,
        )


class RewordForm(SiteForm):
    """The next wording."""

    text = TextAreaField(_l("The statement"), [Counted(MAX_STATEMENT)])
    language = StringField(_l("Language"))
    is_editorial = BooleanField(_l("Editorial: it means the same"))
    why = TextAreaField(_l("Why"), [Counted(MAX_WHY)])
    answer_by = DateField(_l("Authors are asked again, by"), [Optional()])
    seen = HiddenField()

    def draft(self) -> Rewording:
        """What was typed."""
        return Rewording(
            text=self.text.data or "",
            language=self.language.data or "",
            is_editorial=bool(self.is_editorial.data),
            why=self.why.data or "",
            answer_by=self.answer_by.data,
        )

    def version(self) -> int:
        """The version that this follows, as the page said; 0 for anything else."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


class KindForm(SiteForm):
    """Whether a statement is about an end, a fact or a means."""

    kind = RadioField(_l("What it is about"), choices=choices(KINDS), validate_choice=False)


class PlaceForm(SiteForm):
    """Where it lies on a scale of its thread."""

    along = SelectField(_l("Its place on a scale"), validate_choice=False)

    def offer(self, places: Mapping[str, str]) -> None:
        """The places that can be chosen, by key; first of all none."""
        self.along.choices = choices({"": str(_l("On no scale"))} | dict(places))


class SourcesForm(SiteForm):
    """Other positions that it draws on."""

    sources = SelectMultipleField(_l("Positions it draws on"), validate_choice=False)
    is_moderators_own = BooleanField(_l("The moderators’ own: it draws on no position"))
    answer_by = DateField(_l("Authors of new ones are asked to answer by"), [Optional()])


class FairForm(SiteForm):
    """An author's answer."""

    answer = RadioField(
        _l("Is this wording fair?"), choices=choices(ANSWERS), validate_choice=False
    )
    said = TextAreaField(_l("What should be changed"), [Counted(MAX_SAID)])
    seen = HiddenField()
