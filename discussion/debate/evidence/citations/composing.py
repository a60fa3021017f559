"""From an entry in our set of names to a draft within the limits, with an account of it."""

import re

from discussion import text
from discussion.debate.evidence.citations.addresses import addresses_of
from discussion.debate.evidence.citations.dates import accessed_on, language_given, year_of
from discussion.debate.evidence.citations.labels import LABELS, labelled
from discussion.debate.evidence.citations.plain import tidy_line, ungarbled
from discussion.debate.evidence.citations.shapes import Account, Entry, Found, Line
from discussion.debate.evidence.citations.work import Work, fitting
from discussion.debate.evidence.drafts import ItemDraft, tidy
from discussion.debate.evidence.words import LIMITS, MAX_AUTHOR, MAX_AUTHORS
from discussion.language import _

LONGEST_SHOWN = 2_000  # characters of one line of an account
MOST_LEFT = 40
LONGEST_IN_REFERENCE = 150  # characters of a title, where the whole is too long


def compose(number: int, found: Found) -> Entry:
    """A draft and its account; without a title there is a problem, unless it was typed."""
    if found.problem:
        return _refused(number, found, found.problem)
    work = Work(found)
    work.leave_programs_notes()
    title = _title(work)
    if not title and not found.is_typed:
        return _refused(number, found, _("This entry has no title."))
    year, is_given = year_of(work), "language" in found.fields
    doi, url = addresses_of(work)
    names, read_on = _names(work), accessed_on(work)
    publisher = _published(work)
    draft = tidy(
        ItemDraft(
            title=fitting(work, "title", title),
            authors=_authors(work, names),
            year=year,
            publisher=fitting(work, "publisher", publisher),
            url=url,
            doi=doi,
            citation=_citation(work, title, names, year, publisher),
            accessed_on=read_on,
            language=language_given(work),
        )
    )
    return Entry(
        number,
        draft,
        "",
        _account(work, draft, is_given=is_given),
        found.source,
        found.key,
        found.is_typed,
    )


def _refused(number: int, found: Found, problem: str) -> Entry:
    lines = tuple(Line(name, value) for name, values in found.fields.items() for value in values)
    account = Account(found.format, left=(*found.left, *lines)[:MOST_LEFT])
    return Entry(number, None, problem, account, found.source, found.key)


# --- each part


def _title(work: Work) -> str:
    title, subtitle = work.one("title"), work.one("subtitle")
    short = work.one("short title")
    if not title:
        return short
    if short and not title.casefold().startswith(short.rstrip(".…").casefold()):
        work.found.left.append(Line(_("Short title"), short))
    if subtitle and title.casefold().endswith(subtitle.casefold()):
        subtitle = ""
    return f"{title}{' ' if title[-1] in '?!:' else ': '}{subtitle}" if subtitle else title


def _names(work: Work) -> list[str]:
    """Authors; where there are none, editors stand in their place."""
    people = work.found.people
    authors = people.pop("author", [])
    editors = people.pop("editor", [])
    if not authors and editors and work.found.type != "chapter":
        work.note(_("No author was given. We used the editors instead."))
        authors, editors, work.are_editors = editors, [], True
    if editors:
        people["editor"] = editors
    return [name for value in authors if (name := tidy_line(value))]


def _authors(work: Work, names: list[str]) -> tuple[str, ...]:
    kept = tuple(text.line(name)[:MAX_AUTHOR].rstrip() for name in names[:MAX_AUTHORS])
    if len(names) > MAX_AUTHORS:
        work.note(
            _(
                "The list of authors was cut: %(kept)s of %(all)s are kept.",
                kept=MAX_AUTHORS,
                all=len(names),
            )
        )
        work.cut.append(Line(_("Authors"), "; ".join(names[MAX_AUTHORS:])))
    for name in names[:MAX_AUTHORS]:
        if text.count(name) > MAX_AUTHOR:
            work.cut.append(Line(_("Author"), name))
    return kept


def _published(work: Work) -> str:
    """Journal, volume and pages; book and pages; or the publisher."""
    journal, book, event = work.one("journal"), work.one("book"), work.one("event")
    if book and (subtitle := work.one("book subtitle")):
        book = f"{book}: {subtitle}"
    volume, number, pages = work.one("volume"), work.one("number"), work.one("pages")
    publishers = work.all("publisher")
    how = work.one("published how")
    place, series = work.one("place"), work.one("series")
    publisher = ", ".join(publishers) or how
    if publishers and how:
        work.extras.append(how)
    if place:
        work.extras.append(place)
    if journal:
        if book and book != journal:
            work.extras.append(_("In %(book)s", book=book))
        _more(work, series, publisher)
        return in_journal(journal, volume, number, pages)
    container = book or event
    if event and event != container:
        work.extras.append(event)
    if container:
        if volume or number:
            work.extras.append(_volume(volume, number))
        _more(work, series, "")
        return ". ".join(
            filter(None, (f"{container}, {_dashed(pages)}" if pages else container, publisher))
        )
    if series and number and not volume:
        series, number = f"{series}, {number}", ""
    if volume or number:
        work.extras.append(_volume(volume, number))
    if pages:
        work.extras.append(_("pages %(pages)s", pages=_dashed(pages)))
    _more(work, series, "")
    return publisher


