"""An item's page: what is said of it, who cites it and how, and how to cite it."""

from collections import defaultdict
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload, raiseload

from discussion import paths, text
from discussion.debate.evidence.citations import bibtex, harvard, ris
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.links import address_of, find_last_check
from discussion.debate.evidence.queries.shapes import (
    Adding,
    Cite,
    Citing,
    CitingGroup,
    ItemPage,
    Neighbour,
)
from discussion.debate.evidence.queries.waiting import kinds_waiting
from discussion.debate.evidence.queries.wording import (
    link_in_words,
    short_source,
    strength_in_words,
)
from discussion.debate.evidence.words import (
    ASSIGNED_BY,
    CHECKS,
    CONSENTS,
)
from discussion.debate.mutes.queries import MUTED, mute_of
from discussion.debate.positions.models import EvidenceLink, Position, Response
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.debate.positions.words import STANCES
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import (
    published_positions,
    visible_items,
    visible_responses,
)
from discussion.series.series.models import Series
from discussion.text import Spoken
from discussion.vocabulary import of_series


def item_page(
    session: Session, viewer: Viewer | None, item: EvidenceItem, public_url: str
) -> ItemPage:
    """Everything about an item that the viewer may see; `public_url` begins its own address."""
    series = item.series
    url = paths.item(series.slug, item.public_id)
    groups = _groups(session, viewer, item)
    may_moderate = allowed(viewer, May.MODERATE, item)
    may_judge = allowed(viewer, May.JUDGE_ITEM, item)
    last = find_last_check(session, item)
    verified = item.verified or {}
    scale_name, scale_says = _scale(item)
    return ItemPage(
        id=item.public_id,
        url=url,
        series_slug=series.slug,
        series_title=series.title,
        library_url=paths.library(series.slug),
        title=item.title,
        language=item.language,
        authors=tuple(item.authors),
        year=item.year,
        source=short_source(item),
        publisher=item.publisher,
        link=address_of(item),
        doi=item.doi or "",
        citation=item.citation,
        accessed_on=item.accessed_on,
        licence_note=item.licence_note,
        kind=item.kind,
        question_type=item.question_type,
        description=item.description,
        population=item.population,
        context=item.context,
        outcome=item.outcome,
        effect=item.effect,
        months_progress=item.months_progress,
        cost=item.cost,
        limitations=item.limitations,
        strength=strength_in_words(item, of_series(item.series.slug)),
        strength_scale=item.strength_scale,
        strength_scale_name=scale_name,
        strength_says=scale_says,
        strength_by=str(ASSIGNED_BY.get(item.strength_by, "")),
        strength_note=item.strength_note,
        consent=str(CONSENTS.get(item.consent, "")),
        status=item.status,
        status_note=item.status_note,
        successor=_successor(session, viewer, item),
        replaces=_replaces(session, viewer, item),
        is_verified=bool(verified),
        verified_on=date.fromisoformat(verified["on"]) if verified else None,
        checks=tuple(
            str(CHECKS[check]) for check in verified.get("what_was_checked", ()) if check in CHECKS
        ),
        link_state=item.link_state,
        link_words=link_in_words(item, last.problem if last else ""),
        moved_to=last.leads_to if last and last.state == item.link_state == "moved" else "",
        archive_url=item.archive_url,
        is_listed=item.is_listed,
        is_hidden=item.is_hidden,
        cited=len({one.url for group in groups for one in group.positions}),
        groups=groups,
        responses=_responses(session, viewer, item),
        cite=cite_of(item, public_url),
        edit_url=url + "/edit" if allowed(viewer, May.EDIT_ITEM, item) else "",
        status_url=url + "/status" if may_judge else "",
        settle_url=paths.settle_item(series.slug, item.public_id)
        if may_moderate and kinds_waiting(session, item)
        else "",
        is_own_to_judge=may_moderate and not may_judge,
    )


def cite_of(item: EvidenceItem, public_url: str) -> Cite:
    """The item cited in three forms; what stands nowhere else is cited by its own page."""
    url = paths.item(item.series.slug, item.public_id)
    own = public_url + url
    return Cite(
        text=harvard(item, own),
        bibtex=bibtex(item, own),
        ris=ris(item, own),
        bibtex_url=url + "/cite.bib",
        ris_url=url + "/cite.ris",
    )


