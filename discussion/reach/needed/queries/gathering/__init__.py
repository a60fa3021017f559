"""Gathering what would have to be known, reason by reason; and finding it again by its key."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.reach.needed.queries.gathering import evidence, findings, minds, said, values
from discussion.reach.needed.queries.gathering.asking import Asked
from discussion.reach.needed.shapes import Lead
from discussion.series.series.models import Series

Total = int
List = Callable[[Asked, int, int], tuple[Total, list[Lead]]]
Find = Callable[[Asked, Collection[str]], list[Lead]]


@dataclass(frozen=True)
class Source:
    """How one reason is gathered (how many to skip, at most so many), and found by subject."""

    list: List
    find: Find


SOURCES: dict[str, Source] = {
    "crux": Source(findings.list_cruxes, findings.find_facts),
    "unknown": Source(findings.list_unknown, findings.find_unknown),
    "study": Source(evidence.list_studies, evidence.find_studies),
    "mind": Source(minds.list_minds, minds.find_minds),
    "value": Source(values.list_values, values.find_values),
    "uncited": Source(evidence.list_uncited, evidence.find_uncited),
    "superseded": Source(evidence.list_superseded, evidence.find_superseded),
    "principle": Source(minds.list_principles, minds.find_principles),
    "said": Source(said.list_none, said.find_said),
}


def gather(asked: Asked, reason: str, skip: int, limit: int) -> tuple[Total, list[Lead]]:
    """How many there are for this reason, and some of them."""
    return SOURCES[reason].list(asked, skip, limit)


def find_leads(
    session: Session, viewer: Viewer | None, series: Series, keys: Iterable[str]
) -> dict[str, Lead]:
    """Key → what it leads to, of those that every reader of the series may read now."""
    return find_asked(Asked(session, viewer, series), keys)


def find_asked(asked: Asked, keys: Iterable[str]) -> dict[str, Lead]:
    """The same, from what was read for the page already."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        reason, _slash, subject = key.partition("/")
        wanted[reason].add(subject)
    found = (
        lead
        for reason, subjects in wanted.items()
        if reason in SOURCES
        for lead in SOURCES[reason].find(asked, subjects)
    )
    return {lead.key: lead for lead in found}
