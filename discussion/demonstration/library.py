"""The library of the demonstration."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from discussion.debate.evidence.drafts import ItemDraft
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import add_item
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.records import read
from discussion.series.series.models import Series
from discussion.vocabulary.education import EDUCATION


def add_library(
    session: Session,
    series: Series,
    content: Iterable[Mapping[str, Any]],
    curator: Person,
    now: datetime,
) -> dict[str, EvidenceItem]:
    """Every item, by the key that the content files use."""
    actor = viewer_of(session, curator, now)
    made: dict[str, EvidenceItem] = {}
    successors = {}
    for entry in content:
        made[entry["key"]] = add_item(session, actor, series, _draft(entry), now=now)
        made[entry["key"]].is_listed = True
        if entry.get("superseded_by"):
            successors[entry["key"]] = entry["superseded_by"]
    for key, successor in successors.items():
        made[key].status = "superseded"
        made[key].superseded_by = made[successor]
        made[key].status_note = "A later version reports a different figure."
    session.flush()
    return made


def _draft(entry: Mapping[str, Any]) -> ItemDraft:
    given = {name: value for name, value in entry.items() if value != ""}
    given["authors"] = tuple(entry.get("authors", ()))
    given.pop("status", None)
    strength = entry.get("strength") or {}
    given |= {
        f"strength_{name.removeprefix('assigned_')}": value for name, value in strength.items()
    }
    if EDUCATION.needs_consent(entry["kind"]):
        given |= {"consent": "anonymous", "no_pupil_confirmed": True}
    if not given.get("url") and not given.get("doi"):
        given["citation"] = _citation(entry)
    return read(ItemDraft, given)


def _citation(entry: Mapping[str, Any]) -> str:
    """The publication in words, for an item without an address."""
    parts = (
        "; ".join(entry.get("authors", ())),
        entry["title"],
        entry.get("publisher", ""),
        str(entry.get("year", "")),
    )
    return ". ".join(part for part in parts if part)[:600]
