"""Where everything that waits comes from: one module a kind.

Such a module has

* `list_bare(session, series_ids, now) -> list[Bare]`: everything, as plain columns;
* `describe(session, viewer, bares, now) -> dict[str, Described]`: one page of it, by Bare.id;
* `tally(series_ids, now) -> Select`, if it can: how many, and since when the oldest waits, as one
  statement of two columns, for the count on every page.

A module may hold several kinds. They are imported on first use: rooms know the desk, so the desk
cannot know them from the start.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from discussion.decisions.shapes import Bare, Described
from discussion.permissions.facts import Viewer

OWN = "discussion.oversight.moderation.queries.waiting"
SOURCES = {
    "positions": f"{OWN}.positions",
    "responses": f"{OWN}.responses",
    "threads": f"{OWN}.threads",
    "values": f"{OWN}.values",
    "reports": "discussion.oversight.reports.queries.waiting",
    "appeals": "discussion.oversight.appeals.queries.waiting",
    "evidence": "discussion.debate.evidence.queries.waiting",
    "links": "discussion.debate.evidence.queries.waiting",
    "stages": "discussion.debate.threads.queries.waiting",
    "reviews": "discussion.debate.threads.queries.waiting",
}


def list_everything(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    """All that waits in these series, in no order."""
    if not series_ids:
        return []
    return [bare for module in _modules() for bare in module.list_bare(session, series_ids, now)]


def describe_lines(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[tuple[str, str], Described]:
    """The words of these lines, by kind and id; a line that is decided meanwhile has none."""
    by_kind: dict[str, list[Bare]] = {}
    for bare in bares:
        by_kind.setdefault(bare.kind, []).append(bare)
    return {
        (kind, id): said
        for kind, own in by_kind.items()
        for id, said in import_module(SOURCES[kind]).describe(session, viewer, own, now).items()
    }


def tally_everything(
    session: Session, series_ids: Sequence[int], now: datetime
) -> tuple[int, datetime | None]:
    """How many items wait, and since when the oldest does."""
    if not series_ids:
        return 0, None
    asked: list[Any] = []
    found: list[tuple[int, datetime | None]] = []
    for module in _modules():
        if hasattr(module, "tally"):
            asked.append(module.tally(series_ids, now))
        else:
            bares = module.list_bare(session, series_ids, now)
            found.append((len(bares), min((bare.since for bare in bares), default=None)))
    found += [(count, since) for count, since in session.execute(union_all(*asked))]
    return sum(count for count, _since in found), min((at for _n, at in found if at), default=None)


@cache
def _modules() -> tuple[Any, ...]:
    return tuple(import_module(name) for name in dict.fromkeys(SOURCES.values()))
