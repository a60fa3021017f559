"""Passwords: hashed with argon2id, judged by how hard they are to guess."""

import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from discussion.people.accounts.operations.judging import is_guessable
from discussion.people.accounts.words import MAX_PASSWORD, MOST_TYPED

SHORTEST_KNOWN = 4  # "org" or "Li" within a word says nothing
MOST_KNOWN = 80  # characters of a name or an address that are looked for


def normal_password(typed: str) -> str:
    """The form that is counted and hashed, so that keyboards do not matter (NIST 800-63B)."""
    return unicodedata.normalize("NFKC", typed)


def hash_password(password: str, *, fast: bool = False) -> str:
    """An argon2id hash; slow on purpose, so call it before a write transaction begins."""
    return _hasher(fast=fast).hash(normal_password(password))


def is_password(password: str, kept: str | None, *, fast: bool = False) -> bool:
    """Whether the password is the one kept; takes the same time when there is none."""
    typed = normal_password(password[:MOST_TYPED])
    is_possible = kept is not None and len(typed) <= MAX_PASSWORD
    against = kept if is_possible and kept else _decoy(fast=fast)
    try:
        _hasher(fast=fast).verify(against, typed[: MAX_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
    return is_possible


def is_outdated(kept: str, *, fast: bool = False) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher(fast=fast).check_needs_rehash(kept)


def is_easy_to_guess(password: str, about: tuple[str, ...]) -> bool:
    """Whether it is too easy for somebody who knows the person's name and address.

    Judged is what is left without them: two of such words in a row would look hard, and whatever
    makes the rest hard makes the whole so.
    """
    known = _known_words(about)
    rest = normal_password(password).lower()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return is_guessable(rest, known)


def _known_words(about: tuple[str, ...]) -> list[str]:
    whole = [normal_password(text[:MOST_KNOWN]).lower() for text in about if text]
    parts = [part for text in whole for part in re.split(r"[\W_]+", text)]
    joined = ["".join(text.split()) for text in whole]
    words = dict.fromkeys((*whole, *joined, *parts))
    return [word for word in words if len(word) >= SHORTEST_KNOWN]


@cache
def _hasher(*, fast: bool) -> PasswordHasher:
    if fast:  # only in tests: see Settings.fast_passwords
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP, 2024


@cache
def _decoy(*, fast: bool) -> str:
    return _hasher(fast=fast).hash("what is compared when nobody has the address")
