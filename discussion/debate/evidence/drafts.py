"""What somebody says of an item before it is one, and what must be true of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from discussion import text
from discussion.debate.evidence.addresses import MAX_URL, normalise_url
from discussion.debate.evidence.identifiers import doi_of_url, normalise_doi
from discussion.debate.evidence.words import (
    ASSIGNED_BY,
    CONSENTS,
    EARLIEST_YEAR,
    LIMITS,
    MAX_AUTHOR,
    MAX_AUTHORS,
    MOST_MONTHS,
    STATUSES,
)
from discussion.language import _
from discussion.problems import Problem, too_long
from discussion.vocabulary import Vocabulary
from discussion.vocabulary.shape import EvidenceKind


@dataclass(frozen=True, kw_only=True)
class ItemDraft:
    """An item as typed, read from a citation, or looked up."""

    title: str = ""
    authors: tuple[str, ...] = ()  # "Donnelly, M."
    year: int | None = None
    publisher: str = ""
    url: str = ""
    doi: str = ""
    citation: str = ""
    accessed_on: date | None = None
    licence_note: str = ""
    language: str = "en-GB"
    kind: str = ""
    question_type: str = ""
    strength_scale: str = ""
    strength_value: str = ""
    strength_by: str = ""
    strength_note: str = ""
    population: str = ""
    context: str = ""
    outcome: str = ""
    effect: str = ""
    months_progress: int | None = None
    cost: str = ""
    limitations: str = ""
    description: str = ""
    status: str = "current"
    status_note: str = ""
    consent: str = ""
    no_pupil_confirmed: bool = False


def tidy(draft: ItemDraft) -> ItemDraft:
    """The draft with its DOI and address in their one form; a doi.org address becomes the DOI."""
    url = normalise_url(draft.url) if draft.url else ""
    doi = normalise_doi(draft.doi) if draft.doi else ""
    if url and doi_of_url(url) and (not doi or doi_of_url(url) == doi):
        url, doi = "", doi_of_url(url)
    return replace(draft, url=url or _kept(draft.url, doi), doi=doi or draft.doi)


def problems_of(draft: ItemDraft, vocabulary: Vocabulary, *, this_year: int) -> tuple[Problem, ...]:
    """Everything that is wrong with a tidied draft, in the order of the form."""
    return tuple(
        Problem(field, str(sentence))
        for rule in _RULES
        for field, sentence in rule(draft, Asking(vocabulary, this_year))
    )


class Told(Protocol):
    """What is told of an item, as it is typed or kept."""

    @property
    def kind(self) -> str: ...


def told_apart(draft: Told, vocabulary: Vocabulary) -> list[text.Notice]:
    """What in a description of practice or experience, typed or kept, may identify somebody."""
    if not vocabulary.needs_consent(draft.kind):
        return []
    names = ("title", "population", "context", "outcome", "limitations", "description")
    return text.identifying("\n".join(getattr(draft, name) for name in names), vocabulary.signs)


_Found = Iterator[tuple[str, Any]]


@dataclass(frozen=True)
class Asking:
    """In which sector's words, and when, something is looked over."""

    vocabulary: Vocabulary
    this_year: int

    def kind_of(self, draft: ItemDraft) -> EvidenceKind | None:
        return self.vocabulary.evidence_kinds.get(draft.kind)


def _kept(typed: str, doi: str) -> str:
    """An address that is none stays, so that the person sees what is wrong with it."""
    return "" if doi and doi_of_url(normalise_url(typed)) == doi else typed


def _title(draft: ItemDraft, _asking: Asking) -> _Found:
    if not draft.title:
        yield "title", _("Give a title.")


def _authors(draft: ItemDraft, _asking: Asking) -> _Found:
    if len(draft.authors) > MAX_AUTHORS:
        yield "authors", _("Give at most %(most)s authors.", most=MAX_AUTHORS)
    if any(text.count(author) > MAX_AUTHOR for author in draft.authors):
        yield "authors", _("An author’s name has at most %(most)s characters.", most=MAX_AUTHOR)


def _dated(draft: ItemDraft, asking: Asking) -> _Found:
    this_year = asking.this_year
    if draft.year is not None and not EARLIEST_YEAR <= draft.year <= this_year + 1:
        yield (
            "year",
            _(
                "Give a year from %(first)s to %(last)s, or leave it empty.",
                first=EARLIEST_YEAR,
                last=this_year + 1,
            ),
        )


