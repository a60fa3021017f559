"""findings_head: what has to be known before findings can be taken from what is kept."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.head import thread_states
from discussion.permissions.facts import Viewer
from discussion.permissions.kinds import NOBODY
from discussion.permissions.menus import as_menu, menu_of
from discussion.states.shapes import Head
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round


def findings_head(
    session: Session, viewer: Viewer | None, slug: str, *, secret: str
) -> Head | None:
    """Of the findings of the thread at this address; None where there is none. Asks no right.

    While a round is open, or findings are still to come, the page tells how many have answered,
    which no state counts; whoever rated reads their own answers on it. Neither is kept.
    """
    person_id = NOBODY if viewer is None else viewer.person_id
    row = session.execute(_asked(), {"slug": slug, "person": person_id}).first()
    if row is None:
        return None
    thread_id, series_id, is_passing, found, published, asked, *states = row
    is_passing = is_passing or _has_rated(session, viewer, thread_id, secret)
    menu = as_menu(found, published, asked)
    return Head(series_id, tuple(states), is_passing=bool(is_passing), menu=menu)


def _has_rated(session: Session, viewer: Viewer | None, thread_id: int, secret: str) -> bool:
    """Whether the viewer rated in any of its rounds; found by their keys, which the site makes."""
    if viewer is None:
        return False
    rounds = session.execute(select(Round.id, Round.public_id).where(Round.thread_id == thread_id))
    return any(
        session.scalar(
            select(Rating.id)
            .where(Rating.round_id == id)
            .where(Rating.rater_key == rater_key(secret, public_id, viewer.public_id))
            .limit(1)
        )
        for id, public_id in rounds.all()
    )


@cache
def _asked() -> Select[Any]:
    threads, rounds = Thread.__table__.c, Round.__table__.c
    snapshots = FindingSnapshot.__table__.c
    is_open = exists().where(rounds.thread_id == threads.id).where(rounds.state == "open")
    is_found = exists().where(snapshots.thread_id == threads.id)
    return select(
        threads.id,
        threads.series_id,
        is_open | ~is_found | (threads.proposed_by_id == bindparam("person")),
        *menu_of(threads.series_id),
        *thread_states(threads.id, threads.series_id),
    ).where(threads.slug == bindparam("slug"))
