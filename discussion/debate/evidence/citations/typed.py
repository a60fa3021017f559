"""A reference as somebody types it, in whatever style: what can be told from where its year is."""

import re

from discussion.debate.evidence.citations.people import inverted, is_person, of_values
from discussion.debate.evidence.citations.plain import clean
from discussion.debate.evidence.citations.shapes import Found
from discussion.debate.evidence.identifiers import dois_in
from discussion.language import _

ADDRESS = re.compile(r"https?://\S+")
LONGEST = 2_000  # characters of one reference
MOST_AROUND = 4  # words beside a DOI that are no reference

_SHORTENED = re.compile(  # "Marlow A, Reed BC"
    r"[\w'’-]+(?:\s[\w'’-]+)?\s[A-Z]{1,3}(?:,\s*[\w'’-]+(?:\s[\w'’-]+)?\s[A-Z]{1,3})+"
)
_EVERYDAY = re.compile(  # "Basil van der Reed", "B. C. Reed"
    r"(?=[^\W\d_a-z])(?:[^\W\d_]\.[\s-]?){0,4}\s*(?:[\w'’-]+\.?\s+){0,4}[^\W\d_][\w'’-]+"
)
_YEAR = r"(?:c\.?\s?)?(?:1[5-9]|20)\d{2}[a-z]?"
_IN_BRACKETS = re.compile(rf"\(({_YEAR}|n\.\s?d\.|in press|forthcoming)(?:,[^)]{{0,30}})?\)")
_BARE = re.compile(rf"(?<![\d/.-])({_YEAR})(?![\d/-])")
_DOI = re.compile(
    r"(?i)[\s,.;(\[<]*(?:available\s+(?:at|from|online)\s*:?\s*)?"
    r"(?:<?https?://\S*?)?(?:doi(?:\.org/|[:\s]){0,3})?10\.\d{4,9}\s?/\s?\S+"
)
_QUOTED = re.compile(r"[“\"‘']([^”\"]{8,400}?)[,.?!]?[”\"’'](?=[\s,.]|$)")
_SENTENCES = re.compile(  # a stop ends one, unless it stands behind an initial
    r"(?<=[^\W\d_A-Z][.?!])\s+(?=[^\W_])|(?<=[A-Z]{2}\.)\s+(?=[A-Z])"
    r"|(?<=[a-z]\s[A-Z]\.)\s+(?=[A-Z][a-z])"
)
_TITLE_END = re.compile(
    r"(?<=[^\W\d_]{2})[.](?=\s|$)|(?<=[\])])[.](?=\s|$)|[?!](?=\s+[^\Wa-z_]|$)"
    r"|(?<=\d)\.(?=\s+[A-Z])"
)
_NUMBER = re.compile(r"^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[•*–-])\s+")
_JOURNAL = re.compile(
    r"^(?P<journal>[^\d]{3,150}?),?\s+(?:vol(?:ume)?\.?\s*)?(?P<volume>\d{1,4})"
    r"(?:\s*\((?P<number>[^)]{1,20})\)|,?\s*(?:no\.?|issue|iss\.?)\s*(?P<issue>\d{1,4}))?"
    r"(?:\s*[,:;]\s*(?:(?:[A-Za-z]{3,9}\.?\s+)?(?:1[5-9]|20)\d{2}\s*[,:;]\s*)?"
    r"(?:pp?\.?\s*)?(?P<pages>[A-Za-z]?\d+(?:\s*[-–]\s*[A-Za-z]?\d+)?))?"
)
_VANCOUVER = re.compile(  # "2019 Mar;12(3):1-9"
    r"(?:1[5-9]|20)\d{2}[^;:()]{0,20};\s*(?P<volume>\d{1,4})(?:\s*\((?P<number>[^)]{1,20})\))?"
    r"(?:\s*:\s*(?P<pages>[A-Za-z]?\d+(?:\s*[-–]\s*[A-Za-z]?\d+)?))?"
)


def read(words: str) -> Found:
    """What can be read of one typed reference; the whole of it is kept as the full reference."""
    plain = _NUMBER.sub("", clean(words[:LONGEST]))
    found = Found("typed", words.strip(), is_typed=True)
    if len(plain.split()) > MOST_AROUND:
        found.add("reference", plain)
    if len(words) > LONGEST:
        found.note(_("The reference is longer than we read. Its end is missing."))
    if re.fullmatch(ADDRESS, plain):
        found.add("url", plain)
    for doi in dois_in(plain):
        found.add("doi", doi)
    before_doi = _DOI.split(plain)[0].strip(" ,;")
    in_brackets = _IN_BRACKETS.search(before_doi)
    if in_brackets:
        _by_year(found, before_doi, in_brackets)
    else:
        _without_brackets(found, before_doi)
    if "title" in found.fields:
        found.note(
            _("The title, the authors and the year were found from their places. Check each.")
        )
    elif "reference" in found.fields:
        found.note(
            _(
                "We could not tell which words are the title. Type it in; the rest"
                " is under “Full reference”."
            )
        )
    return found