def _addresses(draft: ItemDraft, _asking: Asking) -> _Found:
    if draft.url and normalise_url(draft.url) != draft.url:
        yield (
            "url",
            _(
                "This is not a web address. Copy it whole, as in "
                "https://example.org/report, in at most %(most)s characters.",
                most=MAX_URL,
            ),
        )
    if draft.doi and normalise_doi(draft.doi) != draft.doi:
        yield (
            "doi",
            _(
                "This is not a DOI. A DOI begins with 10. and has a slash, "
                "as in 10.1007/s10964-007-9207-1."
            ),
        )


def _sourced(draft: ItemDraft, asking: Asking) -> _Found:
    kind = asking.kind_of(draft)
    if (kind and kind.needs_no_source) or draft.url or draft.doi or draft.citation:
        return
    yield "url", _("Say where it can be found: a web address, a DOI or a full reference.")


def _vocabularies(draft: ItemDraft, asking: Asking) -> _Found:
    if asking.kind_of(draft) is None:
        yield "kind", _("Choose what kind of evidence it is.")
    if draft.question_type not in asking.vocabulary.question_types:
        yield "question_type", _("Choose the question it answers.")
    if draft.status not in STATUSES or draft.status == "superseded":
        yield "status", _("Choose whether it is current, corrected or retracted.")


def _values_arguments(draft: ItemDraft, asking: Asking) -> _Found:
    kind, is_ought = asking.kind_of(draft), draft.question_type == asking.vocabulary.ought
    is_argument = kind is not None and kind.is_argument
    known = asking.vocabulary
    said = {"argument": known.argument, "ought": known.question_types[known.ought]}
    if is_argument and not is_ought:
        yield "question_type", _("A %(argument)s answers “%(ought)s”.", **said)
    if is_ought and not is_argument and kind:
        yield (
            "question_type",
            _(
                "Only a %(argument)s answers “%(ought)s”. Choose another question or that kind.",
                **said,
            ),
        )


def _strength(draft: ItemDraft, asking: Asking) -> _Found:
    if not draft.strength_scale:
        if draft.strength_value:
            yield "strength_scale", _("Choose the scale that the rating belongs to.")
        return
    kind, scale = asking.kind_of(draft), asking.vocabulary.strength_scales.get(draft.strength_scale)
    if (kind and kind.is_never_rated) or draft.question_type == asking.vocabulary.ought:
        yield (
            "strength_scale",
            _("This kind has no place on a strength scale. Take the rating away."),
        )
        return
    if scale is None:
        yield "strength_scale", _("Choose a scale from the list.")
    elif draft.strength_value not in scale.steps:
        yield "strength_value", _("Choose the rating as it was published on this scale.")
    if draft.strength_by not in ASSIGNED_BY:
        yield "strength_by", _("Say who gave the rating.")


def _months(draft: ItemDraft, asking: Asking) -> _Found:
    if draft.months_progress is None:
        return
    known = asking.vocabulary
    scale = known.strength_scales.get(draft.strength_scale)
    if scale is None or not scale.counts_months:
        yield "months_progress", known.sentences.months_alone
    if abs(draft.months_progress) > MOST_MONTHS:
        yield "months_progress", _("Give from −%(most)s to %(most)s months.", most=MOST_MONTHS)


def _consent(draft: ItemDraft, asking: Asking) -> _Found:
    if not asking.vocabulary.needs_consent(draft.kind):
        return
    if draft.consent not in CONSENTS:
        yield "consent", _("Say how the people in it agreed to be shown.")
    if not draft.no_pupil_confirmed:
        yield "no_pupil_confirmed", asking.vocabulary.sentences.confirm_nobody


def _lengths(draft: ItemDraft, _asking: Asking) -> _Found:
    for field, most in LIMITS.items():
        for problem in too_long(field, getattr(draft, field), most):
            yield field, problem.sentence


_RULES = (
    _title,
    _authors,
    _dated,
    _addresses,
    _sourced,
    _vocabularies,
    _values_arguments,
    _strength,
    _months,
    _consent,
    _lengths,
)
