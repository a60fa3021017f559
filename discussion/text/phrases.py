"""Phrases in what people wrote: found however they are typed, and taken out.

Compared are the letters as search compares them (case, accents and compatibility forms away), with
white space and hyphens as one space, and without characters that nobody sees. In Markdown the marks
between the letters are looked through as well: emphasis, escapes, entities, the brackets and the
address of a link. Only whole phrases count: "Ann" is not in "Annex".
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from discussion.text.characters import fold
from discussion.text.rendering import plain

# What stands between letters in Markdown and is not read.
_MARKS = re.compile(
    r"""(?P<after>\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\)  # a link's address
        |\]\[[^\]\n]*\]|\]|\[\^[^\]\s]+\])
      |(?P<before>!?\[)
      |(?P<emphasis>\*+|_+|~+|`+)
      |(?P<escape>\\(?=\W))""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What parts words: also the signs that stand for a space in addresses, and the edge of a quotation.
_SPACE = re.compile(r"(?:\s|[-_+]|%20)+")
_EDGE = re.compile(r"\s*\n[ \t]*(?:>[ \t]*)+")
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
_ALIKE = str.maketrans("\u2018\u2019\u02bc\u00b4\u2010\u2011\u2012\u2013\u2014\u2212", "''''------")


@dataclass(frozen=True)
class Span:
    """From where to where a phrase stands in the source."""

    start: int
    end: int


@dataclass(frozen=True)
class _Reading:
    """The letters of a source as they are compared, each with the span that it was read from."""

    letters: str
    spans: Sequence[tuple[int, int]]


def find_phrases(
    source: str, phrases: Iterable[str], *, is_markdown: bool, spare: Collection[str] = ()
) -> list[Span]:
    """Where any of the phrases stands, in order and without overlaps; nowhere inside of `spare`."""
    given = tuple(phrases)
    found = _find(_read(source, is_markdown=is_markdown), given, is_markdown=is_markdown)
    if is_markdown:  # an address is looked through above, but may hold the phrase itself
        found += _find(_read(source, is_markdown=False), given, is_markdown=False)
    kept = _spared(source, spare)
    return _merged(one for one in found if not any(_overlap(one, other) for other in kept))


def take_out(
    source: str, phrases: Iterable[str], gap: str, *, is_markdown: bool, spare: Collection[str] = ()
) -> tuple[str, int]:
    """The source with `gap` in place of each phrase, and how many places those were.

    In Markdown the gap's brackets are escaped, the marks around what went stay balanced, and what
    is read at the end is looked at once more: should a phrase still stand there, put together by
    marks in some other way, the words are kept without any marks.
    """
    given = tuple(phrases)
    spans = find_phrases(source, given, is_markdown=is_markdown, spare=spare)
    if not spans:
        return source, 0
    written = escaped(gap) if is_markdown else gap
    keeps = _kept_marks if is_markdown else _nothing
    taken = source
    for span in reversed(spans):
        before, after = keeps(source, span)
        taken = f"{taken[: span.start]}{before}{written}{after}{taken[span.end :]}"
    if not is_markdown:
        return taken, len(spans)
    all_spare = (*spare, gap, written)
    if find_phrases(taken, given, is_markdown=True, spare=all_spare):
        taken, _more = take_out(taken, given, gap, is_markdown=False, spare=all_spare)
    words = plain(taken)
    if find_phrases(words, given, is_markdown=False, spare=all_spare):
        taken = take_out(words, given, written, is_markdown=False, spare=all_spare)[0]
    return taken, len(spans)


def escaped(gap: str) -> str:
    """A gap as Markdown: its brackets never make a link."""
    return gap.replace("[", "\\[").replace("]", "\\]")


def has_letters(phrase: str, least: int = 2) -> bool:
    """Whether there is enough in a phrase to look for."""
    return sum(letter.isalnum() for letter in _read(phrase, is_markdown=True).letters) >= least


def _find(reading: _Reading, phrases: Iterable[str], *, is_markdown: bool) -> list[Span]:
    found = []
    for phrase in phrases:
        sought = _read(phrase, is_markdown=is_markdown).letters.strip()
        at = reading.letters.find(sought) if sought else -1
        while at >= 0:
            end = at + len(sought)
            if _is_whole(reading.letters, at, end):
                found.append(Span(reading.spans[at][0], reading.spans[end - 1][1]))
            at = reading.letters.find(sought, at + 1)
    return found


def _is_whole(letters: str, start: int, end: int) -> bool:
    around = ((letters[start - 1 : start], letters[start]), (letters[end - 1], letters[end:][:1]))
    return not any(one.isalnum() and other.isalnum() for one, other in around)


def _read(source: str, *, is_markdown: bool) -> _Reading:
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(source):
        read, end = _next(source, at, is_markdown=is_markdown)
        if not read and spans and _is_unseen(source[at]):
            spans[-1] = (spans[-1][0], end)  # an accent of its own goes with its letter
        if not (read == " " and letters[-1:] == [" "]):
            letters.extend(read)
            spans.extend((at, end) for _letter in read)
        at = end
    return _Reading("".join(letters), spans)


def _next(source: str, at: int, *, is_markdown: bool) -> tuple[str, int]:
    """What is compared of the next piece of the source, and where that piece ends."""
    if is_markdown:
        if mark := _MARKS.match(source, at):
            return "", mark.end()
        if edge := _EDGE.match(source, at):
            return " ", edge.end()
        if entity := _ENTITY.match(source, at):
            return "".join(map(_letter, unescape(entity[0]))), entity.end()
    if space := _SPACE.match(source, at):
        return " ", space.end()
    return _letter(source[at]), at + 1


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if _is_unseen(character):
        return ""
    return fold(character.translate(_ALIKE)).replace("-", " ")


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def _kept_marks(source: str, span: Span) -> tuple[str, str]:
    """The marks within what goes: those that open stand before the gap, the others after it."""
    before, after = "", ""
    at = span.start
    while at < span.end:
        mark = _MARKS.match(source, at)
        if mark is None:
            at += 1
            continue
        if mark["before"] or (mark["emphasis"] and _opens(source, mark)):
            before += mark[0]
        elif mark["after"] or (mark["emphasis"] and not _is_in_a_word(source, mark)):
            after += mark[0]
        at = mark.end()
    return before, after


def _opens(source: str, mark: re.Match[str]) -> bool:
    return source[mark.start() - 1 : mark.start()].isspace()


def _is_in_a_word(source: str, mark: re.Match[str]) -> bool:
    around = source[mark.start() - 1 : mark.start()], source[mark.end() : mark.end() + 1]
    return all(each.isalnum() for each in around)


def _nothing(_source: str, _span: Span) -> tuple[str, str]:
    return "", ""


def _spared(source: str, spare: Collection[str]) -> list[Span]:
    return [
        Span(match.start(), match.end())
        for each in spare
        if each
        for match in re.finditer(re.escape(each), source)
    ]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if merged and _overlap(merged[-1], span):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
