"""The card of a thread, a position, a finding or a publication; None where none may be shown.

Each is made of the page that it stands for, as a visitor is given that.
"""

from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.positions.queries.page import position_page
from discussion.debate.threads.queries.finding import find_thread
from discussion.debate.threads.queries.page import thread_page
from discussion.debate.threads.words import STAGES
from discussion.language import _, in_words
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.publications.queries.essays import EssayPage, essay_page
from discussion.reach.publications.queries.finding import find_publication, find_version
from discussion.reach.publications.queries.pages import BriefingPage, briefing_page
from discussion.reach.sharing.queries.shapes import EmbedCard
from discussion.reach.sharing.words import SAYS
from discussion.weighing.findings.queries.brief import all_findings


def card_of_thread(session: Session, slug: str) -> EmbedCard | None:
    """Its question, and what can be said of it so far; never a name."""
    page = thread_page(session, None, slug)
    if page is None or not page.is_carried:
        return None
    said = page.finding.text if page.finding else page.said or page.basis
    return EmbedCard(
        url=page.url,
        label=_("A thread: %(stage)s", stage=str(STAGES[page.stage]).lower()),
        words=page.question,
        language=page.language,
        says=text.excerpt(said, SAYS),
        note=page.basis if said != page.basis else "",
        series_title=page.series_title,
        picture_url=paths.picture_of_thread(page.slug),
    )


def card_of_position(session: Session, public_id: str) -> EmbedCard | None:
    """Its claim, and who holds it as they chose to be named; of what is gone, that it is."""
    page = position_page(session, None, public_id)
    if page is None or not page.is_carried:
        return None
    card = page.card
    is_there = card.state == "published" and bool(card.claim)
    return EmbedCard(
        url=paths.position(public_id),
        label=_("Position %(number)s", number=card.number),
        words=card.claim if is_there else "",
        language=card.language,
        is_quote=True,
        says=page.thread_question,
        note=", ".join(one.label for one in card.served[:2]) if is_there else "",
        byline=card.byline if is_there else None,
        state=card.state,
        has_left=card.has_left,
        series_title=page.series_title,
        picture_url=paths.picture_of_position(public_id) if is_there else "",
        number=card.number,
        family=card.family if is_there else "",
    )


def card_of_finding(session: Session, slug: str) -> EmbedCard | None:
    """The headline: between whom, over what, and how many answered."""
    thread = find_thread(session, None, slug)
    if thread is None or not allowed(None, May.EMBED, thread):
        return None
    brief = all_findings(session, [thread]).get(thread.id)
    if brief is None:
        return None
    return EmbedCard(
        url=paths.findings(slug),
        label=_("A finding") if brief.state == "found" else _("Not enough to say"),
        words=brief.sentence,
        says=thread.question,
        note=" ".join((brief.answered, _("Found on %(date)s.", date=in_words(brief.found_on)))),
        series_title=thread.series.title,
        picture_url=paths.picture_of_finding(slug),
    )


def card_of_publication(session: Session, series_slug: str, slug: str) -> EmbedCard | None:
    """What is published under this address now; of what is withdrawn, why."""
    row = find_publication(session, None, series_slug, slug)
    if row is None or row.published_at is None or not allowed(None, May.EMBED, row):
        return None
    if row.kind != "essay":
        page = briefing_page(session, None, series_slug, slug)
        return _of_briefing(page) if page else None
    version = find_version(session, row)
    return _of_essay(essay_page(session, None, row, version)) if version else None


def _of_briefing(page: BriefingPage) -> EmbedCard:
    document = page.document
    sections = document.sections if document else ()
    asked = [
        one.text
        for part in sections
        if part.purpose == "question"
        for block in part.blocks
        for one in block.sentences
    ]
    return EmbedCard(
        url=page.latest_url,
        label=_("A briefing"),
        words=document.title if document else "",
        language=document.language if document else "",
        says=text.excerpt(" ".join(asked) or page.about, SAYS) if document else "",
        note=document.drawn_from if document else "",
        gone=page.gone,
        series_title=page.series_title,
        picture_url=paths.picture_of_series(page.series_slug) if document else "",
    )


def _of_essay(page: EssayPage) -> EmbedCard:
    essay = page.essay
    return EmbedCard(
        url=page.latest_url,
        label=_("An essay by %(author)s", author=essay.author) if essay else _("An essay"),
        words=essay.title if essay else "",
        language=essay.language if essay else "",
        says=text.excerpt(essay.standfirst, SAYS) if essay else "",
        gone=page.gone,
        series_title=page.series_title,
        picture_url=paths.picture_of_series(page.series_slug) if essay else "",
    )
