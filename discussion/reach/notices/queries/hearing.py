"""The page on which somebody says how they hear."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.mail.kinds import KINDS, RHYTHMS, Kind
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.reach.notices.models import NoticeHours
from discussion.reach.notices.queries.choices import Chosen, find_choices, rhythm_in
from discussion.reach.notices.shapes import HearPage, KindChoice, Rhythm
from discussion.reach.notices.words import ZONES


def hear_page(session: Session, viewer: Viewer, typed: Mapping[str, str]) -> HearPage:
    """What the viewer chose, kind by kind; what was typed just now goes before."""
    chosen = find_choices(session, [viewer.person_id]).get(viewer.person_id, {})
    chosen = {**chosen, **typed}
    roles = {own.role for own in viewer.belongings.values()}
    person = session.get_one(Person, viewer.person_id)
    return HearPage(
        kinds=tuple(_choice(kind, chosen) for kind in KINDS if is_for(kind, roles)),
        zone=clock.zone().key,
        zones=ZONES,
        email=person.email or "",
        is_confirmed=viewer.is_confirmed,
        send_url=paths.hear(),
    )


def find_own_hours(session: Session, viewer: Viewer) -> NoticeHours | None:
    """When the viewer wants letters, where they said it."""
    return session.get(NoticeHours, viewer.person_id)


def is_for(kind: Kind, roles: set[str]) -> bool:
    """Whether there are letters of this kind for who has these roles somewhere."""
    return {
        "": True,
        "moderators": bool(roles & {"moderator", "convener"}),
        "conveners": "convener" in roles,
    }[kind.only_for]


def _choice(kind: Kind, chosen: Chosen) -> KindChoice:
    now = rhythm_in(kind, chosen)
    return KindChoice(
        kind.name,
        kind.says,
        tuple(
            Rhythm(value, words, value == now) if value in kind.rhythms else None
            for value, words in RHYTHMS.items()
        ),
    )
