"""An item's page: what is said of it, who cites it and how, and how to cite it."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, raiseload

from discussion import paths, text
from discussion.debate.evidence.citations import bibtex, harvard, ris
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.links import address_of, find_last_check
from discussion.debate.evidence.queries.relying import ON_A_PAGE, list_relying
from discussion.debate.evidence.queries.shapes import (
    Adding,
    Cite,
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
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import (
    visible_items,
    visible_responses,
)
from discussion.series.series.models import Series
from discussion.vocabulary import of_series


def item_page(
    session: Session,
    viewer: Viewer | None,
    item: EvidenceItem,
    public_url: str,
    after: Mapping[str, str],
) -> ItemPage:
    """What the viewer may see of an item and of those who cite it; `public_url` begins its address.

    `after` is by stance the last position that was shown, by its public id.
    """
    series = item.series
    url = paths.item(series.slug, item.public_id)
    responses, last_response = _responses(session, viewer, item, after.get("responses", ""))
    relying = list_relying(session, viewer, item, after)
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
        cited=relying.positions,
        groups=relying.groups,
        responses=responses,
        more_responses_url=f"{url}?responses={last_response}#responses-h" if last_response else "",
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
        csl_url=paths.cite(url, "csl"),
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


def _responses(
    session: Session, viewer: Viewer | None, item: EvidenceItem, after: str
) -> tuple[tuple[Adding, ...], str]:
    """One page of the responses that bring it, and the last of them if there are more."""
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
        .where(Response.public_id > after)
        .order_by(Response.public_id)
        .limit(ON_A_PAGE + 1)
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
        return (), ""
    last = rows[ON_A_PAGE - 1][0].public_id if len(rows) > ON_A_PAGE else ""
    rows = rows[:ON_A_PAGE]
    letters = find_letters(session, {row.position.thread_id for row, _muted in rows})
    added = tuple(
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
    return added, last