def _by_year(found: Found, words: str, year: re.Match[str]) -> None:
    """Authors (year) title. Journal: APA and Harvard."""
    _authors(found, words[: year.start()])
    found.add("date", year[1])
    title, rest = _title(words[year.end() :].lstrip(" .,:;"))
    found.add("title", title)
    _journal(found, rest)


def _without_brackets(found: Found, words: str) -> None:
    """Vancouver, MLA and Chicago: the title in quotation marks, or the second sentence."""
    if year := _BARE.search(words):
        found.add("date", year[1])
    if quoted := _QUOTED.search(words):
        _authors(found, words[: quoted.start()])
        found.add("title", quoted[1].strip(" ,."))
        _journal(found, words[quoted.end() :].lstrip(" .,"))
        return
    sentences = _SENTENCES.split(words)
    if len(sentences) > 2 and len(sentences[1]) > 8:
        _authors(found, sentences[0])
        found.add("title", sentences[1].strip(" ."))
        found.add("journal" if len(sentences[2]) < 80 else "note", sentences[2].strip(" ."))
        if issue := _VANCOUVER.search(words):
            for name in ("volume", "number", "pages"):
                found.add(name, issue[name] or "")


def _title(words: str) -> tuple[str, str]:
    quoted = _QUOTED.match(words)
    if quoted:
        return quoted[1].strip(" ,."), words[quoted.end() :].lstrip(" ,.")
    end = _TITLE_END.search(words)
    if end is None:
        return words.strip(" ."), ""
    title = words[: end.end()]
    return title if title[-1] in "?!" else title[:-1], words[end.end() :].strip()


def _journal(found: Found, words: str) -> None:
    if matched := _JOURNAL.match(words):
        found.add("journal", matched["journal"].strip(" ,."))
        found.add("volume", matched["volume"])
        found.add("number", matched["number"] or matched["issue"] or "")
        found.add("pages", matched["pages"] or "")
    elif words:
        found.add("publisher", words.strip(" ."))


def _authors(found: Found, words: str) -> None:
    words = re.sub(r"\(eds?\.?\)", "", words.strip(" .,;:"))
    words = re.sub(rf"[\s.,;(]+{_YEAR}\)?$", "", words)
    if "," in words and re.search(r"\s[A-Z]$", words) and not _SHORTENED.fullmatch(words):
        words += "."
    if not words or len(words) > 1_000:
        return
    words, dots = re.subn(r",?\s*(?:\.\s?\.\s?\.|…),?\s*(?:&\s*)?", ", ", words)
    if dots:
        found.note(_("Some authors were left out of the list (“…”)."))
    if (everyday := _in_everyday_order(words)) is not None:
        found.note(_("The authors were in one line. Check that each now has a separate line."))
        found.people["author"] = everyday
        return
    people = of_values([re.sub(r",?\s+(?:&|and)\s+", " & ", words)])
    names = [_mla(name, is_first=number == 0) for number, name in enumerate(people.names)]
    found.people["author"] = names
    for sentence in people.notes:
        found.note(sentence)


def _in_everyday_order(words: str) -> list[str] | None:
    """ "Marlow, Ada, Basil Reed, and Cora Snow" or "A. Marlow, B. Reed, and C. Snow"."""
    parts = [part.strip() for part in re.split(r",|\s+(?:&|and)\s+", words) if part.strip()]
    is_first_inverted = len(parts) > 2 and " " not in parts[0] and "." not in parts[0]
    first = [", ".join(parts[:2])] if is_first_inverted else []
    rest = parts[2:] if is_first_inverted else parts
    if len(first + rest) < 2 or not all(map(_EVERYDAY.fullmatch, rest)):
        return None
    if is_first_inverted and not re.fullmatch(r"[^\W\d_][\w.'’ -]{0,60}", parts[1]):
        return None
    are_initials = all(re.match(r"[^\W\d_]\.", part) for part in rest)
    is_joined = re.search(r"\s(?:&|and)\s", words) and all(
        " " in part and is_person(part) for part in rest
    )
    if not is_first_inverted and not (are_initials or is_joined):
        return None
    return [*first, *map(inverted, rest)]


def _mla(name: str, *, is_first: bool) -> str:
    """ "Marlow, Ada, and Basil Reed": all but the first in their everyday order."""
    is_everyday = (
        (not is_first or name[1:2] == ".")
        and "," not in name
        and re.fullmatch(r"[^\W\d_][\w.'’-]*(\s[\w.'’-]+){1,2}", name)
    )
    return inverted(name) if is_everyday else name
