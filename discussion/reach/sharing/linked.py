"""What programs are told of a page in the words of schema.org, as JSON-LD.

Each is made of the page alone, so that it tells no more than the page: authors are the persons or
organisations that the page names, and dates as coarse as it tells them.
"""

from collections.abc import Mapping, Sequence

from discussion import clock, text
from discussion.debate.evidence.queries.shapes import ItemPage
from discussion.debate.positions.queries.card import Byline
from discussion.debate.positions.queries.shapes import PositionPage
from discussion.debate.threads.queries.shapes import ThreadPage
from discussion.reach.needed.shapes import QuestionPage
from discussion.reach.publications.queries.essays import EssayPage
from discussion.reach.publications.queries.pages import BriefingPage
from discussion.series.values.queries import ValuePage
from discussion.weighing.findings.shapes.page import FindingsPage
from discussion.weighing.overview.queries.shapes import SeriesPage, ThemePage
from discussion.weighing.rounds.queries.shapes import RoundPage

Value = str | int | Mapping[str, "Value"] | Sequence[Mapping[str, "Value"]]
Linked = dict[str, Value]
LONGEST = 300  # letters of a text; the whole stands on the page


def thread(page: ThreadPage, base: str) -> Linked:
    """A question that a series puts to everybody."""
    opened = next((stop.on for stop in page.stops if stop.stage == "open" and stop.on), None)
    return _told(
        "DiscussionForumPosting",
        base + page.url,
        headline=page.question,
        text=_plain(page.context.striptags()) or page.question,
        inLanguage=page.language,
        datePublished=opened.isoformat() if opened else "",
        author=_organisation(page.series_title, base + page.series_url),
        commentCount=page.position_count,
    )


def position(page: PositionPage, base: str) -> Linked:
    """A claim, under the name that its card has."""
    card = page.card
    if page.citation is None:
        return {}
    return _told(
        "DiscussionForumPosting",
        base + card.url,
        headline=card.claim,
        text=_plain(card.reasoning.striptags()) or card.claim,
        inLanguage=card.language,
        datePublished=card.byline.date,
        version=card.version,
        author=_person(card.byline, base),
        isPartOf=_told(
            "DiscussionForumPosting", base + page.thread_url, headline=page.thread_question
        ),
        commentCount=len(page.answers),
    )


def findings(page: FindingsPage, base: str) -> Linked:
    """What a snapshot says, by the series that asked."""
    if page.found is None:
        return {}
    shown = next((one for one in page.editions if one.is_shown), None)
    series = _organisation(page.series_title, f"{base}/series/{page.series_slug}")
    return _told(
        "ScholarlyArticle",
        base + page.permanent_url,
        headline=page.found.sentence.heading,
        abstract=page.found.sentence.text,
        datePublished=clock.day(shown.made_at).isoformat() if shown else "",
        version=page.version or 1,
        author=series,
        publisher=series,
        about=page.thread_question,
        isBasedOn=base + page.thread_url,
    )


def briefing(page: BriefingPage, base: str) -> Linked:
    """A version of a briefing, by the series that composed it."""
    document = page.document
    if document is None:
        return {}
    series = _organisation(document.series, f"{base}/series/{page.series_slug}")
    return _told(
        "ScholarlyArticle",
        base + page.url,
        headline=document.title,
        inLanguage=document.language,
        datePublished=document.made_on,
        version=document.version,
        author=series,
        publisher=series,
        about=document.about,
        isBasedOn=base + page.about_url,
    )


def essay(page: EssayPage, base: str) -> Linked:
    """A version of an essay, by the voice that was invited."""
    essay = page.essay
    if essay is None:
        return {}
    return _told(
        "ScholarlyArticle",
        essay.url if essay.url.startswith("http") else base + essay.url,
        headline=essay.title,
        abstract=essay.standfirst,
        inLanguage=essay.language,
        datePublished=essay.written_on,
        version=essay.version,
        author=_told("Person", "", name=essay.author),
        publisher=_organisation(essay.series, f"{base}/series/{page.series_slug}"),
    )


