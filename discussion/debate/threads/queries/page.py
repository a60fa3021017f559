"""thread_page: everything a thread shows, in a number of statements that does not grow."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import list_cards
from discussion.debate.positions.queries.gists import Standing, list_gists
from discussion.debate.positions.queries.naming import CONTRIBUTOR_STEP
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.beside import read_beside
from discussion.debate.threads.queries.choosing import (
    ANCHOR,
    as_groups,
    choose,
    keep_chosen,
    list_contents,
    list_filters,
    list_groupings,
    make_groups,
    put_in_order,
)
from discussion.debate.threads.queries.cycles import list_earlier
from discussion.debate.threads.queries.finding import find_thread_to_show
from discussion.debate.threads.queries.higher import BRIEFED, LED_TO
from discussion.debate.threads.queries.mapping import (
    cells_of,
    cluster,
    lead_to_cards,
    make_map,
    make_pairs,
)
from discussion.debate.threads.queries.pacing import pace_of, why_closed
from discussion.debate.threads.queries.sentences import basis, crossings, leading_sentence
from discussion.debate.threads.queries.sequence import FIRST_CARDS, GISTS_OF_THREAD, SOME_CARDS
from discussion.debate.threads.queries.shapes import Stop, ThemeLink, ThreadPage
from discussion.debate.threads.words import DATED, FOUND_STAGES, GROUPINGS, ORDERS, PAGE_SIZE, TRACK
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.queries.joining import find_joining
from discussion.vocabulary import of_series


def thread_page(
    session: Session,
    viewer: Viewer | None,
    slug: str,
    *,
    group: str = "",
    filters: Mapping[str, str] | None = None,
    after: str = "",
    is_full: bool = False,
) -> ThreadPage | None:
    """The thread as the viewer may see it, or None; `after` is the id of the last card read.

    `is_full` asks for every card with its reasoning, as for print.

    The map, the pairs and the filters are about all positions; a page shows forty of their cards,
    and of a longer thread reads no more than the gist of the others.
    """
    thread = find_thread_to_show(session, viewer, slug)
    if thread is None:
        return None
    vocabulary = of_series(thread.series.slug)
    chosen = choose(slug, group, filters or {}, vocabulary, is_full=is_full)
    first = list_cards(session, viewer, FIRST_CARDS, thread_id=thread.id)
    gists = list_gists(session, thread, GISTS_OF_THREAD) if len(first) > PAGE_SIZE else []
    cards: Sequence[Standing] = gists or first
    beside = read_beside(session, viewer, thread, cards)
    published = [card for card in cards if card.state == "published"]
    on_map = make_map(published, thread.scales)
    cells = cells_of(published, thread.scales)
    kept = keep_chosen(cards, chosen.filters, chosen.vocabulary)
    if chosen.at:
        kept = [card for card in kept if cells.get(card.id) == chosen.at]
    ids = {card.id for card in kept}
    titled = (
        put_in_order([gist for gist in gists if gist.id in ids], chosen.group)
        if chosen.group in ORDERS and gists
        else make_groups(
            kept,
            chosen.group if chosen.group in GROUPINGS else "",
            scale=on_map.up or on_map.across,
            families=_families(session, thread) if chosen.group == "role" else {},
            headings=beside.headings,
            vocabulary=chosen.vocabulary,
        )
    )
    cut, is_more = _cut(titled, after)
    on_page = _as_cards(session, viewer, cut, first)
    on_map = cluster(on_map, published, cells, chosen)
    on_map = lead_to_cards(on_map, {card.id for _title, card in on_page})
    round, found = LED_TO()(session, viewer, thread)
    is_earlier = found is not None and found.cycle < thread.cycle
    next_url = chosen.url(after=on_page[-1][1].id) if is_more else ""
    series, is_closed = thread.series, thread.stage == "closed"
    may_curate = allowed(viewer, May.CURATE_THREAD, thread)
    is_concluded = is_closed and bool(thread.outcome)
    return ThreadPage(
        id=thread.public_id,
        slug=thread.slug,
        url=paths.thread(thread.slug),
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        question=thread.question,
        language=thread.language,
        context=text.stored(thread.context_html),
        themes=tuple(
            ThemeLink(theme.slug, theme.question, paths.theme(series.slug, theme.slug))
            for theme in thread.themes
        ),
        levels=tuple(thread.levels),
        attribution=thread.attribution,
        use_of_result=thread.use_of_result,
        stage=thread.stage,
        stops=stops_of(thread),
        cycle=thread.cycle,
        outcome=text.stored(thread.outcome_html if is_closed else ""),
        review_on=thread.review_on if is_closed else None,
        groups=as_groups(on_page, is_moderators=not chosen.group),
        next_url=next_url,
        is_full=is_full,
        full_url=chosen.url(full="" if is_full else "1").removesuffix(ANCHOR),
        position_count=len(published),
        shown_count=sum(card.state == "published" for card in kept),
        finding=found if thread.stage in FOUND_STAGES and not is_earlier else None,
        findings_url=found.url if found else "",
        said=thread.summary or leading_sentence(published),
        is_said_by_moderators=bool(thread.summary),
        basis=basis(published),
        crossings=crossings(published, on_map),
        map=on_map,
        pairs=make_pairs(published, on_map),
        group_by=chosen.group,
        groupings=list_groupings(
            chosen, has_scale=(on_map.up or on_map.across) is not None, is_long=bool(gists)
        ),
        contents=list_contents(titled, chosen) if len(titled) > PAGE_SIZE else (),
        anywhere_url=chosen.url(at="") if chosen.at else "",
        filters=list_filters(cards, chosen),
        joining=find_joining(session, viewer, series, paths.thread(thread.slug), clock.now()),
        can_write=_may_write(session, viewer, thread),
        write_url=paths.write(thread.slug),
        behalf_url=paths.write_on_behalf(thread.slug)
        if allowed(viewer, May.ENTER_ON_BEHALF, thread)
        else "",
        own_url=paths.position(beside.own_id) if beside.own_id else "",
        can_curate=may_curate,
        summary_url=paths.summarise(thread.slug) if may_curate else "",
        briefing_url=BRIEFED()(session, viewer, thread) if is_closed else "",
        pdf_url=paths.outcome_sheet(thread.slug, "pdf") if is_concluded else "",
        csv_url=paths.outcome_sheet(thread.slug, "csv") if is_concluded else "",
        compose_url=paths.begin_briefing(series.slug) if may_curate and is_closed else "",
        ladder_url=paths.ladder(thread.slug),
        curate_url=paths.curate_thread(thread.slug),
        history_url=paths.thread_history(thread.slug),
        is_carried=allowed(None, May.EMBED, thread),
        notes=beside.notes,
        related=beside.related,
        essays=beside.essays,
        earlier=tuple(list_earlier(session, viewer, thread)),
        summary=beside.summary,
        pace=pace_of(session, thread),
        round=round,
    )


def stops_of(thread: Thread) -> tuple[Stop, ...]:
    """The stage track; a stage that was never dated and not yet reached has no date.

    One that lies behind has the day on which it was entered, or was skipped.
    """
    today = clock.today()
    now = TRACK.index(thread.stage) if thread.stage in TRACK else -1
    stops = []
    for place, stage in enumerate(TRACK):
        state = "past" if place < now else "now" if place == now else "ahead"
        on: date | None = getattr(thread, DATED[stage])
        if state == "past" and on is None:
            state = "skipped"
        if state == "ahead" and thread.series.status in facts.OVER_STATUSES:
            on = None  # nothing moves there any more
        stops.append(Stop(stage, state, on, is_late=state == "ahead" and bool(on and on < today)))
    return tuple(stops)


def _families(session: Session, thread: Thread) -> dict[str, str]:
    """Role families by position, never finer than the byline; none under Chatham House."""
    rows = session.execute(
        select(Position.public_id, Position.attribution, Position.label_role, Position.label_step)
        .where(Position.thread_id == thread.id)
        .where(Position.state.in_(facts.TEXT_STATES))
    )
    known = of_series(thread.series.slug)
    return {
        public_id: str(known.families[known.family_of(role)].label)
        for public_id, attribution, role, step in rows
        if role in known.roles
        and (attribution == "named" or (attribution == "role" and step < CONTRIBUTOR_STEP))
    }


def _as_cards(
    session: Session,
    viewer: Viewer | None,
    cut: Sequence[tuple[str, Standing]],
    first: Sequence[Card],
) -> list[tuple[str, Card]]:
    """The cards of one page; the first of a thread have been read already."""
    ids = [one.id for _title, one in cut]
    known = {card.id: card for card in first}
    if any(id not in known for id in ids):
        known = {card.id: card for card in list_cards(session, viewer, SOME_CARDS, public_ids=ids)}
    return [(title, known[one.id]) for title, one in cut if one.id in known]


def _cut(
    titled: Sequence[tuple[str, Standing]], after: str
) -> tuple[list[tuple[str, Standing]], bool]:
    """The next forty after a card; from the beginning if that card is not there."""
    ids = [card.id for _title, card in titled]
    start = ids.index(after) + 1 if after in ids else 0
    return list(titled[start : start + PAGE_SIZE]), start + PAGE_SIZE < len(titled)


def _may_write(session: Session, viewer: Viewer | None, thread: Thread) -> bool:
    """A visitor is invited to write, and signs in on the way."""
    is_invited = viewer is None and facts.takes_positions(None, thread)
    may_write = allowed(viewer, May.POST, thread) or (
        is_invited and facts.is_open_series(None, thread)
    )
    person_id = viewer.person_id if viewer else None
    return may_write and not why_closed(session, person_id, thread)
