"""How soon somebody wants to hear of what."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.mail.kinds import KINDS, Kind
from discussion.reach.notices.models import NoticeChoice, NoticeHours
from discussion.reach.notices.queries.times import Hours, hours_of

Chosen = Mapping[str, str]  # kind → rhythm


def find_choices(session: Session, person_ids: Collection[int]) -> dict[int, Chosen]:
    """Of many people at once: what each chose where it is not as usual."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = session.execute(
        select(NoticeChoice.person_id, NoticeChoice.kind, NoticeChoice.rhythm).where(
            NoticeChoice.person_id.in_(person_ids)
        )
    )
    for person_id, kind, rhythm in rows:
        found[person_id][kind] = rhythm
    return dict(found)


def rhythms_of(chosen: Chosen | None) -> dict[str, str]:
    """Kind → rhythm, of every kind that there is."""
    return {kind.name: rhythm_in(kind, chosen or {}) for kind in KINDS}


def rhythm_in(kind: Kind, chosen: Chosen) -> str:
    """What was chosen, as long as it can be."""
    rhythm = chosen.get(kind.name, kind.usual)
    return rhythm if rhythm in kind.rhythms else kind.usual


def rhythm_of(session: Session, person_id: int, kind: Kind) -> str:
    return rhythm_in(kind, find_choices(session, [person_id]).get(person_id, {}))


def find_hours(session: Session, person_ids: Collection[int]) -> dict[int, Hours]:
    """Of many people at once; who is not in it, at any hour of the site's zone."""
    rows = session.scalars(select(NoticeHours).where(NoticeHours.person_id.in_(person_ids)))
    return {row.person_id: hours_of(row) for row in rows}


def hours_for(session: Session, person_id: int) -> Hours:
    return find_hours(session, [person_id]).get(person_id, Hours())
