"""Signs that a text may point to a person or a place of theirs, found before it is published."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, get_args

from discussion.text import vocabulary
from discussion.text.characters import MOST_LOOKED_AT, fold, line
from discussion.text.numbers import spans_of_numbers
from discussion.text.signs import Signs

Kind = Literal[
    "email", "phone", "postcode", "handle", "number", "titled-name", "workplace", "place", "person"
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Notice:
    """Something that may identify somebody: its kind, and the words it was found in."""

    kind: Kind
    found: str


def identifying(text: str, signs: Signs) -> list[Notice]:
    """What a writer is asked to look at again, in the order of the text and each thing once.

    A gentle question, not a verdict: it misses much and is sometimes wrong, so a person decides.
    Organisations that everybody may name are left out. The time grows in line with the length of
    the text: the expressions have bounded repetitions, and the rest is one walk over the words.
    What goes past MOST_LOOKED_AT is not read.
    """
    return list(_identifying(line(_PARAGRAPHS.sub(_END, text))[:MOST_LOOKED_AT], signs))


@lru_cache(maxsize=1_000)  # the desk draws the same lines again and again
def _identifying(text: str, signs: Signs) -> tuple[Notice, ...]:
    lists = _lists_with(signs)
    finds = [find for finder in _FINDERS for find in finder(text, lists)]
    once: dict[tuple[Kind, str], Notice] = {}
    for find in sorted(finds):
        found = text[find.start : find.end].replace("*", "")
        once.setdefault((find.kind, fold(found)), Notice(find.kind, found))
    return tuple(once.values())


# No name goes on from one paragraph to the next.
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_END = " \u00b6 "


class _Find(NamedTuple):
    start: int
    end: int
    kind: Kind


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    follows: bool  # whether only a space, and marks of emphasis, part it from the word before


class _Lists:
    """The words of every sector, and those of one beside them."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.persons = vocabulary.PERSONS | signs.persons
        self.plurals = vocabulary.PLURALS | signs.plurals
        self.no_names = vocabulary.NO_NAMES | signs.no_names
        self.phrases = _by_first_word((*vocabulary.KNOWN, *signs.known))

    @cached_property
    def titles(self) -> frozenset[str]:
        """Words of the titles of reports and of services."""
        services = vocabulary.SERVICES | self.signs.services
        places = vocabulary.PLACES | self.signs.workplaces
        return places | services | self.signs.sorts_of_workplace

    @cached_property
    def untitled(self) -> frozenset[str]:
        """No name after a form of address: "Nurse Clinics are open"."""
        services = vocabulary.SERVICES | self.signs.services
        return vocabulary.PLACES | self.signs.workplaces | services | self.no_names

    @cached_property
    def untelling(self) -> frozenset[str]:
        """Before a sort of place, words that name none."""
        return vocabulary.SORTS_OF_PLACE | self.signs.sorts_of_workplace | vocabulary.SAINTS


_lists_with = lru_cache(maxsize=20)(_Lists)


# --- addresses and numbers: their form alone gives them away

_EMAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}")
_HANDLE = re.compile(r"(?<![\w@.+%'-])@\w{2,30}(?:\.[a-z0-9-]{1,63}){0,4}")
_PHONE = re.compile(r"(?<![\w.+/-])(?:\+44|0044|\(?0)(?:[ ()-]{0,3}[0-9]){8,12}(?![\w/])")
_POSTCODE = re.compile(
    r"(?<!\w)(?:([A-Z]{1,2})[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
    r"|([a-z]{1,2})[0-9][a-z0-9]? ?[0-9](?!st|nd|rd|th)[a-z]{2})(?!\w)"
)


def _find_email(text: str, _lists: _Lists) -> Iterator[_Find]:
    for match in _EMAIL.finditer(text):
        yield _Find(*match.span(), "email")


def _find_handle(text: str, _lists: _Lists) -> Iterator[_Find]:
    for match in _HANDLE.finditer(text):
        yield _Find(*match.span(), "handle")


