"""Names that cannot be seen, and names that are spelt to look like another's.

Both are told by the shape of the name alone. No list of members is asked, so that nobody learns
from a refusal, or from how long it took, whose name is taken; and a namesake in plain letters is
no disguise. What letters look like follows Unicode's list of confusables.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from discussion.text.characters import normal

LONGEST = 200  # characters that are looked at; what is longer is refused by every form
MOST_MARKS = 3  # over one letter

# Characters that show nothing, though some count as letters; of the category "format" all do so.
_BLANK = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\ufff9-\ufffc"
    "\U0001d159\U0001d173-\U0001d17a\U000e0100-\U000e01ef]"
)
# Pictures, with what joins and colours them: somebody at work, a flag, a key.
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?"
)
_PICTURES = re.compile(
    "\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f|[0-9#*]\ufe0f?\u20e3"
    f"|{_PICTURE}(?:\u200d{_PICTURE}){{0,6}}"
)
# Letters dressed as pictures: Ⓜ, 🄼, 🅼, 🇲.
_DRESSED = re.compile("[\u249c-\u24e9\U0001f110-\U0001f189]|(?:[\U0001f1e6-\U0001f1ff]{2}){3,}")
# Arabic, Indic and Khmer letters, between which a joiner changes what is seen.
_JOINED = "[\u0620-\u06ff\u0750-\u077f\u0900-\u0dff\u1780-\u17b3]"
_JOINER = re.compile(f"(?<={_JOINED})[\u200c\u200d](?={_JOINED})")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2,}")

# Signs of their own that only happen to have a plain form.
_PLAIN_ENOUGH = frozenset("ªº™№ıĿŀĲĳ\u0e33\u0eb3")
# Scripts that are written together.
_TOGETHER = (
    {"LATIN", "HAN", "HIRAGANA", "KATAKANA"},
    {"LATIN", "HAN", "BOPOMOFO"},
    {"LATIN", "HAN", "HANGUL"},
)
# Letters of these alphabets that nobody writes Russian, Ukrainian or Greek with.
_RARE = frozenset("ѕјһӏԁԛԝѡѵҽүϳϲϝ")


def is_unseen(name: str) -> bool:
    """Whether there is no letter or digit in it that a reader would see."""
    shown = _BLANK.sub("", normal(name)[:LONGEST])
    return not any(unicodedata.category(character)[0] in "LN" for character in shown)


def is_disguised(name: str) -> bool:
    """Whether it hides something, or spells with letters that pass for others."""
    name = normal(name)[:LONGEST]
    if _DRESSED.search(name):
        return True
    name = _JOINER.sub("", _PICTURES.sub(" ", name))
    if _BLANK.search(name) or any(_hides(character) for character in name):
        return True
    if any(len(found) > MOST_MARKS for found in _MARKS.findall(unicodedata.normalize("NFD", name))):
        return True
    return any(map(_is_odd, name)) or _mixes(name)


def skeleton(name: str) -> str:
    """What a reader takes a name for: its letters and digits, each as the plain one it is like."""
    apart = unicodedata.normalize("NFKD", _BLANK.sub("", normal(name)[:LONGEST]).casefold())
    plain = "".join(_flag(one) or _look(one) or one for one in apart)
    return "".join(filter(str.isalnum, plain.casefold().translate(_TAKEN_FOR)))


_TAKEN_FOR = str.maketrans("013456789i@$|!", "oleasgtbgla" + "sll")


def _flag(character: str) -> str:
    """The letter of a regional indicator."""
    at = ord(character) - 0x1F1E6
    return chr(ord("a") + at) if 0 <= at < 26 else ""


def _hides(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Co", "Cn", "Cc")


def _is_odd(character: str) -> bool:
    """A letter in another dress, or a rare one of Latin that looks like a plain one."""
    if character.isascii() or character in _PLAIN_ENOUGH:
        return False
    if unicodedata.category(character)[0] not in "LNS":
        return False
    script = _script(character)
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and script not in ("HANGUL", "KATAKANA"):
        return any(map(str.isalpha, plain)) or unicodedata.category(character) == "Nl"
    return script == "LATIN" and bool(_look(character))


def _mixes(name: str) -> bool:
    """Whether one word has letters of two scripts, or looks Latin without being so."""
    words = [word for word in _words(name) if word]
    scripts = [frozenset(map(_script, word)) - {"COMMON", "INHERITED", "UNKNOWN"} for word in words]
    if any(len(found) > 1 and not any(found <= ok for ok in _TOGETHER) for found in scripts):
        return True
    posing = [
        word
        for word, found in zip(words, scripts, strict=True)
        if found and not found & _ASIAN and all(map(_look, word))
    ]
    if not posing:
        return False
    # "Сара" is a name, and so is "Сара Иванова": but not "Сара" beside a word in Latin letters.
    is_all = len(posing) == sum(map(bool, scripts)) > 1
    has_rare = any(character in _RARE for word in posing for character in word.casefold())
    return is_all or has_rare or any("LATIN" in found for found in scripts)


_ASIAN = {"LATIN", "HAN", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"}


def _words(name: str) -> Iterator[str]:
    return ("".join(filter(str.isalpha, word)) for word in re.split(r"[\W\d_]+", name))


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    from confusable_homoglyphs import categories

    return str(categories.alias(character) or "UNKNOWN").upper()


@lru_cache(maxsize=4096)
def _look(character: str) -> str:
    """The plain Latin letter that a letter looks like; empty for plain ones and all others."""
    from confusable_homoglyphs import confusables

    if character.isascii() or character in _PLAIN_ENOUGH:
        return ""
    looks = (found["c"] for found in confusables.confusables_data.get(character, ()))
    return next((one for one in looks if len(one) == 1 and one.isascii() and one.isalpha()), "")
