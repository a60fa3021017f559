"""Sentences that say much the same: how alike two texts are by the characters they are made of.

A text is put in lower case, whatever is neither letter nor digit becomes one space, and one space
stands at each end. Its *n-grams* are all runs of 3, 4 and 5 characters. Each counts as often as it
occurs, times its weight over the N texts compared, df of which have it:

    ln((1 + N) / (1 + df)) + 1

so that what everybody in a thread says weighs least. The likeness of two texts is the cosine of
these counts: 0 with no n-gram in common, 1 for the same text.

Sources: Cavnar and Trenkle (1994), N-gram-based text categorization, SDAIR-94, for the n-grams;
Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, chapter 6, for weights
and cosine.

It is a hint, and no more: a single "not" changes a few n-grams of a hundred, so a claim and its
negation look like twins (`test_a_negation_looks_like_a_twin`). A person reads both.

Vectors: of "abc" to "abc" 1; of "abc" to "abd", which share the one run " ab" of six,
1 / (1 + 5 (ln(3/2) + 1)²) = 0.091940; of "abc" to "xyz" 0; of "" to anything 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

LENGTHS = (3, 4, 5)
ALIKE = 0.5  # from here on two claims are worth reading side by side
MOST = 3
MOST_CHARACTERS = 6_000  # so many different ones that a run of five still fits 64 bits


@dataclass(frozen=True)
class Twin:
    """The key of another text, and how alike it is (0 … 1)."""

    key: str
    likeness: float


def find_twins(
    text: str, others: Mapping[str, str], *, least: float = ALIKE, most: int = MOST
) -> tuple[Twin, ...]:
    """The most alike of the others, the most alike first, by key where two are equally so."""
    alike = likenesses(text, list(others.values()))
    found = [Twin(key, one) for key, one in zip(others, alike, strict=True) if one >= least]
    return tuple(sorted(found, key=lambda twin: (-twin.likeness, twin.key))[:most])


def likenesses(text: str, others: Sequence[str]) -> tuple[float, ...]:
    """How alike the text is to each of the others, to six decimals."""
    texts = [_plain(one) for one in (text, *others)]
    grams, owners = _grams(texts)
    if not len(grams):
        return (0.0,) * len(others)
    names, which = np.unique(grams, return_inverse=True)
    pairs, counts = np.unique(owners * len(names) + which, return_counts=True)
    owner, gram = np.divmod(pairs, len(names))
    df = np.bincount(gram, minlength=len(names))
    weights = counts * (np.log((1 + len(texts)) / (1 + df)) + 1)[gram]
    own = np.zeros(len(names))
    own[gram[owner == 0]] = weights[owner == 0]
    dots = np.bincount(owner, weights * own[gram], minlength=len(texts))
    norms = np.sqrt(np.bincount(owner, weights**2, minlength=len(texts)))
    scale = norms * norms[0]
    cosines = np.divide(dots, scale, out=np.zeros(len(texts)), where=scale > 0)
    return tuple(round(float(one), 6) for one in np.clip(cosines[1:], 0, 1))


def _plain(text: str) -> str:
    """Lower case, and one space for whatever is neither letter nor digit."""
    return " ".join("".join(one if one.isalnum() else " " for one in text.casefold()).split())


def _grams(texts: Sequence[str]) -> tuple[Any, Any]:
    """Every run of every text as a number, and the index of its text."""
    padded = [f" {one} " if one else "" for one in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le"), dtype="<u4")
    text_of = np.repeat(np.arange(len(padded)), [len(one) for one in padded])
    alphabet, letters = np.unique(codes, return_inverse=True)
    base = min(len(alphabet), MOST_CHARACTERS) + 1
    letters = letters % MOST_CHARACTERS + 1  # from 1, so that runs of different lengths differ
    grams, owners = [], []
    for length in LENGTHS:
        starts = len(codes) - length + 1
        if starts <= 0:
            continue
        number = np.zeros(starts, dtype=np.int64)
        for at in range(length):
            number = number * base + letters[at : at + starts]
        is_whole = text_of[:starts] == text_of[length - 1 :]
        grams.append(number[is_whole])
        owners.append(text_of[:starts][is_whole])
    if not grams:
        return np.array([]), np.array([])
    return np.concatenate(grams), np.concatenate(owners)
