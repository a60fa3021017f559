"""What may come in: finding by address, a pasted citation, an item by hand, practice told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from discussion import text
from discussion.debate.evidence.addresses import MAX_URL, MOST_TYPED
from discussion.debate.evidence.drafts import ItemDraft, problems_of, tidy, told_apart
from discussion.debate.evidence.drafts_links import Settlement
from discussion.debate.evidence.identifiers import MAX_DOI
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.words import (
    ASSIGNED_BY,
    CHECKS,
    CONSENTS,
    LIMITS,
    STATUSES,
)
from discussion.decisions.drafts import Ruling
from discussion.decisions.words import MAX_FACTS, MAX_WHY
from discussion.language import _, _l
from discussion.problems import Problem
from discussion.series.series.models import Reason
from discussion.vocabulary import Vocabulary
from discussion.web.forms import AtMost, SiteForm, choices, line_field, needed, text_field

NOT_RATED = ""
LONGEST_NUMBER = 10  # characters of a year, or of a number of months
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?"


def _rating_choices(vocabulary: Vocabulary) -> dict[Any, list[tuple[str, Any]]]:
    """Every step of every scale, under the scale's name: one choice cannot mix two scales."""
    listed: dict[Any, list[tuple[str, Any]]] = {
        _("No scale"): [(NOT_RATED, _("Not rated, or not applicable"))]
    }
    for slug, scale in vocabulary.strength_scales.items():
        strongest_first = reversed(scale.steps)
        listed[str(scale.label)] = [
            (f"{slug}:{step}", scale.in_words(step)) for step in strongest_first
        ]
    return listed


class FindForm(SiteForm):
    """By DOI or web address."""

    where = StringField(
        _l("DOI or web address"),
        [needed(_l("Give a DOI or a web address.")), AtMost(MOST_TYPED)],
        filters=[lambda value: text.line(value or "")],
    )


class PasteForm(SiteForm):
    """By a reference, in whatever format it was copied."""

    source = TextAreaField(_l("References"), [needed(_l("Paste a reference."))])
    entry = StringField(default="")


class ItemForm(SiteForm):
    """What both ways of describing an item share: read from a draft, and made into one."""

    OWN: tuple[str, ...] = ()  # the draft's fields that this form carries as they are
    sure = BooleanField(_l("I have looked again: nobody can be recognised from this"))
    is_warned = False

    @classmethod
    def of_draft(cls, draft: ItemDraft, **more: Any) -> "ItemForm":
        """The form filled with what is known."""
        given = {name: getattr(draft, name) for name in cls.OWN}
        return cls(data=given | cls._filled(draft), **more)

    @classmethod
    def _filled(cls, draft: ItemDraft) -> dict[str, Any]:
        return {
            "authors": "\n".join(draft.authors),
            "year": str(draft.year or ""),
            "rating": f"{draft.strength_scale}:{draft.strength_value}"
            if draft.strength_scale
            else NOT_RATED,
            "months": "" if draft.months_progress is None else str(draft.months_progress),
        }

    def draft(self, base: ItemDraft) -> ItemDraft:
        """The draft, over what the form does not carry; call `check` first."""
        own: dict[str, Any] = {name: self._fields[name].data or "" for name in self.OWN}
        if not re.fullmatch(LANGUAGE, own.get("language", "")):
            own.pop("language", None)
        return tidy(replace(base, **own | self._read()))

    def _read(self) -> dict[str, Any]:
        year = self.year.data  # type: ignore[attr-defined]
        return {"year": int(year[:9]) if year.isdecimal() else None}

    def check(self, base: ItemDraft, *, this_year: int) -> ItemDraft | None:
        """The draft if it is sound; otherwise None, with a sentence beside each field."""
        self.validate()
        self._check_numbers()
        draft = self.draft(base)
        for problem in problems_of(draft, self.vocabulary, this_year=this_year):
            self.say(problem)
        self._ask_again(draft)
        return None if self.problems() else draft

    def say(self, *problems: Problem) -> None:
        """Put sentences beside their fields, unless something stands there already."""
        for problem in problems:
            self._say(problem)

    def _say(self, problem: Problem) -> None:
        name = FIELD_OF.get(problem.field, problem.field)
        field = self._fields.get(name) or self._fields["title"]
        if not field.errors:
            field.errors = [problem.sentence]

    def problems(self) -> list[tuple[str, str]]:
        """As SiteForm, but by the ids on the page: two forms stand on one."""
        return [(field.id, str(error)) for field in self for error in field.errors]

    def _check_numbers(self) -> None:
        for name, sentence in (
            ("year", _("Give the year in figures, as in 2019, or leave it empty.")),
            ("months", _("Give the months as a whole number, as in 3 or -1.")),
        ):
            field = self._fields.get(name)
            if field is not None and field.data and _number(field.data) is None:
                self.say(Problem(name, sentence))

    def _ask_again(self, draft: ItemDraft) -> None:
        """A gentle question before it is published, never a refusal."""
        notices = told_apart(draft, self.vocabulary)
        self.is_warned = bool(notices)
        if notices and not self.sure.data:
            found = ", ".join(f"“{notice.found}”" for notice in notices[:5])
            self.say(
                Problem(
                    "sure",
                    str(self.vocabulary.sentences.pointing) % {"found": found},
                )
            )


