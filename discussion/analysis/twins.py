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

For drafting, many texts are grouped by it at once: groups are joined, the most alike first, while
the mean likeness of a text of the one to a text of the other is at least GROUPED (average linkage,
Sokal and Michener 1958, A statistical method for evaluating systematic relationships). So a group
is alike on the whole, and no chain of neighbours makes one of texts that have nothing in common.

Vectors: of "abc" to "abc" 1; of "abc" to "abd", which share the one run " ab" of six,
1 / (1 + 5 (ln(3/2) + 1)²) = 0.091940; of "abc" to "xyz" 0; of "" to anything 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from discussion.analysis.arrays import np

LENGTHS = (3, 4, 5)
ALIKE = 0.5  # from here on two claims are worth reading side by side
GROUPED = 1 / 3  # from here on, on the whole, claims are worth reading as a group
MOST = 3
MOST_CHARACTERS = 6_000  # so many different ones that a run of five still fits 64 bits


@dataclass(frozen=True)
class Twin:
    """The key of another text, and how alike it is (0 … 1)."""

    key: str
    likeness: float


@dataclass(frozen=True)
class Alike:
    """Texts that say much the same: keys in the order given, and the most like the others first."""

    keys: tuple[str, ...]
    nearest: tuple[str, ...]


def group_alike(
    texts: Mapping[str, str], apart: Mapping[str, Hashable], *, least: float = GROUPED
) -> tuple[Alike, ...]:
    """Groups of two texts or more, the largest first, and then in the order given.

    Texts of which `apart` says different things are never grouped, however alike they look. Takes
    time in the square of the number of texts. Raises KeyError where `apart` lacks a key.
    """
    keys = list(texts)
    alike = _all_likenesses(list(texts.values()))
    order: dict[Hashable, int] = {}
    sides = np.array([order.setdefault(apart[key], len(order)) for key in keys])
    alike[sides[:, None] != sides[None, :]] = -np.inf  # and so is any mean of it
    groups = [group for group in _join(alike.copy(), least) if len(group) > 1]
    found = []
    for group in sorted(groups, key=lambda one: (-len(one), one)):
        named = [keys[at] for at in group]
        near: Any = alike[np.ix_(group, group)].sum(axis=1).round(6)
        nearest = sorted(range(len(group)), key=lambda at: -float(near[at]))
        found.append(Alike(tuple(named), tuple(named[at] for at in nearest)))
    return tuple(found)


def find_twins(
    text: str, others: Mapping[str, str], *, least: float = ALIKE, most: int = MOST
) -> tuple[Twin, ...]:
    """The most alike of the others, the most alike first, by key where two are equally so."""
    alike = likenesses(text, list(others.values()))
    found = [Twin(key, one) for key, one in zip(others, alike, strict=True) if one >= least]
    return tuple(sorted(found, key=lambda twin: (-twin.likeness, twin.key))[:most])


def likenesses(text: str, others: Sequence[str]) -> tuple[float, ...]:
    """How alike the text is to each of the others, to six decimals."""
    weighed = _weigh((text, *others))
    return tuple(round(float(one), 6) for one in weighed.cosines_of(0)[1:])


@dataclass(frozen=True)
class _Weighed:
    """The n-grams of some texts, one entry for each text and gram."""

    texts: int
    grams: int  # different ones
    owner: Any  # index of the text
    gram: Any
    weights: Any
    norms: Any  # by text

    def shared(self) -> _Weighed:
        """Without what stands in one text alone: no two are alike by that."""
        kept = np.bincount(self.gram, minlength=self.grams)[self.gram] > 1
        return replace(
            self, owner=self.owner[kept], gram=self.gram[kept], weights=self.weights[kept]
        )

    def cosines_of(self, at: int) -> Any:
        """How alike one of the texts is to each of them."""
        own = np.zeros(self.grams)
        own[self.gram[self.owner == at]] = self.weights[self.owner == at]
        dots = np.bincount(self.owner, self.weights * own[self.gram], minlength=self.texts)
        scale = self.norms * self.norms[at]
        cosines = np.divide(dots, scale, out=np.zeros(self.texts), where=scale > 0)
        return np.clip(cosines, 0, 1)


def _weigh(said: Sequence[str]) -> _Weighed:
    texts = [_plain(one) for one in said]
    grams, owners = _grams(texts)
    names, which = np.unique(grams, return_inverse=True)
    pairs, counts = np.unique(owners * max(len(names), 1) + which, return_counts=True)
    owner, gram = np.divmod(pairs.astype(np.int64), max(len(names), 1))
    df = np.bincount(gram, minlength=len(names))
    weights = counts * (np.log((1 + len(texts)) / (1 + df)) + 1)[gram]
    norms = np.sqrt(np.bincount(owner, weights**2, minlength=len(texts)))
    return _Weighed(len(texts), len(names), owner, gram, weights, norms)


def _all_likenesses(said: Sequence[str]) -> Any:
    """Each text's likeness to each; nothing to itself, so that groups are of others."""
    weighed = _weigh(said).shared()
    found = np.array([weighed.cosines_of(at) for at in range(len(said))])
    found = found.reshape(len(said), len(said)).round(6)
    np.fill_diagonal(found, 0)
    return found


def _join(alike: Any, least: float) -> list[list[int]]:
    """Groups of indices, each in order, joined while two are at least this alike in the mean."""
    groups: dict[int, list[int]] = {at: [at] for at in range(len(alike))}
    np.fill_diagonal(alike, -np.inf)
    while len(groups) > 1:
        first, second = sorted(int(one) for one in divmod(int(np.argmax(alike)), len(alike)))
        if alike[first, second] < least:
            break
        mine, theirs = len(groups[first]), len(groups[second])
        mean = (mine * alike[first] + theirs * alike[second]) / (mine + theirs)
        mean[first] = -np.inf
        alike[first], alike[:, first] = mean, mean
        alike[second], alike[:, second] = -np.inf, -np.inf
        groups[first] = sorted(groups[first] + groups.pop(second))
    return list(groups.values())


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
