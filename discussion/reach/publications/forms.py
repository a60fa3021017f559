"""What may come in about a publication: its draft, days, notes, objections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.form import BaseForm

from discussion.language import _l
from discussion.problems import Problem
from discussion.reach.publications.models import Publication
from discussion.reach.publications.words import (
    DAYS_TO_OBJECT,
    MAX_ADDRESS,
    MAX_NOTE,
    MAX_OBJECTION,
    MAX_SECTION,
    MAX_TITLE,
    SECTIONS,
)
from discussion.web.forms import Counted, SiteForm


@dataclass
class ComposeForm:
    """The draft as it was typed: a title, and a text for each section."""

    title: str
    sections: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    longest: ClassVar[dict[str, int]] = {"title": MAX_TITLE, "section": MAX_SECTION}

    @classmethod
    def of(cls, publication: Publication) -> "ComposeForm":
        """The draft as it is kept."""
        said = {purpose: publication.sections.get(purpose, "") for purpose in SECTIONS}
        return cls(publication.title, said)

    @classmethod
    def read(cls, typed: "MultiDict[str, str]") -> "ComposeForm":
        """What was sent; nothing that was typed is lost."""
        said = {purpose: typed.get(f"section-{purpose}", "") for purpose in SECTIONS}
        return cls(typed.get("title", ""), said)

    def put(self, purpose: str, line: str) -> None:
        """Add a line to a section."""
        self.sections[purpose] = "\n".join(filter(None, (self.sections[purpose].rstrip(), line)))

    def say(self, *problems: Problem) -> None:
        for one in problems:
            self.wrong.setdefault(one.field, one.sentence)

    def problems(self) -> list[tuple[str, str]]:
        """As (field id, sentence)."""
        return list(self.wrong.items())


def opened(publication: Publication) -> BaseForm:
    """The draft's fields as its page opens them, to put together what two change."""
    fields: Mapping[str, object] = {
        "title": StringField(_l("Title")),
        **{
            f"section-{purpose}": TextAreaField(title)
            for purpose, (title, _hint) in SECTIONS.items()
        },
    }
    form = BaseForm(fields)  # type: ignore[arg-type]
    said = ComposeForm.of(publication)
    held = {f"section-{purpose}": words for purpose, words in said.sections.items()}
    form.process(data=held | {"title": said.title})
    return form


class TellForm(SiteForm):
    """How many days authors have to object."""

    days = IntegerField(_l("Days to object"), default=DAYS_TO_OBJECT)


class PublishForm(SiteForm):
    """What a version corrects; the first corrects nothing."""

    note = StringField(_l("What this version corrects"), [Counted(MAX_NOTE)])


class ObjectForm(SiteForm):
    why = TextAreaField(_l("What is unfair about it"), [Counted(MAX_OBJECTION)])


class ArchiveForm(SiteForm):
    archive_url = StringField(_l("Address of an archived copy"), [Counted(MAX_ADDRESS)])


class AnswerForm(SiteForm):
    answer = TextAreaField(_l("Your answer"), [Counted(MAX_OBJECTION)])
