"""In which language a text is: as its writer says, else by its letters and what is usual there.

A tag has at most a language, a script and a region, as in `cy`, `zh-Hant` or `en-GB`. A text in
letters that are not those of the usual language is said to be in these letters and no more:
`und-Arab` rather than a guess between Arabic, Urdu and Persian.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

USUAL = "en-GB"
LONGEST_LANGUAGE = 60  # of what may be typed
# Shown to choose from: the languages most spoken at home in Britain, and its own.
LISTED = (
    "en-GB", "cy", "gd", "ga", "pl", "ro", "pt", "es", "fr", "it", "de", "lt", "tr", "sq", "so",
    "uk", "ru", "bg", "el", "ar", "fa", "ku", "ps", "ur", "pa", "bn", "gu", "hi", "ta", "te", "ne",
    "yo", "ti", "am", "zh-Hans", "zh-Hant", "yue", "vi", "fil", "ja", "ko",
)  # fmt: skip
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
# How the names of a script's letters begin in Unicode → its code of ISO 15924.
_SCRIPTS = {
    "LATIN": "Latn", "GREEK": "Grek", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn", "HEBREW": "Hebr",
    "ARABIC": "Arab", "SYRIAC": "Syrc", "THAANA": "Thaa", "NKO": "Nkoo", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml",
    "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai",
    "LAO": "Laoo", "TIBETAN": "Tibt", "MYANMAR": "Mymr", "GEORGIAN": "Geor", "HANGUL": "Hang",
    "ETHIOPIC": "Ethi", "CHEROKEE": "Cher", "KHMER": "Khmr", "MONGOLIAN": "Mong", "CJK": "Hani",
    "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "BOPOMOFO": "Bopo", "YI": "Yiii", "TIFINAGH": "Tfng",
    "ADLAM": "Adlm", "VAI": "Vaii", "OL": "Olck", "MEETEI": "Mtei",
}  # fmt: skip
# What is written with several at once → all of them.
_MIXED = {
    "Hans": {"Hani"}, "Hant": {"Hani", "Bopo"}, "Jpan": {"Jpan", "Hani"}, "Kore": {"Kore", "Hani"},
}  # fmt: skip
_WORDS_IN_A_LETTER = 3  # such letters say a word in one or two, others in five or six
_LOOKED_AT = 4_000


class Spoken(str):
    """Words that know in which language they are, wherever they are quoted."""

    __slots__ = ("language", "usual")
    language: str
    usual: str  # where they stand

    def __new__(cls, said: str, language: str, usual: str = "") -> "Spoken":
        made = super().__new__(cls, said)
        made.language, made.usual = language, usual or language
        return made

    def __getnewargs__(self) -> tuple[str, str, str]:  # type: ignore[override]
        """So that a copy of them knows it too."""
        return str(self), self.language, self.usual


def language_of(said: str, typed: str = "", usual: tuple[str, ...] = (USUAL,)) -> str:
    """The tag of a text: what its writer chose, else the first usual language of its letters."""
    chosen = read_tag(typed)
    if chosen:
        return chosen
    script = script_of(said)
    if not script:
        return usual[0]
    fitting = (tag for tag in usual if script in _scripts_of(tag))
    return next(fitting, f"und-{script}")


def script_of(said: str) -> str:
    """The letters in which most of a text stands, by ISO 15924; "" if it has none."""
    if said.isascii():  # most texts, and each page has a hundred
        return "Latn" if any(map(str.isalpha, said)) else ""
    counts: Counter[str] = Counter()
    for sign in said[:_LOOKED_AT]:
        if script := _script(sign):
            counts[script] += _WORDS_IN_A_LETTER if script in ("Hani", "Jpan", "Hang") else 1
    if counts["Hani"] and counts["Jpan"]:
        counts["Jpan"] += counts.pop("Hani")
    if counts["Hang"]:
        counts["Kore"] = counts.pop("Hang") + counts.pop("Hani", 0)
    return max(counts, key=lambda script: counts[script]) if counts else ""


def read_tag(typed: str) -> str | None:
    """The tag meant by a tag or by the English or own name of a language; None if there is none."""
    said = " ".join(typed.split())
    if not said:
        return ""
    found = _TAG.fullmatch(said)
    tag = _checked(*found.groups()) if found else None
    return tag or _names().get(said.casefold())


def name_of(tag: str) -> str:
    """A language's name, with its script and region if need be: "Welsh", "Urdu (Latin script)"."""
    language, *rest = tag.split("-")
    english = _english()
    if tag in _named():
        return _named()[tag]
    parts = [
        f"{english.scripts[part]} script" if len(part) == 4 else english.territories[part]
        for part in rest
        if part in english.scripts or part in english.territories
    ]
    name = str(english.languages.get(language, language))
    return f"{name} ({', '.join(parts)})" if parts else name


def typed_for(tag: str, said: str, usual: tuple[str, ...]) -> str:
    """What the field holds when a text is opened again: nothing where it would be found so."""
    if tag == language_of(said, "", usual):
        return ""
    name = name_of(tag)
    return name if read_tag(name) == tag else tag


@lru_cache(maxsize=1)
def listed() -> tuple[str, ...]:
    """The names that are offered, in the order of the alphabet."""
    return tuple(sorted(name_of(tag) for tag in LISTED))


def _checked(language: str, script: str | None, region: str | None) -> str | None:
    english = _english()
    parts = (language.lower(), (script or "").title(), (region or "").upper())
    known = (
        parts[0] in english.languages or parts[0] in get_global("likely_subtags"),
        not parts[1] or parts[1] in english.scripts,
        not parts[2] or parts[2] in english.territories,
    )
    return "-".join(part for part in parts if part) if all(known) else None


@lru_cache(maxsize=8_192)
def _script(sign: str) -> str:
    if not sign.isalpha():
        return ""
    return _SCRIPTS.get(unicodedata.name(sign, "").partition(" ")[0].partition("-")[0], "")


@lru_cache(maxsize=256)
def _scripts_of(tag: str) -> frozenset[str]:
    """The letters in which a language is usually written."""
    language, *rest = tag.split("-")
    said = next((part for part in rest if len(part) == 4), "")
    likely = get_global("likely_subtags")
    full = likely.get("_".join((language, *rest))) or likely.get(language) or ""
    script = said or next((part for part in full.split("_") if len(part) == 4), "Latn")
    return frozenset(_MIXED.get(script, {script}))


@lru_cache(maxsize=1)
def _english() -> Locale:
    return Locale("en", "GB")


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    """Every tag that has a name of its own in English, without what is no language."""
    names = _english().languages
    tags = {code.replace("_", "-"): str(name) for code, name in names.items()}
    return {tag: name for tag, name in tags.items() if tag not in ("und", "mul", "zxx", "root")}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """A language's name in English or in itself → its tag."""
    names = {name.casefold(): tag for tag, name in _named().items()}
    for tag in LISTED:
        try:
            own = Locale.parse(tag, sep="-").get_display_name()
        except UnknownLocaleError:
            continue
        names.setdefault(str(own).partition("(")[0].strip().casefold(), tag)
    return {**names, "bengali": "bn", "cantonese": "yue"}