def _number(typed: str) -> int | None:
    bare = typed.replace("−", "-").strip()
    is_number = bare.removeprefix("-").isascii() and bare.removeprefix("-").isdigit()
    return int(bare) if is_number and len(bare) < 6 else None


class HandForm(ItemForm):
    """A publication, data or an argument, typed in or found and then looked over."""

    OWN = (
        "title",
        "publisher",
        "url",
        "doi",
        "citation",
        "accessed_on",
        "licence_note",
        "kind",
        "question_type",
        "strength_by",
        "strength_note",
        "population",
        "context",
        "outcome",
        "effect",
        "cost",
        "limitations",
        "description",
        "status",
        "status_note",
        "language",
    )

    language = HiddenField()  # as a reference said; without it, the series'
    title = line_field(_l("Title"), LIMITS["title"])
    kind = SelectField(_l("What kind of evidence is it?"))
    question_type = SelectField(_l("Which question does it answer?"))
    authors = TextAreaField(_l("Authors"))
    year = line_field(_l("Year"), LONGEST_NUMBER)
    publisher = line_field(_l("Publisher or journal"), LIMITS["publisher"])
    doi = line_field(_l("DOI"), MAX_DOI + 60)
    url = line_field(_l("Web address"), MAX_URL)
    citation = text_field(_l("Full reference"), LIMITS["citation"])
    accessed_on = DateField(_l("Read on"), [Optional()])
    description = text_field(_l("What it is and what it found"), LIMITS["description"])
    outcome = text_field(_l("What was looked at or measured"), LIMITS["outcome"])
    population = line_field(_l("Who was studied"), LIMITS["population"])
    context = line_field(_l("Where and when"), LIMITS["context"])
    effect = line_field(_l("Size of the effect, as published"), LIMITS["effect"])
    cost = line_field(_l("Cost, as published"), LIMITS["cost"])
    limitations = text_field(_l("Its limits"), LIMITS["limitations"])
    rating = SelectField(_l("Strength, as published"))
    months = line_field(_l("Months’ progress"), LONGEST_NUMBER)
    strength_by = SelectField(_l("Who gave the rating?"))
    strength_note = line_field(_l("Where the rating was published"), LIMITS["strength_note"])
    licence_note = line_field(_l("Licence"), LIMITS["licence_note"])
    status = SelectField(_l("Is it still valid?"), default="current")
    status_note = line_field(_l("What was corrected or retracted"), LIMITS["status_note"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.vocabulary
        kinds = {k: w for k, w in known.evidence_kind_labels.items() if not known.needs_consent(k)}
        stands = {slug: words for slug, words in STATUSES.items() if slug != "superseded"}
        self.kind.choices = choices(kinds, empty=_("Choose a kind"))
        self.question_type.choices = choices(known.question_types, empty=_("Choose a question"))
        self.strength_by.choices = choices(ASSIGNED_BY, empty=_("Nobody"))
        self.rating.choices = _rating_choices(known)
        self.status.choices = choices(stands)
        for field in (self.kind, self.question_type, self.strength_by, self.rating, self.status):
            field.validate_choice = False  # problems_of says it better
        if self.accessed_on.process_errors:
            self.accessed_on.process_errors = [_("Give the day as in 2026-11-04.")]

    def _read(self) -> dict[str, Any]:
        scale, _colon, value = (self.rating.data or "").partition(":")
        months = _number(self.months.data or "")
        return super()._read() | {
            "authors": _lines(self.authors.data),
            "accessed_on": self.accessed_on.data,
            "strength_scale": scale,
            "strength_value": value,
            "strength_by": (self.strength_by.data or "") if scale else "",
            "months_progress": months,
            "status": self.status.data or "current",
        }


class ToldForm(ItemForm):
    """Practice or lived experience, in the words of somebody who was there."""

    OWN = (
        "kind",
        "title",
        "description",
        "question_type",
        "context",
        "population",
        "limitations",
        "consent",
        "no_pupil_confirmed",
    )

    kind = RadioField(_l("What do you describe?"), validate_choice=False)
    title = line_field(_l("In a line"), LIMITS["title"])
    description = text_field(
        _l("What you did, saw or experienced"),
        LIMITS["description"],
        needed(_l("Describe what you did, saw or experienced.")),
    )
    question_type = SelectField(_l("Which question does it answer?"), validate_choice=False)
    context = line_field(_l("What sort of place"), LIMITS["context"])
    population = line_field(_l("Who it was about, as a group"), LIMITS["population"])
    year = line_field(_l("Year"), LONGEST_NUMBER)
    limitations = text_field(_l("What it cannot show"), LIMITS["limitations"])
    consent = RadioField(_l("How did the people in it agree?"), validate_choice=False)
    no_pupil_confirmed = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.vocabulary
        questions = {k: words for k, words in known.question_types.items() if k != known.ought}
        labels = known.evidence_kind_labels
        self.kind.choices = choices({k: w for k, w in labels.items() if known.needs_consent(k)})
        self.no_pupil_confirmed.label.text = str(known.sentences.nobody_identified)
        self.question_type.choices = choices(questions, empty=_("Choose a question"))
        self.consent.choices = choices(CONSENTS)

    def _read(self) -> dict[str, Any]:
        return super()._read() | {"no_pupil_confirmed": bool(self.no_pupil_confirmed.data)}


class StatusForm(SiteForm):
    """A moderator's word on whether an item still stands, and what was checked."""

    status = RadioField(_l("Is it still valid?"), validate_choice=False)
    note = line_field(_l("What readers are told"), LIMITS["status_note"])
    successor = StringField(_l("What replaces it"), filters=[lambda value: text.line(value or "")])
    checks = SelectMultipleField(_l("What have you checked?"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status.choices = choices(STATUSES)
        self.checks.choices = choices(CHECKS)

    @property
    def successor_id(self) -> str:
        """The public id in what was typed: an id, or the address of an item's page."""
        return str(self.successor.data or "").rstrip("/").rpartition("/")[2]


class SettleForm(SiteForm):
    """What a moderator decides about an item that waits on the desk."""

    action = StringField(_l("Decision"))
    archive_url = line_field(_l("Address of the copy"), MAX_URL)
    why = text_field(_l("Reason, or a note"), MAX_WHY)
    seen = HiddenField()
    decided = HiddenField()  # the newest decision on it that was on screen

    def draft(self) -> Settlement:
        return Settlement(
            action=self.action.data or "",
            why=self.why.data or "",
            archive_url=self.archive_url.data or "",
            seen=self.seen.data or "",
        )


class HideForm(SiteForm):
    """Taking an item out of sight, or showing it again."""

    action = HiddenField()  # hide, restore: what the page offered
    reason = SelectField(_l("Reason, from the series’ list"), validate_choice=False)
    why = text_field(_l("Note to who added it"), MAX_WHY)
    facts = text_field(_l("Facts relied on"), MAX_FACTS)

    def __init__(self, *args: Any, reasons: Sequence[Reason] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reasons = {reason.slug: reason for reason in reasons}
        labels = {slug: reason.label for slug, reason in self._reasons.items()}
        self.reason.choices = choices(labels, empty=_("No reason"))

    def ruling(self) -> Ruling:
        """What is decided, for a reason of the list or for none."""
        return Ruling(
            action=self.action.data or "",
            reason=self.reason.data if self.reason.data in self._reasons else "",
            why=self.why.data or "",
            facts=self.facts.data or "",
        )

    def validate(self, *given: Any, **more: Any) -> bool:
        is_sound = super().validate(*given, **more)
        if self.action.data != "hide" or self.ruling().reason:
            return is_sound
        self.reason.errors = [_("Choose a reason from the series’ list.")]
        return False


@dataclass
class StatusForms:
    """The two forms of a moderator's page about an item."""

    status: StatusForm
    hide: HideForm


@dataclass
class AddForms:
    """The four forms of the page on which items are added."""

    find: Form
    paste: Form
    hand: HandForm
    told: ToldForm


TOLD_PREFIX = "told-"

FIELD_OF: Mapping[str, str] = {
    "strength_scale": "rating",
    "strength_value": "rating",
    "months_progress": "months",
}


def draft_of(item: EvidenceItem) -> ItemDraft:
    """An item as the draft that would make it again."""
    given = {field.name: getattr(item, field.name) for field in fields(ItemDraft)}
    return ItemDraft(
        **given
        | {"authors": tuple(item.authors), "url": item.url or "", "doi": item.doi or ""}
        | ({"status": "current", "status_note": ""} if item.status == "superseded" else {})
    )


def _lines(typed: str | None) -> tuple[str, ...]:
    """One author a line; people also part them with semicolons."""
    rows = text.paragraphs((typed or "").replace(";", "\n")).split("\n")
    return tuple(author for row in rows if (author := text.line(row)))
