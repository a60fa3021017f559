"""series_head: what has to be known before a page of a series can be taken from what is kept."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.mutes.models import Mute
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.head import is_invited_to
from discussion.permissions.facts import Viewer
from discussion.permissions.kinds import NOBODY
from discussion.permissions.menus import COLUMNS, as_menu, menu_of
from discussion.series.series.models import Series
from discussion.states.queries import state_of
from discussion.states.shapes import Head


def series_head(
    session: Session, viewer: Viewer | None, slug: str, *, tells_replies: bool = False
) -> Head | None:
    """Of the series at this address, in one statement; None where there is none. Asks no right.

    `tells_replies`: whether the page shows anything of responses. The reader's own are threads that
    they proposed, items that they added, and whom they muted.
    """
    person_id = NOBODY if viewer is None else viewer.person_id
    row = session.execute(_asked(tells_replies), {"slug": slug, "person": person_id}).first()
    if row is None:
        return None
    series_id, is_own, is_passing, *more = row
    menu, states = more[:COLUMNS], more[COLUMNS:]
    often = (states.pop(),) if tells_replies else ()
    return Head(
        series_id,
        tuple(states),
        bool(is_own),
        bool(is_passing),
        menu=as_menu(*menu),
        often=often,
    )


@cache
def _asked(tells_replies: bool) -> Select[Any]:
    series, threads = Series.__table__.c, Thread.__table__.c
    items, mutes = EvidenceItem.__table__.c, Mute.__table__.c
    person = bindparam("person", type_=series.id.type)
    own = or_(
        exists().where(threads.proposed_by_id == person).where(threads.series_id == series.id),
        exists().where(items.added_by_id == person).where(items.series_id == series.id),
        exists().where(mutes.person_id == person),
    )
    return select(
        series.id,
        own,
        is_invited_to(series.id),
        *menu_of(series.id),
        state_of("site"),
        state_of("series", series.id),
        state_of("within", series.id),
        state_of("person", person),
        *([state_of("replies", series.id)] if tells_replies else []),
    ).where(series.slug == bindparam("slug"))
