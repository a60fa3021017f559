"""The year of a reference, the day on which it was read, and its language."""

import re
from datetime import date

from discussion import clock
from discussion.debate.evidence.citations.labels import LABELS
from discussion.debate.evidence.citations.shapes import Line
from discussion.debate.evidence.citations.work import Work
from discussion.debate.evidence.words import EARLIEST_YEAR
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
    if not any(map(_years, values)):
        values += [month for month in months if _years(month)]
    dated = next((value for value in values if _years(value)), "")
    years = _years(dated)
    for value in values:
        if re.search(_UNSETTLED, value):
            work.extras.append(value)
    if not years:
        for value in dict.fromkeys([*values, *months]):
            work.note(_("“%(date)s” is no year that we could take.", date=value[:100]))
        return None
    work.found.left.extend(Line(LABELS["month"], month) for month in months if month != dated)
    others = [value for value in values if value != dated and set(_years(value)) - {years[0]}]
    if len(set(years)) > 1:
        work.note(_("“%(date)s” names several years; the first was taken.", date=dated[:100]))
    elif re.search(r"(?i)\b(c|ca|circa|about|um)\b|\?|~", dated):
        work.note(_("“%(date)s” says that the year is not certain.", date=dated[:100]))
    if others:
        work.note(
            _(
                "It also has other dates: %(dates)s.",
                dates=", ".join(other[:40] for other in others),
            )
        )
    return years[0]


_UNSETTLED = re.compile(r"(?i)press|forthcoming|accepted|submitted|preprint|in preparation|draft")


def _years(value: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(value) if int(year) >= EARLIEST_YEAR]


def _spaced(value: str) -> str:
    """ "20210501" is a day."""
    return re.sub(r"^([12]\d{3})([01]\d)([0-3]\d)?$", r"\1-\2", value)


def accessed_on(work: Work) -> date | None:
    """The day on which it was read, also where a note says so."""
    notes = work.found.fields.get("note", [])
    for note in list(notes):
        said = _READ_ON.fullmatch(note)
        if said and _day(said[1]):
            notes.remove(note)
            work.found.add("accessed", said[1])
    said_on = work.one("accessed")
    day = _day(said_on)
    if said_on and (day is None or day > clock.day(clock.now())):
        work.found.left.append(Line(LABELS["accessed"], said_on))
        return None
    return day


_READ_ON = re.compile(
    r"(?i)[\s(\[]*(?:online\s*[;,:.]\s*)?(?:last\s+)?(?:accessed|retrieved|visited|read|viewed|checked|abgerufen|zugriff)"
    r"(?:\s+(?:on|am))?\s*:?\s*([^.]{6,30}?)[.)\]\s]*"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"


def _day(said: str) -> date | None:
    """ "2021-03-04", "4 March 2021" or "March 4, 2021"."""
    said = re.sub(r"(?<=\w)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " ", said)  # "4-May-2020"
    numbers = re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", said)
    worded = re.match(
        r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([A-Za-z]{3})[a-z]*\.?,?\s+"
        r"(?:(\d{1,2})(?:st|nd|rd|th)?,\s+)?(\d{4})",
        said,
    )
    try:
        if numbers:
            return date(int(numbers[1]), int(numbers[2]), int(numbers[3]))
        if worded and (worded[1] or worded[3]) and worded[2].lower() in _MONTHS.split():
            month = _MONTHS.split().index(worded[2].lower()) + 1
            return date(int(worded[4]), month, int(worded[1] or worded[3]))
    except ValueError:
        pass
    return None


def language_given(work: Work) -> str:
    """The tag of the language that the entry names, "en-GB" without one; others are left."""
    said = work.one("language")
    if re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", said) and said != "en":
        return said
    known = _LANGUAGES.get(said.casefold(), "")
    if said and not known:
        work.found.left.append(Line(_("Language"), said))
    return known or "en-GB"
