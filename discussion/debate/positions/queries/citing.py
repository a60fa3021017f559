"""A version of a position as a citation: text, BibTeX and RIS, no more telling than its page."""

from dataclasses import dataclass
from datetime import date, datetime

from discussion import clock, paths, text
from discussion.debate.evidence.citations import latex
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.shapes import Citation
from discussion.language import _, in_words

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Cited:
    """All that a citation tells; `date` is as coarse as the byline's."""

    id: str
    author: str
    date: str
    number: int
    version: int
    claim: str
    question: str
    series: str
    address: str


def cited_from(card: Card, *, question: str, series: str, site_url: str) -> Cited:
    """What to cite of the version that a card shows: nothing that its byline does not say."""
    return Cited(
        id=card.id,
        author=card.byline.name,
        date=day_shown(card.byline.date),
        number=card.number,
        version=card.version,
        claim=card.claim,
        question=question,
        series=series,
        address=site_url + paths.version(card.id, card.version),
    )


def citation_of(cited: Cited) -> Citation:
    """How one version is cited: as a sentence, BibTeX and RIS, with the addresses of both files."""
    files = paths.version(cited.id, cited.version)
    return Citation(
        text=in_text(cited),
        bibtex=bibtex(cited),
        ris=ris(cited),
        bibtex_url=f"{files}/cite.bib",
        ris_url=f"{files}/cite.ris",
        csl_url=paths.cite(f"{paths.position(cited.id)}/{cited.version}", "csl"),
    )


def in_text(cited: Cited) -> str:
    """ "Midwife, in towns · C (2026). Position 1, version 2, in “Should …?”, Mapping the Way,
    15 November 2026. https://…"
    """
    return _(
        "%(author)s (%(year)s). Position %(number)s, version %(version)s, in “%(question)s”, "
        "%(series)s, %(date)s. %(address)s",
        author=cited.author,
        year=cited.date[:4],
        number=cited.number,
        version=cited.version,
        question=cited.question,
        series=cited.series,
        date=date_in_words(cited.date),
        address=cited.address,
    )


def bibtex(cited: Cited) -> str:
    """One entry; braces around the author keep a label such as "Midwife, in towns" whole."""
    month = cited.date[5:7]
    fields = {
        "title": f"{{{latex(titled(cited))}}}",
        "author": f"{{{latex(cited.author)}}}",
        "year": cited.date[:4],
        "month": MONTHS[int(month) - 1] if month else "",
        "day": cited.date[8:10].lstrip("0"),
        "howpublished": latex(_place(cited)),
        "url": cited.address,
    }
    lines = [
        f"  {key} = {value}," if key == "month" else f"  {key} = {{{value}}},"
        for key, value in fields.items()
        if value
    ]
    return "\n".join((f"@misc{{position-{cited.id}-v{cited.version},", *lines, "}", ""))


def ris(cited: Cited) -> str:
    """One record. RIS splits names at commas and cannot escape them, so a label has none."""
    day = (*cited.date.split("-"), "", "")[:3]
    fields = (
        ("TY", "GEN"),
        ("AU", cited.author.replace(", ", " – ").replace(",", " –")),
        ("PY", cited.date[:4]),
        ("DA", "/".join(day)),
        ("TI", titled(cited)),
        ("T2", cited.question),
        ("PB", cited.series),
        ("ET", str(cited.version)),
        ("UR", cited.address),
    )
    lines = [f"{tag}  - {text.line(value)}" for tag, value in fields if value]
    return "\r\n".join((*lines, "ER  - ", ""))


def day_shown(iso: str) -> str:
    """The day, or the month, of a date as a byline has it, in the site's zone."""
    return clock.day(datetime.fromisoformat(iso)).isoformat() if "T" in iso else iso


def date_in_words(iso: str) -> str:
    """ "15 November 2026" for a day, "November 2026" for a month."""
    if len(iso) == 7:
        return in_words(date.fromisoformat(f"{iso}-01"), "MMMM y")
    return in_words(date.fromisoformat(iso))


def titled(cited: Cited) -> str:
    """Number, version and claim: the title of what is cited."""
    return _(
        "Position %(number)s, version %(version)s: %(claim)s",
        number=cited.number,
        version=cited.version,
        claim=cited.claim,
    )


def _place(cited: Cited) -> str:
    return _("In “%(question)s”, %(series)s", question=cited.question, series=cited.series)