def _scale(item: EvidenceItem) -> tuple[str, str]:
    vocabulary = of_series(item.series.slug)
    if item.strength_scale:
        scale = vocabulary.strength_scales[item.strength_scale]
        return str(scale.label), str(scale.says)
    if vocabulary.is_never_rated(item.kind):
        return "", _(
            "Strength scales are made for studies, not for this kind of evidence. That"
            " says nothing against it: what counts is whether it fits the question."
        )
    return "", _("We know of no published rating. That is not a low rating.")


def _successor(session: Session, viewer: Viewer | None, item: EvidenceItem) -> Neighbour | None:
    found = _visible(session, viewer, item, EvidenceItem.id == item.superseded_by_id)
    return found[0] if found else None


def _replaces(session: Session, viewer: Viewer | None, item: EvidenceItem) -> tuple[Neighbour, ...]:
    return tuple(_visible(session, viewer, item, EvidenceItem.superseded_by_id == item.id))


def _visible(
    session: Session, viewer: Viewer | None, item: EvidenceItem, which: object
) -> list[Neighbour]:
    rows = session.scalars(
        select(EvidenceItem)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(EvidenceItem.series_id == item.series_id)
        .where(visible_items(viewer))
        .where(which)  # type: ignore[arg-type]
        .order_by(EvidenceItem.title_folded)
    )
    slug = item.series.slug
    return [
        Neighbour(row.title, short_source(row), paths.item(slug, row.public_id)) for row in rows
    ]


_CITING = asked_cards(
    Position.__table__.c.state == "published",
    Position.__table__.c.live_revision_id.in_(
        select(EvidenceLink.__table__.c.revision_id).where(
            EvidenceLink.__table__.c.item_id == bindparam("item_id")
        )
    ),
)


def _groups(session: Session, viewer: Viewer | None, item: EvidenceItem) -> tuple[CitingGroup, ...]:
    """Live versions of published positions only, by stance; the order tells no time."""
    revisions = select(EvidenceLink.revision_id).where(EvidenceLink.item_id == item.id)
    is_citing = Position.live_revision_id.in_(revisions)
    cards = list_cards(session, viewer, _CITING, item_id=item.id)
    threads = {
        public_id: (Spoken(question, language), slug)
        for public_id, question, language, slug in session.execute(
            select(Position.public_id, Thread.question, Thread.language, Thread.slug)
            .join(Thread, Thread.id == Position.thread_id)
            .join(Series, Series.id == Thread.series_id)
            .where(published_positions(viewer))
            .where(is_citing)
        )
    }
    own = paths.item(item.series.slug, item.public_id)
    by_stance: dict[str, list[Citing]] = defaultdict(list)
    for card in sorted(cards, key=lambda card: threads[card.id][0]):
        question, slug = threads[card.id]
        for link in card.links:
            if link.item_url == own:
                by_stance[link.stance].append(
                    Citing(
                        number=card.number,
                        url=card.url,
                        claim=str(MUTED) if card.mute_id else card.claim,
                        language=card.language,
                        family=card.family,
                        byline=card.byline,
                        thread_question=question,
                        thread_url=paths.thread(slug),
                        warrant="" if card.mute_id else link.warrant,
                        transfer=link.transfer,
                        transfer_note="" if card.mute_id else link.transfer_note,
                        locator=link.locator,
                        rebuttal="" if card.mute_id else link.rebuttal,
                    )
                )
    return tuple(CitingGroup(slug, tuple(by_stance[slug])) for slug in STANCES if by_stance[slug])


def _responses(session: Session, viewer: Viewer | None, item: EvidenceItem) -> tuple[Adding, ...]:
    rows = session.execute(
        select(
            Response,
            mute_of(viewer, Response),
        )
        .join(Position, Position.id == Response.position_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(visible_responses(viewer))
        .where(Response.item_id == item.id)
        .where(Response.state == "published")
        .where(Response.live_text_id.is_not(None))
        .where(Position.state == "published")
        .order_by(Response.public_id)
        .options(
            contains_eager(Response.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series),
            joinedload(Response.author),
            joinedload(Response.live),
            raiseload("*"),
        )
    ).all()
    if not rows:
        return ()
    letters = find_letters(session, {row.position.thread_id for row, _muted in rows})
    return tuple(
        Adding(
            type=row.type,
            url=paths.response(row.position.public_id, row.public_id),
            html=text.render(str(MUTED)) if muted else text.stored(row.live.html),
            language=row.live.language,
            byline=byline(
                row, row.position.thread_id, letters, row.first_published_at or row.created_at
            ),
            position_number=row.position.number or 0,
            position_url=paths.position(row.position.public_id),
            thread_question=row.position.thread.question,
        )
        for row, muted in rows
        if row.live is not None
    )
