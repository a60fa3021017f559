"""Telling the authors who rely on an item that they should look at it again."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.citing import list_people_citing
from discussion.mail.queue import promise_mail


def tell_citing(
    session: Session, item: EvidenceItem, about: str, now: datetime, *, but: int = 0
) -> int:
    """Promise each of them one letter: about the item's status, or that its link is dead or moved.

    Asks no right: it is called by operations that did. Returns how many are written to.
    """
    promised = [
        promise_mail(
            session,
            template="evidence/look",
            person_id=person_id,
            ids={"item": item.id, "about": about},
            once_key=f"evidence-look-{item.id}-{about}-{person_id}",
            now=now,
        )
        for person_id in list_people_citing(session, item)
        if person_id != but
    ]
    return sum(job is not None for job in promised)
