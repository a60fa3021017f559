"""The year of a reference, the day on which it was read, and its language."""

import re
from datetime import date

from discussion import clock
from discussion.evidence.citations.labels import LABELS
from discussion.evidence.citations.shapes import Line
from discussion.evidence.citations.work import Work
from discussion.evidence.words import EARLIEST_YEAR
from discussion.language import _

_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_LANGUAGES = {
    "english": "en-GB", "british": "en-GB", "ukenglish": "en-GB", "eng": "en-GB", "en": "en-GB",
    "american": "en-US", "usenglish": "en-US", "german": "de", "ngerman": "de", "ger": "de",
    "deu": "de", "deutsch": "de", "french": "fr", "français": "fr", "francais": "fr", "fre": "fr",
    "fra": "fr", "spanish": "es", "español": "es", "spa": "es", "welsh": "cy", "cymraeg": "cy",
    "wel": "cy", "cym": "cy", "italian": "it", "ita": "it", "portuguese": "pt", "por": "pt",
    "dutch": "nl", "dut": "nl", "nld": "nl", "polish": "pl", "pol": "pl", "swedish": "sv",
    "swe": "sv", "norwegian": "no", "nor": "no", "danish": "da", "dan": "da", "finnish": "fi",
    "fin": "fi", "chinese": "zh", "chi": "zh", "zho": "zh", "japanese": "ja", "jpn": "ja",
    "arabic": "ar", "ara": "ar", "russian": "ru", "rus": "ru", "turkish": "tr", "tur": "tr",
    "irish": "ga", "gle": "ga", "greek": "el", "gre": "el", "ell": "el", "korean": "ko",
    "kor": "ko", "urdu": "ur", "urd": "ur", "hindi": "hi", "hin": "hi",
}  # fmt: skip


def year_of(work: Work) -> int | None:
    """The year; what is said beside it, or instead of it, is told: "in press", "circa 1999"."""
    values = [_spaced(value) for value in work.all("date")]
    months = work.all("month")
    dated = next((value for value in values if _years(value)), "")
    years = _years(dated)
    for value in values:
        if re.search(_UNSETTLED, value):
            work.extras.append(value)
    if not years:
        for value in [*values, *months]:
            work.note(_("“%(date)s” is no year that we could take.", date=value[:100]))
        return None
    work.found.left.extend(Line(LABELS["month"], month) for month in months)
    others = [value for value in values if value != dated and set(_years(value)) - {years[0]}]
    if len(set(years)) > 1:
        work.note(_("“%(date)s” names several years; the first was taken.", date=dated[:100]))
    elif re.search(r"(?i)\b(c|ca|circa|about|um)\b|\?|~", dated):
        work.note(_("“%(date)s” says that the year is not certain.", date=dated[:100]))
    if others:
        work.note(_("Other dates stand there too: %(dates)s.",
                    dates=", ".join(other[:40] for other in others)))  # fmt: skip
    return years[0]


_UNSETTLED = re.compile(r"(?i)press|forthcoming|accepted|submitted|preprint|in preparation|draft")


def _years(value: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(value) if int(year) >= EARLIEST_YEAR]


def _spaced(value: str) -> str:
    """ "20210501" is a day."""
    return re.sub(r"^([12]\d{3})([01]\d)([0-3]\d)?$", r"\1-\2", value)


def accessed_on(work: Work) -> date | None:
    said = work.one("accessed")
    if not said:
        return None
    parts = re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", said)
    try:
        day = date(int(parts[1]), int(parts[2]), int(parts[3])) if parts else None
    except ValueError:
        day = None
    if day is None or day > clock.day(clock.now()):
        work.found.left.append(Line(_("Read on"), said))
        return None
    return day


def language_of(work: Work) -> str:
    said = work.one("language")
    if re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", said) and said != "en":
        return said
    known = _LANGUAGES.get(said.casefold(), "")
    if said and not known:
        work.found.left.append(Line(_("Language"), said))
    return known or "en-GB"
