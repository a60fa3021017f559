"""The pages on which moderators make questions of what was gathered."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.evidence.models import EvidenceItem
from discussion.permissions.facts import Viewer
from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.asking import asking_of, lookers_of
from discussion.reach.needed.queries.finding import Leads, list_pending, list_standing, read_leads
from discussion.reach.needed.queries.gathering.asking import Asked
from discussion.reach.needed.queries.page import list_gathered
from discussion.reach.needed.shapes import Asking, CuratePage, EditPage, Lead, Row, Waiting
from discussion.reach.needed.words import ASKED, MISSED, ON_A_PAGE, REASONS
from discussion.series.series.models import Series
from discussion.vocabulary import of_series

LISTED = 300  # items of the library that a list can hold
IN_A_LIST = 90  # letters


def curate_page(
    session: Session, viewer: Viewer, series: Series, *, why: str = "", number: int = 1
) -> CuratePage:
    """All that stands, also what nobody else reads any more; what waits; what can be picked."""
    rows = list_standing(session, series)
    leads = read_leads(session, viewer, series, rows)
    askings = [asking_of(row, leads, viewer) for row in rows]
    by_id = {one.id: one for one in askings}
    taken = frozenset(lead.key for one in askings for lead in one.origins)
    why = why if why in REASONS else ""
    gathered = list_gathered(Asked(session, viewer, series, taken), why=why, number=number)
    here = paths.curate_needed(series.slug)
    has_more = bool(why) and gathered[why].total > number * ON_A_PAGE
    return CuratePage(
        series_slug=series.slug,
        series_title=series.title,
        needed_url=paths.needed(series.slug),
        action_url=here,
        barriers=_rows(series, [one for one in askings if one.kind == "barrier"]),
        questions=_rows(series, [one for one in askings if one.kind == "question"]),
        pending=tuple(
            Waiting(
                lookers_of([one])[0],
                by_id[one.question.public_id],
                f"{paths.edit_needed(series.slug, one.question.public_id)}/lookings/"
                f"{one.public_id}",
            )
            for one in list_pending(session, series)
            if one.question.public_id in by_id
        ),
        gathered=tuple(
            gathered[one] for one in (*ASKED, *MISSED) if one in gathered and gathered[one].total
        ),
        levels=levels_of(series),
        why=why,
        earlier_url=f"{here}?why={why}&page={number - 1}" if why and number > 1 else "",
        later_url=f"{here}?why={why}&page={number + 1}" if has_more else "",
    )


def edit_page(session: Session, viewer: Viewer, question: Question, leads: Leads) -> EditPage:
    """One question, with all that can be done with it."""
    series = question.series
    asking = asking_of(question, leads, viewer)
    here = paths.edit_needed(series.slug, question.public_id)
    others = [
        one
        for one in list_standing(session, series)
        if one.id != question.id and one.kind == question.kind
    ]
    return EditPage(
        series_slug=series.slug,
        series_title=series.title,
        curate_url=paths.curate_needed(series.slug),
        question_url=asking.url,
        edit_url=here,
        act_url=f"{here}/acts",
        asking=asking,
        live=lookers_of(one for one in question.lookings if one.state == "live"),
        others=tuple((one.public_id, one.text) for one in others),
        items=list_items(session, series),
        levels=levels_of(series),
        candidates=candidates_of(session, viewer, question, leads),
    )


def candidates_of(
    session: Session, viewer: Viewer, question: Question, leads: Leads
) -> tuple[Lead, ...]:
    """What it comes from, and what was gathered that no question was made of."""
    series = question.series
    rows = list_standing(session, series)
    every = read_leads(session, viewer, series, rows)
    gathered = list_gathered(Asked(session, viewer, series, frozenset(every)), why="", number=1)
    own = [leads[one.key] for one in question.origins if one.key in leads]
    left = [
        lead
        for reason in (*ASKED, *MISSED)
        for group in gathered[reason].groups
        for lead in group.leads
    ]
    return (*own, *left)


def list_items(session: Session, series: Series) -> tuple[tuple[str, str], ...]:
    """What may answer a question: the listed items of the library, by title."""
    rows = session.execute(
        select(EvidenceItem.public_id, EvidenceItem.title)
        .where(EvidenceItem.series_id == series.id)
        .where(EvidenceItem.is_listed.is_(True))
        .where(EvidenceItem.is_hidden.is_(False))
        .order_by(EvidenceItem.title_folded, EvidenceItem.id)
        .limit(LISTED)
    )
    return tuple((public_id, text.excerpt(title, IN_A_LIST)) for public_id, title in rows)


def find_item(session: Session, series: Series, public_id: str) -> EvidenceItem | None:
    return session.scalar(
        select(EvidenceItem)
        .where(EvidenceItem.series_id == series.id)
        .where(EvidenceItem.public_id == public_id)
        .where(EvidenceItem.is_listed.is_(True))
        .where(EvidenceItem.is_hidden.is_(False))
    )


def levels_of(series: Series) -> tuple[tuple[str, str], ...]:
    return tuple((slug, str(label)) for slug, label in of_series(series.slug).level_labels.items())


def _rows(series: Series, askings: Sequence[Asking]) -> tuple[Row, ...]:
    last = len(askings) - 1
    return tuple(
        Row(one, at == 0, at == last, f"{paths.edit_needed(series.slug, one.id)}/place")
        for at, one in enumerate(askings)
    )