def _find_phone(text: str, _lists: _Lists) -> Iterator[_Find]:
    for match in _PHONE.finditer(text):
        if _is_phone("".join(filter(str.isdecimal, match[0]))):
            yield _Find(*match.span(), "phone")


def _is_phone(digits: str) -> bool:
    national = re.sub("^(?:0044|44|0)0?", "", digits)
    # No area code begins with 010: "01-02-2023 10:30" is a date.
    if national[:1] not in set("12378") or national.startswith("10"):
        return False
    return len(national) == 10 or (len(national) == 9 and national[0] in "18")


def _find_postcode(text: str, _lists: _Lists) -> Iterator[_Find]:
    for match in _POSTCODE.finditer(text):
        if (match[1] or match[2]).lower() in vocabulary.POSTCODE_AREAS:
            yield _Find(*match.span(), "postcode")


def _find_number(text: str, lists: _Lists) -> Iterator[_Find]:
    spans = spans_of_numbers(text, lists.signs.numbered)
    yield from (_Find(*span, "number") for span in spans)


# --- names: words beside words

# A letter or digit, or a mark that other scripts than Latin write over, under or beside one.
_SIGN = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u109f])"
_WORD = re.compile(rf"[^\W_]{_SIGN}*(?:['\u2019-]{_SIGN}+)*")
_EMPHASIS = " *_"


def _find_names(text: str, lists: _Lists) -> Iterator[_Find]:
    words = _words(text)
    known = _known_places(words, lists)
    for find in _titled(words, lists), _places(words, lists), _persons(words, lists):
        yield from (each for each in find if known.isdisjoint(range(each.start, each.end)))


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        follows = bool(words) and _joins(text[end : match.start()], words[-1].text)
        words.append(_Word(match[0], *match.span(), follows))
        end = match.end()
    return words


def _joins(gap: str, before: str) -> bool:
    """Whether what stands between two words allows both to be in one name."""
    if _is_shortened(before):
        gap = gap.replace(".", " ", 1)
    return bool(gap) and not gap.replace("& ", "").strip(_EMPHASIS)


def _is_shortened(word: str) -> bool:
    return word.lower() in vocabulary.HONORIFICS or word == "St"


def _known_places(words: Sequence[_Word], lists: _Lists) -> set[int]:
    places: set[int] = set()
    for i, word in enumerate(words):
        for phrase in lists.phrases.get(_key(word.text), ()):
            there = words[i : i + len(phrase)]
            if [_key(each.text) for each in there] == phrase:
                places.update(range(there[0].start, there[-1].end))
    return places


def _by_first_word(phrases: Sequence[str]) -> dict[str, list[list[str]]]:
    table: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        keys = [_key(word) for word in _WORD.findall(phrase)]
        table.setdefault(keys[0], []).append(keys)
    return table


def _key(word: str) -> str:
    return fold(word).replace("\u2019", "'")


def _titled(words: Sequence[_Word], lists: _Lists) -> Iterator[_Find]:
    for i, word in enumerate(words):
        if not _is_title(word.text):
            continue
        end = _end_of_name(words, i + 1)
        if end > i + 1 and _key(words[i + 1].text) not in lists.untitled:
            yield _Find(word.start, words[end - 1].end, "titled-name")


def _is_title(word: str) -> bool:
    return word in vocabulary.FORMS_OF_ADDRESS or word.lower() in vocabulary.HONORIFICS


def _end_of_name(words: Sequence[_Word], start: int, longest: int = 4) -> int:
    """The index after a name that begins at `start`, or `start` if there is none."""
    end = start
    for i in range(start, min(start + longest, len(words))):
        if not words[i].follows:
            break
        if _is_name(words[i].text):
            end = i + 1
        elif words[i].text not in vocabulary.PARTICLES:
            break
    return end


def _is_name(word: str) -> bool:
    """Whether it begins with a capital, or with a letter of a script that has none."""
    return word[0].isalpha() and not word[0].islower()