def _more(work: Work, series: str, publisher: str) -> None:
    if series:
        work.extras.append(_("Series: %(series)s", series=series))
    if publisher:
        work.extras.append(publisher)


def _volume(volume: str, number: str) -> str:
    both = (
        _("volume %(volume)s", volume=volume) if volume else "",
        _("number %(number)s", number=number) if number else "",
    )
    return ", ".join(filter(None, both))


def in_journal(journal: str, volume: str, number: str, pages: str) -> str:
    """ "Psychological Science 10(1), 59–64"; "" without a journal."""
    if not text.line(journal):
        return ""
    issue = volume + (f"({number})" if number else "")
    return " ".join(filter(None, (journal, issue))) + (f", {_dashed(pages)}" if pages else "")


def _dashed(pages: str) -> str:
    return re.sub(
        r"\s*(--+|–|-|‐|‑|−|—)\s*",
        "–",
        re.sub(r"^(?:[Pp]{1,2}\.\s*|pp?\s?(?=\d))", "", pages.strip()),
    )


def _citation(work: Work, title: str, names: list[str], year: int | None, published: str) -> str:
    """A full reference, where there is more to say than the other fields hold."""
    reference, notes = work.one("reference"), work.all("note")
    extras = [*_spoken(work), *notes]
    if reference:
        label = _("Beside the full reference")
        work.found.left.extend(Line(label, extra) for extra in extras if extra not in reference)
        return fitting(work, "citation", reference)
    if not extras and not work.are_editors:
        return ""
    if not title:
        return fitting(work, "citation", " ".join(extras))
    who = "; ".join(names[:MAX_AUTHORS]) + _standing(work, names)
    dated = f"({year or _('no date')})"
    whole = _sentences(" ".join(filter(None, (who, dated, title))), published, *extras)
    if text.count(whole) > LIMITS["citation"] and len(names) > 3:
        whole = whole.replace(who, _("%(name)s and others", name=names[0]), 1)
    if text.count(whole) > LIMITS["citation"] and len(title) > LONGEST_IN_REFERENCE:
        whole = whole.replace(title, title[:LONGEST_IN_REFERENCE].rstrip() + "…", 1)
    return fitting(work, "citation", whole)


def _standing(work: Work, names: list[str]) -> str:
    """Said of editors who stand as authors."""
    if not work.are_editors:
        return ""
    return " " + (_("(eds)") if len(names) > 1 else _("(ed.)"))


def _spoken(work: Work) -> list[str]:
    """What has no field of its own, in words."""
    said = list(work.extras)
    for role, names in work.found.people.items():
        said.append(f"{LABELS.get(role, role)}: {'; '.join(names)}")
    sorts = work.all("sort")
    if work.found.type in ("thesis", "report"):
        said.extend(sorts)
    else:
        work.found.left.extend(Line(LABELS["sort"], sort) for sort in sorts)
    for edition in work.all("edition"):
        said.append(_edition(edition))
    for name in ("version", "isbn"):
        label = str(LABELS[name])
        said.extend(
            value if value.lower().startswith(label.lower()) else f"{label} {value}"
            for value in work.all(name)
        )
    return said


def _edition(edition: str) -> str:
    if re.search(r"(?i)\bed", edition):
        return edition
    is_counted = re.fullmatch(r"(?i)\d{1,3}(?:st|nd|rd|th)|[a-z]{4,20}", edition)
    return (
        _("%(second)s edition", second=edition)
        if is_counted
        else _("edition %(edition)s", edition=edition)
    )


def _sentences(*parts: str) -> str:
    return " ".join(part if part[-1] in ".?!…" else part + "." for part in parts if part)


# --- the account


def _account(work: Work, draft: ItemDraft, *, is_given: bool) -> Account:
    found = work.found
    if not found.is_exact and ungarbled(found.source) != found.source:
        work.note(_("Some letters were garbled by another program, and were put right."))
    unused = [
        Line(LABELS.get(name, name), value)
        for name, values in found.fields.items()
        for value in values
    ]
    left = [line for line in (*found.left, *unused) if line.value.strip()]
    if len(left) > MOST_LEFT:
        work.note(_("More was left out than can be listed here."))
    return Account(
        format=found.format,
        language=draft.language if is_given else "",
        read=labelled(draft),
        cut=tuple(_shown(line) for line in work.cut),
        notes=tuple(found.notes),
        left=tuple(_shown(line) for line in left[:MOST_LEFT]),
    )


def _shown(line: Line) -> Line:
    value = text.line(line.value)
    return Line(str(line.label), value[:LONGEST_SHOWN] + ("…" if value[LONGEST_SHOWN:] else ""))
