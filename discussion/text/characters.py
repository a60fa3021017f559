"""Characters put in order: one form for what looks the same, none that hide or reorder."""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

# Controls, the byte-order mark, characters that Unicode will never assign, and the marks that
# turn the direction of reading round. The last could make an address or a name read backwards,
# and spill over into the text of the next person; letters carry their direction without them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)

QUESTION_MARKS = ("?", "\u061f", "\uff1f")  # Latin, Arabic, Chinese

# More marks over one letter than any language writes. Putting marks in order takes a time that
# grows with the square of their number, so what is beyond these goes (as in Unicode's UAX 15).
MOST_MARKS = 30
_MAY_BE_MARKS = re.compile(f"[^\x00-\u02ff]{{{MOST_MARKS + 1},}}")

MOST_FOLDED = 20_000
MOST_LOOKED_AT = 10_000  # for links and names; every field in which they count takes fewer

# Latin letters that Unicode does not take apart, as they are usually spelt without the letter.
_SPELT = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "\u0131": "i",
    }
)


# Signs that are typed for an apostrophe or a hyphen, each as the plain one; a soft hyphen is none.
_ALIKE = str.maketrans(
    dict.fromkeys("`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u2032\uff07", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u00ad\u200b\u2060", "")
)


def normal(source: str) -> str:
    """The text in one form: LF for every line break, NFC, without unwanted characters."""
    text = _MAY_BE_MARKS.sub(_few_marks, visible(_BREAKS.sub("\n", source)))
    return unicodedata.normalize("NFC", _LONE_SURROGATES.sub("\ufffd", text))


def visible(text: str) -> str:
    """The text without control characters and marks of direction, otherwise untouched."""
    return _UNWANTED.sub("", text)


def _few_marks(found: re.Match[str]) -> str:
    kept, run = [], 0
    for character in found[0]:
        marks = _marks(character)
        run = run + marks if marks else 0
        if run <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _marks(character: str) -> int:
    """How many marks it is once it is taken apart; 0 if there is anything else in it."""
    apart = unicodedata.normalize("NFKD", character)
    return len(apart) if all(map(unicodedata.combining, apart)) else 0


def count(text: str) -> int:
    """How many characters a limit counts: code points of the normal form, a line break as one.

    Nothing is trimmed, so the number moves with every key. A counter in the browser agrees if it
    does the same in the same order:

        [...value.replace(/\\r\\n|[\\r\\v\\f\\x85\\u2028\\u2029]/g, "\\n")
                 .replace(UNWANTED, "").normalize("NFC")].length

    where UNWANTED is the character class of this module with the flag `g`. Spreading a string
    counts code points; `.length` of the string itself would count an emoji twice.
    """
    return len(normal(text))


def line(source: str) -> str:
    """One line for a one-line field: white space collapsed, and "" if nothing can be seen."""
    text = " ".join(normal(source).split())
    return text if any(unicodedata.category(character)[0] not in "CZ" for character in text) else ""


def paragraphs(source: str) -> str:
    """Several lines for a plain field: ends trimmed, at most one empty line between two."""
    rows = "\n".join(row.rstrip() for row in normal(source).split("\n"))
    return re.sub("\n{3,}", "\n\n", rows).strip()


def fold(text: str) -> str:
    """The text as search compares it: compatibility forms, accents and case taken away.

    Apostrophes and hyphens are the plain ones, whatever was typed for them; a soft hyphen is gone.
    A ligature is its letters, æ too.

    Both databases index this form, because their own foldings differ. Of what is longer than any
    field, the beginning: one character may come apart into eighteen.
    """
    # Folding the case can bring new compatibility forms and marks to light: hence twice.
    alike = normal(text)[:MOST_FOLDED].translate(_ALIKE)
    folded = _bare(_bare(alike).casefold()).casefold()
    return folded.translate(_ALIKE).translate(_SPELT)


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(filterfalse(unicodedata.combining, apart))


def is_question(text: str) -> bool:
    """Whether it ends with a question mark, in whatever script."""
    return text.rstrip().endswith(QUESTION_MARKS)


def slugify(text: str, *, longest: int = 60) -> str:
    """Lower-case ASCII words and hyphens, at most `longest` characters; "" if none is left."""
    words = fold(text).replace("'", "")
    slug = re.sub("[^a-z0-9]+", "-", words).strip("-")
    if len(slug) <= longest:
        return slug
    whole, hyphen, _ = slug[: longest + 1].rpartition("-")
    return whole if hyphen else slug[:longest]


def excerpt(text: str, length: int) -> str:
    """The beginning of plain text on one line, in at most `length` characters, cut at a word."""
    if length < 1:
        raise ValueError("an excerpt has at least one character")

    text = line(text)
    if len(text) <= length:
        return text

    at = text.rfind(" ", 0, length)
    # Scripts without spaces, and one very long word, are cut where they must be.
    if at < length // 2:
        at = _before_marks(text, length - 1)
    return text[:at].rstrip(" ,;:\u2013\u2014-(") + "…"


def _before_marks(text: str, at: int) -> int:
    while at > 0 and unicodedata.combining(text[at]):
        at -= 1
    return at
