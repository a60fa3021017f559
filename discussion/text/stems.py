"""Texts as search compares them: folded, cut into words, and each word as its stem.

What is written into the index and what is looked for go the same way, so that both databases find
the same: every token is a to z and digits, begins with a letter, and is a word to SQLite's
`unicode61` and to PostgreSQL's `simple` alike. A word that begins with a digit, or is of another
script, is spelt in such letters after a mark that no word begins with.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Any

from discussion.later import later
from discussion.text.characters import fold

LONGEST_WORD = 40
# Marks before a token: what it is in the index. No word of any language begins so.
IN_TITLE, OFTEN, WHOLE, _SPELT, _NUMBER = "q1", "q2", "q3", "q8", "q9"
BETWEEN = "q0"  # stands between two texts, so that no phrase reaches from one into the next
# The language of a tag, as snowball calls it; of every other a word is its own stem.
_STEMMED = {
    "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish",
    "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
_ELIDES = frozenset({"ca", "fr", "ga", "it"})  # l'école is two words
# Scripts that part no words: each character stands for itself, and a word typed is a phrase.
_UNPARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Scripts whose words hold signs that are no letters to Python.
_LETTER = f"(?:(?![{_UNPARTED}])(?:[^\\W_]|[\u0900-\u0dff]))"
_WORD = re.compile(f"[{_UNPARTED}]|{_LETTER}+(?:['-]{_LETTER}+)*")
_ONE_AT_A_TIME = Lock()
_PLAIN = re.compile("[a-z][a-z0-9]*")


def language_of_stems(tag: str) -> str:
    """The part of a language's tag by which words are stemmed: en of en-GB."""
    return tag.partition("-")[0].lower()


def words_in(text: str) -> Iterator[str]:
    """The words of a text, folded; those with hyphens and apostrophes whole."""
    for found in _WORD.finditer(fold(text)):
        yield found.group()


def is_unparted(word: str) -> bool:
    """Whether it is one character of a script that parts no words."""
    return re.fullmatch(f"[{_UNPARTED}]", word) is not None


@lru_cache(maxsize=50_000)
def tokens_of(word: str, language: str) -> tuple[str, ...]:
    """A folded word as the tokens that stand one after another for it; `language` is of stems."""
    return tuple(stem_of(part, language) for part in _parts(word, language))


@lru_cache(maxsize=20_000)
def joined_of(word: str, language: str) -> str:
    """Of a word with a hyphen, its stem when it is written as one word; else empty."""
    if "-" not in word:
        return ""
    return stem_of("".join(_parts(word, language)), language)


def whole_of(word: str) -> str:
    """The token by which a word is found while it is typed, whatever its stem."""
    return WHOLE + spelt(re.sub("['-]", "", word)[:LONGEST_WORD])


def stem_of(part: str, language: str) -> str:
    stemmer = _stemmer(language)
    if stemmer is None:
        return spelt(part[:LONGEST_WORD])
    with _ONE_AT_A_TIME:  # a stemmer keeps the word that it works on
        return spelt(stemmer.stemWord(part)[:LONGEST_WORD])


def spelt(word: str) -> str:
    """A word in the letters of tokens; the beginning of a word is the beginning of its spelling."""
    if _PLAIN.fullmatch(word):
        return word
    if word.isascii() and word.isalnum():
        return _NUMBER + word
    return _SPELT + "".join(_letters(one) for one in word)


def _letters(character: str) -> str:
    number, found = ord(character), ""
    for _each in range(4):
        number, rest = divmod(number, 36)
        found = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + found
    return found


def _parts(word: str, language: str) -> list[str]:
    """Parted at hyphens; a possessive is gone, another apostrophe parts or joins by language."""
    parts = []
    for piece in word.split("-"):
        bare = re.sub("'s?$", "", piece) if language == "en" else piece
        parts += bare.split("'") if language in _ELIDES else [bare.replace("'", "")]
    return [part for part in parts if part]


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Any:
    name = _STEMMED.get(language)
    if name is None:
        return None
    module: Any = later(f"snowballstemmer.{name}_stemmer")
    return getattr(module, f"{name.title()}Stemmer")()