def series(page: SeriesPage, base: str) -> Linked:
    """From when to when a series takes place; nothing where that is not dated."""
    if page.starts_on is None or page.visibility != "public":
        return {}
    return _event(
        base + page.url,
        page.title,
        page.question,
        page.starts_on.isoformat(),
        page.ends_on.isoformat() if page.ends_on else "",
        _organisation(page.host or page.title, ""),
    )


def round(page: RoundPage, base: str) -> Linked:
    """When statements are rated; nothing of a round that is only planned."""
    about = page.about
    if page.opened_at is None:
        return {}
    return _event(
        base + about.url,
        about.question,
        "",
        page.opened_at.isoformat(timespec="minutes"),
        (page.closed_at or about.closes_at).isoformat(timespec="minutes"),
        _organisation(about.series_title, f"{base}/series/{about.series_slug}"),
    )


def theme(page: ThemePage, base: str) -> Linked:
    """A question under which threads stand together."""
    return _told(
        "CollectionPage",
        base + page.url,
        name=page.question,
        description=_plain(page.summary.striptags()),
        inLanguage=page.language,
        isPartOf=_organisation(page.series_title, base + page.series_url),
    )


def value(page: ValuePage, base: str) -> Linked:
    """A word of the series' value set, and what the series means by it."""
    return _told(
        "DefinedTerm",
        f"{base}{page.values_url}/{page.slug}",
        name=page.label,
        termCode=page.slug,
        description=_plain(page.definition),
        inDefinedTermSet=_told("DefinedTermSet", base + page.values_url, name=page.series_title),
    )


def item(page: ItemPage, base: str) -> Linked:
    """A source, by whoever wrote it; what the library says of it stands on the page."""
    if page.is_hidden or not page.is_listed:
        return {}
    authors = [_told("Person", "", name=one) for one in page.authors]
    more: dict[str, Value] = {"author": authors} if authors else {}
    return _told(
        "CreativeWork",
        base + page.url,
        name=page.title,
        inLanguage=page.language,
        datePublished=str(page.year) if page.year else "",
        publisher=_organisation(page.publisher, "") if page.publisher else "",
        identifier=f"https://doi.org/{page.doi}" if page.doi else "",
        sameAs=page.link,
        **more,
    )


def asking(page: QuestionPage, base: str) -> Linked:
    """What people would need to know, and what answers it; never who looks into it."""
    one = page.asking
    if not one.is_shown or one.kind != "question":
        return {}
    answer = _told("Answer", base + one.url, text=one.answer.says) if one.answer else ""
    return _told(
        "Question",
        base + one.url,
        name=one.text,
        inLanguage=one.language,
        dateCreated=one.since,
        answerCount=1 if one.answer else 0,
        acceptedAnswer=answer,
        author=_organisation(page.series_title, f"{base}/series/{page.series_slug}"),
    )


def _event(url: str, name: str, says: str, begins: str, ends: str, organiser: Linked) -> Linked:
    return _told(
        "Event",
        url,
        name=name,
        description=says,
        startDate=begins,
        endDate=ends,
        eventStatus="https://schema.org/EventScheduled",
        eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode",
        location=_told("VirtualLocation", url),
        organizer=organiser,
    )


def _person(by: Byline, base: str) -> Linked:
    """Whoever the byline names, and nothing that it does not say."""
    works_for = _organisation(by.organisation, "") if by.organisation else ""
    url = base + by.person_url if by.person_url else ""
    return _told("Person", url, name=by.name, description=by.detail, affiliation=works_for)


def _organisation(name: str, url: str) -> Linked:
    return _told("Organization", url, name=name)


def _told(kind: str, url: str, **more: Value) -> Linked:
    """With what is said; empty members are left out."""
    said = {name: value for name, value in {"url": url, **more}.items() if value != ""}
    return {"@type": kind, **said}


def _plain(words: str) -> str:
    return text.excerpt(" ".join(words.split()), LONGEST)


def in_context(linked: Linked) -> Linked:
    """Whole, as a page says it."""
    return {"@context": "https://schema.org", **linked}
