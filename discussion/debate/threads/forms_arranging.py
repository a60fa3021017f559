"""What may come in around a thread's positions: order, headings, related threads, the pace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from discussion.debate.threads.drafts_arranging import Arrangement, Place, SummaryDraft
from discussion.debate.threads.forms import prefix_of
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import MAX_WHY
from discussion.debate.threads.words_arranging import (
    CLOSED_TO,
    MAX_HEADING,
    MAX_MENDING,
    MAX_RELATED_WHY,
    MAX_STEELMAN,
    MAX_THREAD_SUMMARY,
)
from discussion.language import _, _l
from discussion.problems import Problem
from discussion.web.forms import Counted, SiteForm, choices

NUMBER_LENGTH = 6
SEEN_LENGTH = 100_000
MAX_ADDRESS = 300


class HeadingForm(SiteForm):
    """A heading of the moderators’, to stand above positions."""

    heading = StringField(_l("Heading"), [Counted(MAX_HEADING)])


class RelateForm(SiteForm):
    """Another thread that is worth reading, and why."""

    other = SelectField(_l("The other thread"), validate_choice=False)
    address = StringField(_l("Or the address of another thread"), [Counted(MAX_ADDRESS)])
    why = StringField(_l("Why it is worth reading beside this one"), [Counted(MAX_RELATED_WHY)])

    def slug(self) -> str:
        """Of the thread whose address is given, else of the one that is chosen."""
        typed = (self.address.data or "").strip().partition("#")[0].partition("?")[0]
        return typed.rstrip("/").rpartition("/")[2] or self.other.data or ""


class SlowForm(SiteForm):
    """How many minutes lie between two responses of one person."""

    minutes = StringField(_l("Minutes between two responses of one person"))

    def number(self) -> int | None:
        """None for what is no number."""
        return _number(self.minutes.data or "")


class ClosingForm(SiteForm):
    """For whom a thread is closed for a while, and why."""

    to = RadioField(_l("Who may write here"), choices=choices(CLOSED_TO), validate_choice=False)
    until = DateField(_l("Until"), [Optional()])
    why = TextAreaField(_l("Why"), [Counted(MAX_WHY)])


class LookForm(SiteForm):
    """What moderators found in a closed thread, and until when its outcome is kept."""

    review_on = DateField(_l("Keep the outcome until"), [Optional()])
    why = TextAreaField(_l("What you found"), [Counted(MAX_WHY)])


class AnswerForm(SiteForm):
    """Whether an author finds their position told fairly."""

    answer = RadioField(
        _l("Is this how you would describe it?"),
        choices=choices({"yes": _l("Yes"), "no": _l("No, I would describe it differently")}),
        validate_choice=False,
    )
    said = TextAreaField(_l("How would you describe it?"), [Counted(MAX_MENDING)])
    seen = StringField()


@dataclass
class OrderForm:
    """The place numbers and headings of all rows, as they were typed, and what was seen."""

    numbers: Mapping[str, str] = field(default_factory=dict)
    shelves: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""
    wrong: dict[str, str] = field(default_factory=dict)  # id of a row → sentence
    conflict: str = ""

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> "OrderForm":
        numbers = _by_id(form, "place-")
        made = cls(numbers, _by_id(form, "under-"), form.get("seen", "")[:SEEN_LENGTH])
        for public_id, typed in numbers.items():
            if not _number(typed):
                made.wrong[public_id] = _("Write a place as a whole number, beginning at 1.")
        return made

    def arrangement(self) -> Arrangement:
        seen = [spot.partition("/") for spot in self.seen.split()]
        return Arrangement(
            places={
                public_id: Place(
                    self.shelves.get(public_id, self._shelf_seen(public_id)), _number(typed) or 0
                )
                for public_id, typed in self.numbers.items()
            },
            seen=tuple((shelf, public_id) for shelf, _slash, public_id in seen),
        )

    def problems(self) -> list[tuple[str, str]]:
        return [(f"place-{public_id}", sentence) for public_id, sentence in self.wrong.items()]

    def _shelf_seen(self, public_id: str) -> str:
        """A thread without headings offers no choice of one."""
        spots = (spot.partition("/") for spot in self.seen.split())
        return next((shelf for shelf, _slash, own in spots if own == public_id), "")


@dataclass
class ArrangingForms:
    """The forms of the curating page that are about what stands around the positions."""

    order: OrderForm
    heading: HeadingForm
    renamed: HeadingForm
    relate: RelateForm
    slow: SlowForm
    closing: ClosingForm
    look: LookForm
    renamed_id: int = 0  # the heading whose new name came back

    @classmethod
    def fresh(cls, thread: Thread) -> "ArrangingForms":
        """The forms as the thread is."""
        return cls(
            order=OrderForm(),
            heading=HeadingForm(prefix=prefix_of("heading")),
            renamed=HeadingForm(prefix=prefix_of("renamed")),
            relate=RelateForm(prefix=prefix_of("relate")),
            slow=SlowForm(prefix=prefix_of("slow"), data={"minutes": str(thread.slow_minutes)}),
            closing=ClosingForm(
                prefix=prefix_of("closing"),
                data={"to": thread.closed_to, "until": thread.closed_until},
            ),
            look=LookForm(prefix=prefix_of("look")),
        )

    def bring_back(self, name: str, form: SiteForm) -> None:
        """The one of this name holds what was typed."""
        setattr(self, name, form)

    def problems(self) -> list[tuple[str, str]]:
        forms = (
            self.order,
            self.heading,
            self.renamed,
            self.relate,
            self.slow,
            self.closing,
            self.look,
        )
        return [problem for form in forms for problem in form.problems()]


@dataclass
class SummaryForm:
    """The summary's page: its text, and each position at its strongest, as typed."""

    text: str = ""
    steelmen: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    language: str = ""
    why: str = ""
    wrong: dict[str, str] = field(default_factory=dict)  # id of a field → sentence
    conflict: str = ""
    longest: ClassVar[Mapping[str, int]] = {
        "text": MAX_THREAD_SUMMARY,
        "steelman": MAX_STEELMAN,
        "why": MAX_WHY,
    }

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> "SummaryForm":
        typed = form.get("version", "")
        version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
        return cls(
            form.get("text", ""), _by_id(form, "steelman-"), version, form.get("language", "")
        )

    def draft(self) -> SummaryDraft:
        return SummaryDraft(self.text, self.steelmen, self.language)

    def say(self, *problems: Problem) -> None:
        for problem in problems:
            self.wrong.setdefault(problem.field, problem.sentence)

    def problems(self) -> list[tuple[str, str]]:
        return list(self.wrong.items())


def _by_id(form: MultiDict[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): typed for name, typed in form.items() if name.startswith(prefix)
    }


def _number(typed: str) -> int | None:
    typed = typed.strip()
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= NUMBER_LENGTH
    return int(typed) if is_number else None
