"""Words as they reach people through other people's programs, in plain characters."""

import html
import re

from discussion import text

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    r"</?(?:i|b|u|s|em|strong|sub|sup|scp|sc|tt|inf|span|font|small|big|bold|italic|a|code|q|cite"
    r"|(?:jats|mml):[a-z-]{1,30})(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|jats:p|jats:title|jats:sec)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
# A syllable's end, and what has no width: they hinder searching and are seen by nobody.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Two or three letters that were one, written as UTF-8 and read as Windows' letters: "Ã©", "â€™".
_WINDOWS = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
GARBLED = re.compile(f"[\u00c2-\u00df][{_WINDOWS}]|[\u00e0-\u00ef][{_WINDOWS}]{{2}}")


def clean(value: str) -> str:
    """One line, without HTML, entities, soft hyphens and spaces that do not break."""
    return tidy_line(untagged(value))


def tidy_line(value: str) -> str:
    """One line, without what nobody sees; HTML and entities stay as they are."""
    return text.line(_UNSEEN.sub("", value))


def untagged(value: str) -> str:
    """Without tags and with entities as characters, also where tags were written as entities."""
    once = _without_tags(ungarbled(value))
    for _time in range(2):  # "&amp;amp;" passed through two programs
        once = _ENTITY.sub(lambda found: html.unescape(found[0]), once)
    return _without_tags(once)


def is_changed(value: str) -> bool:
    """Whether a reader would take some of these words for HTML, or for garbled letters."""
    return untagged(value) != value


def ungarbled(value: str) -> str:
    """What was UTF-8 and was read as Windows' letters, put right; otherwise as it was."""
    return GARBLED.sub(lambda found: _put_right(found[0]), value)


def _put_right(letters: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return letters.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return letters


def _without_tags(value: str) -> str:
    return _TAG.sub("", _BREAK.sub(" ", value))