def _persons(words: Sequence[_Word], lists: _Lists) -> Iterator[_Find]:
    """Somebody by what they are, and then by name: "the patient Hugh Castleton"."""
    for i, word in enumerate(words):
        if word.text in lists.persons or word.text in lists.plurals:
            end = _end_of_person(words, i, lists)
        elif word.text.lower() in lists.persons and word.text.istitle():
            end = _end_of_opening(words, i, lists)
        else:
            continue
        if end > i:
            yield _Find(word.start, words[end - 1].end, "person")


def _end_of_person(words: Sequence[_Word], i: int, lists: _Lists) -> int:
    is_named = (
        i + 1 < len(words) and words[i + 1].text in vocabulary.NAMING and words[i + 1].follows
    )
    # "patients Adam and Eve" is rare, "patients Access to records" is not.
    if words[i].text in lists.plurals and not is_named:
        return i
    start = i + 1 + is_named
    end = _end_of_name(words, start, longest=2)
    return end if end > start and _may_be_called(words[start].text, lists) else i


def _end_of_opening(words: Sequence[_Word], i: int, lists: _Lists) -> int:
    """At the head of a sentence, before exactly two names: elsewhere a capital makes a title."""
    end = _end_of_name(words, i + 1)
    is_pair = end == i + 3 and all(
        _may_be_called(one.text, lists)
        and one.text.istitle()
        and _key(one.text) not in lists.titles
        for one in words[i + 1 : end]
    )
    return end if is_pair and not words[i].follows else i


def _may_be_called(word: str, lists: _Lists) -> bool:
    is_shout = word.isupper() and len(word) > 1
    return not is_shout and fold(word) not in lists.no_names


def _places(words: Sequence[_Word], lists: _Lists) -> Iterator[_Find]:
    """Hospitals, homes, the sector's own: a name, and then what sort of place it is."""
    start = 0  # of the run of words that may make up a name
    for i, word in enumerate(words):
        is_within = _is_name(word.text) or word.text in vocabulary.WITHIN_NAMES
        if not word.follows or not is_within:
            start = i if is_within else i + 1
        kind = _sort_of_place(words, i, lists) if start < i and _is_name(word.text) else None
        if kind is not None:
            # "Clinic of Tomorrow" is no place, "Hospital Ward" goes on.
            if _goes_on(words, i, lists):
                continue
            begin = _begin_of_place(words, max(start, i - 8), i, lists)
            if begin < i:
                yield _Find(words[begin].start, word.end, kind)
            start = i + 1


def _sort_of_place(words: Sequence[_Word], i: int, lists: _Lists) -> Kind | None:
    key = _key(words[i].text)
    if key in lists.signs.workplaces:
        return "workplace"
    if key in vocabulary.PLACES:
        return "place"
    # "Home" and "Practice" are places only after some words: "Care Home", "Medical Practice".
    return "place" if _key(words[i - 1].text) in vocabulary.PLACES_AFTER.get(key, ()) else None


def _goes_on(words: Sequence[_Word], i: int, lists: _Lists) -> bool:
    if i + 1 == len(words) or not words[i + 1].follows:
        return False
    after = words[i + 1].text
    return after == "of" or (_is_name(after) and _sort_of_place(words, i + 1, lists) is not None)


def _begin_of_place(words: Sequence[_Word], start: int, end: int, lists: _Lists) -> int:
    """The index where the name of a place begins, or `end` if only sorts of place are named."""
    telling = [at for at in range(start, end) if _is_telling(words[at], lists)]
    if words[end - 1].text in vocabulary.WITHIN_NAMES or not telling:
        return end
    begin = telling[0]
    is_saint = begin > start and fold(words[begin - 1].text) in vocabulary.SAINTS
    return begin - 1 if is_saint else begin


def _is_telling(word: _Word, lists: _Lists) -> bool:
    return _is_name(word.text) and len(word.text) > 1 and _key(word.text) not in lists.untelling


_FINDERS: tuple[Callable[[str, _Lists], Iterator[_Find]], ...] = (
    _find_email,
    _find_handle,
    _find_phone,
    _find_postcode,
    _find_number,
    _find_names,
)
