"""Forms: WTForms with the site's words for what is wrong, and pages that keep what was typed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from flask import request
from wtforms import Form, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # new in 3.3
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError

from discussion import text
from discussion.language import Phrase
from discussion.problems import Problem, too_long
from discussion.vocabulary import Vocabulary
from discussion.web.sector import sector

if TYPE_CHECKING:
    from discussion.decisions.shapes import Overtaken
    from discussion.web.waiting import Wait

OVERTAKEN = 409  # a form that comes back because somebody else was quicker


class SiteForm(Form):
    """A form over what was posted; nothing is trimmed away that the person typed."""

    wait: "Wait | None" = None  # set where it was sent too often: see web/waiting.py
    overtaken: "Overtaken | None" = (
        None  # what somebody else did meanwhile, where that is why it came back
    )

    def __init__(self, *given: Any, vocabulary: Vocabulary | None = None, **more: Any) -> None:
        """`vocabulary`: without one, of what the page speaks of."""
        self.vocabulary = vocabulary or sector()
        super().__init__(*given, **more)

    @classmethod
    def posted(cls, **more: Any) -> Self:
        return cls(formdata=request.form, **more)

    def say(self, *problems: Problem) -> None:
        """Put what an operation or a draft found wrong beside the fields that it is about."""
        for problem in problems:
            field = self._fields[problem.field]
            field.errors = [*field.errors, problem.sentence]

    def problems(self) -> list[tuple[str, str]]:
        """Everything that is wrong, as (field id, sentence), in the order of the page.

        Several forms stand on one page, each with a prefix of its own: the id tells them apart.
        """
        return [(field.id, str(error)) for field in self._fields.values() for error in field.errors]

    def typed_notes(self) -> list[tuple[str, str]]:
        """What was typed into fields of several lines, as (label, words)."""
        return [
            (str(field.label.text), field.data)
            for field in self._fields.values()
            if isinstance(field, TextAreaField) and field.data
        ]


def line_filter(value: str | None) -> str:
    """One line, normalised; see text.line."""
    return text.line(value or "")


def paragraphs_filter(value: str | None) -> str:
    """Several lines, normalised; see text.paragraphs."""
    return text.paragraphs(value or "")


def needed(message: Phrase | str) -> DataRequired:
    """Something that can be seen: spaces alone are nothing."""
    return DataRequired(message)


class AtMost(Length):
    """At most so many characters, as the counter beside the field counts them."""

    def __init__(self, longest: int) -> None:
        super().__init__(max=longest)
        self.longest = longest

    def __call__(self, form: Any, field: Any) -> None:
        for problem in too_long(field.name, field.data or "", self.longest):
            raise ValidationError(problem.sentence)


class Counted:
    """Says how long a text may be, where the rule itself stands in the drafts."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing is refused here."""


class TakesAtMost(Counted):
    """Says it to the browser too, which takes no more."""

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.field_flags = {"maxlength": longest}


class Within(NumberRange):
    """A number between two others; one of four hundred digits is too large, not an accident."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            super().__call__(form, field)
        except OverflowError:
            raise ValidationError(str(self.message)) from None


def line_field(label: Phrase | str, longest: int, *more: Any, **kwargs: Any) -> StringField:
    """A single line of at most `longest` characters."""
    return StringField(label, [*more, AtMost(longest)], filters=[line_filter], **kwargs)


def text_field(label: Phrase | str, longest: int, *more: Any, **kwargs: Any) -> TextAreaField:
    """Several lines of at most `longest` characters."""
    return TextAreaField(label, [*more, AtMost(longest)], filters=[paragraphs_filter], **kwargs)


def choices(
    words: Mapping[str, Phrase | str], *, empty: Phrase | str | None = None
) -> Sequence[Any]:
    """A vocabulary as a select's choices."""
    first = {"": empty} if empty is not None else {}
    return [SelectChoice(value=slug, label=label) for slug, label in {**first, **words}.items()]


def is_secret(name: str) -> bool:
    """Whether a field of this name holds what is never shown again and kept nowhere."""
    said = name.lower()
    return any(part in said for part in _SECRET_PARTS) or said in _SECRET_NAMES


_SECRET_PARTS = ("password", "secret", "csrf")
_SECRET_NAMES = ("current", "code")  # the password that one has; what a letter tells


def safe_next(target: str | None, otherwise: str) -> str:
    """A path on this site to go on to, or `otherwise`; never another site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return otherwise
    if any(character in target for character in "\r\n\t\\") or urlsplit(target).netloc:
        return otherwise
    return target
