"""What a reader may ask the library for, and what each of it means in the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, case

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.links import is_asked
from discussion.debate.evidence.words import (
    LINK_STATES,
    STATUSES,
)
from discussion.language import _
from discussion.vocabulary import Vocabulary

UNDATED = "undated"
UNRATED = "unrated"
INAPPLICABLE = "inapplicable"
UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Selection:
    """What a reader asked the library for; anything unknown is as if it had not been asked."""

    q: str = ""
    kind: str = ""
    question: str = ""
    status: str = ""
    scale: str = ""
    years: str = ""  # a decade by its first year, or undated
    cited: str = ""  # yes, no
    link: str = ""  # of words.LINK_STATES, or unchecked
    after: str = ""  # the last item of the page before

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Selection":
        return cls(**{item.name: str(asked.get(item.name, ""))[:200] for item in fields(cls)})


@dataclass(frozen=True)
class Asked:
    """One facet: its label, its choices in order, and what each means in the database."""

    label: Callable[[], str]
    choices: Callable[[Vocabulary], Mapping[str, Any]]
    column: Callable[[ColumnElement[bool], Vocabulary], ColumnElement[Any]]
    key: Callable[[Any], str] = lambda value: str(value)

    def is_known(self, value: str, vocabulary: Vocabulary) -> bool:
        return not value or value in self.choices(vocabulary) or self.isdecade_of(value)

    def isdecade_of(self, value: str) -> bool:
        return self.key is decade_of and value.isdecimal() and len(value) == 4 and value[-1] == "0"

    def condition(
        self, value: str, citing: ColumnElement[bool], vocabulary: Vocabulary
    ) -> ColumnElement[bool]:
        column = self.column(citing, vocabulary)
        if self.isdecade_of(value):
            return column.between(int(value), int(value) + 9)
        if self.key is decade_of:
            return column.is_(None)
        if self.key is _yes_or_no:
            return column if value == "yes" else ~column
        return column == value


def decade_of(year: int | None) -> str:
    """The decade of a year, as "2010"; without a year the word for undated items."""
    return UNDATED if year is None else str(year // 10 * 10)


def _yes_or_no(value: Any) -> str:
    return "yes" if value else "no"


def _link_state() -> ColumnElement[str]:
    """What has no link, or is not asked for, is under none of the words."""
    return case(
        (~is_asked(), ""),
        (EvidenceItem.link_checked_at.is_(None), UNCHECKED),
        else_=EvidenceItem.link_state,
    )


def _rated_on(vocabulary: Vocabulary) -> ColumnElement[str]:
    never = [k for k, kind in vocabulary.evidence_kinds.items() if kind.is_never_rated]
    return case(
        (EvidenceItem.kind.in_(never), INAPPLICABLE),
        (EvidenceItem.strength_scale == "", UNRATED),
        else_=EvidenceItem.strength_scale,
    )


FACETS: dict[str, Asked] = {
    "kind": Asked(
        lambda: _("Kind"),
        lambda known: known.evidence_kind_labels,
        lambda _c, _k: EvidenceItem.kind.expression,
    ),
    "question": Asked(
        lambda: _("Question"),
        lambda known: known.question_types,
        lambda _c, _k: EvidenceItem.question_type.expression,
    ),
    "status": Asked(
        lambda: _("Status"), lambda _k: STATUSES, lambda _c, _k: EvidenceItem.status.expression
    ),
    "scale": Asked(
        lambda: _("Rated on"),
        lambda known: (
            {slug: scale.label for slug, scale in known.strength_scales.items()}
            | {UNRATED: _("Not rated"), INAPPLICABLE: _("Not applicable")}
        ),
        lambda _c, known: _rated_on(known),
    ),
    "years": Asked(
        lambda: _("Years"),
        lambda _k: {UNDATED: _("Undated")},
        lambda _c, _k: EvidenceItem.year.expression,
        decade_of,
    ),
    "cited": Asked(
        lambda: _("Cited here"),
        lambda _k: {"yes": _("By a position"), "no": _("Not yet")},
        lambda citing, _k: citing,
        _yes_or_no,
    ),
    "link": Asked(
        lambda: _("Link"),
        lambda _k: {state or UNCHECKED: words for state, words in LINK_STATES.items()},
        lambda _c, _k: _link_state(),
    ),
}


def known(asked: Selection, vocabulary: Vocabulary) -> Selection:
    """What is asked for, without the choices that there are not."""
    wrong = {
        name: ""
        for name, facet in FACETS.items()
        if not facet.is_known(getattr(asked, name), vocabulary)
    }
    return replace(asked, **wrong)
