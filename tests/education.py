"""Words that only education says: found in its vocabulary, and a list by hand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from discussion.language import Phrase
from discussion.vocabulary.education import EDUCATION

BY_HAND = r"""
    academ(?:y|ies) attainment childline classrooms? curricul(?:a|um|ums) dfe eef exclusions?
    governors? head\W?teachers? homework key\Wstages? lado lessons? nspcc nurser(?:y|ies) ofsted
    padlocks? parents? phases? primaries pupils? schools?
    schooling sen[d]?cos? sixth\Wforms? teachers? teaching trusts? trustees? tutor(?:s|ing)? upn
"""
# Labels of education that everybody says, in other senses too.
ORDINARY = frozenset(
    """
    adequacy charity community company east employer employers equality inspector international
    london national other policy practice primary researcher researchers scotland secondary special
    stewardship survey theory trial wales
    """.split()  # noqa: SIM905
)


@cache
def of_education() -> re.Pattern[str]:
    """What only education says, in any case. An underscore ends a word, as a space does."""
    labels = {str(one).strip(" .").lower() for one in _phrases(_labels())}
    said = {re.escape(label) for label in labels if label and label not in ORDINARY}
    words = sorted({*said, *BY_HAND.split()}, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])", re.IGNORECASE)


def found_in(text: str) -> list[str]:
    """The words of education in a text, each once, in lower case."""
    return sorted({found.group().lower() for found in of_education().finditer(text)})


def _labels() -> Iterator[Any]:
    known = EDUCATION
    yield from (known.roles, known.families, known.phases, known.levels)
    yield from (known.organisation_types, known.sentences)
    yield [one.whom for one in known.turns]
    yield [one.label for one in known.strength_scales.values()]
    yield [one.label for one in known.starting_values if one.family != "run"]


def _phrases(given: Any) -> Iterator[Phrase]:
    if isinstance(given, Phrase):
        yield given
    elif isinstance(given, dict):
        yield from _phrases(given.values())
    elif is_dataclass(given) and not isinstance(given, type):
        yield from _phrases(getattr(given, each.name) for each in fields(given))
    elif isinstance(given, Iterable) and not isinstance(given, str):
        for one in given:
            yield from _phrases(one)
