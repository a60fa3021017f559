"""What somebody follows or mutes, with what is new; and what is new since they were last here."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.language import _, in_words
from discussion.permissions.facts import Viewer
from discussion.reach.notices.models import Follow
from discussion.reach.notices.queries.followable import Followed, Window, followable
from discussion.reach.notices.queries.following import OURS
from discussion.reach.notices.shapes import FollowPage, FollowRow, Since

ONE_VISIT = timedelta(minutes=30)  # what follows within it is the same visit
Of = tuple[str, str]  # what, and the subject
Visited = tuple[datetime | None, datetime | None]  # last, and the time before

# What a page can be followed as, by its endpoint and what its address names.
_PAGES: Mapping[str, tuple[str, str]] = {
    "overview.page": ("series", "{slug}"),
    "overview.theme": ("theme", "{slug}/{theme}"),
    "threads.page": ("thread", "{slug}"),
    "positions.page": ("position", "{public_id}"),
    "values.value": ("value", "{slug}/{value}"),
    "evidence.item": ("item", "{public_id}"),
    "needed.question": ("question", "{slug}/{question}"),
}


def of_page(endpoint: str, named: Mapping[str, str]) -> Of | None:
    """What a page can be followed as; None where it cannot."""
    found = _PAGES.get(endpoint)
    return (found[0], found[1].format(**named)) if found else None


def find_followed(session: Session, viewer: Viewer, what: str, subject: str) -> Followed | None:
    kind = followable(what)
    return kind.find(session, viewer, subject) if kind else None


def follow_page(session: Session, viewer: Viewer, what: str, subject: str) -> FollowPage | None:
    """Whether the viewer follows it, and the buttons; None where it may not be followed."""
    kind = followable(what)
    found = find_followed(session, viewer, what, subject)
    if kind is None or found is None:
        return None
    row = session.scalar(
        select(Follow)
        .where(Follow.person_id == viewer.person_id)
        .where(Follow.what == what, Follow.subject == subject)
    )
    return FollowPage(
        what=what,
        subject=subject,
        words=kind.words,
        says=kind.says,
        title=found.title,
        url=found.url,
        state="" if row is None else "muted" if row.is_muted else "followed",
        can_mute=kind.is_place,
        send_url=paths.follow(),
        notices_url=paths.notices(),
    )


def list_follows(session: Session, viewer: Viewer, now: datetime) -> tuple[FollowRow, ...]:
    """All that the viewer follows or mutes and may read, with what is in no letter yet."""
    rows = session.scalars(
        select(Follow).where(Follow.person_id == viewer.person_id).order_by(Follow.id)
    )
    found = []
    for row in rows:
        kind = followable(row.what)
        shown = kind.find(session, viewer, row.subject) if kind else None
        if kind is None or shown is None:
            continue
        window = Window(row.told_until, now)
        found.append(
            FollowRow(
                what=row.what,
                subject=row.subject,
                words=kind.words,
                title=shown.title,
                url=shown.url,
                is_muted=row.is_muted,
                news=() if row.is_muted else kind.news(session, viewer, row.subject, window),
                since=in_words(clock.day(row.told_until)),
            )
        )
    return tuple(found)


def since_last(
    of: Of, visited: Visited, now: datetime, find: Callable[[Window], tuple[str, ...]]
) -> Since:
    """How a page can be followed; of a series and a thread also what is new since the last visit.

    `visited`: when its reader was last there, and the time before; `find` says what is new.
    """
    kind = next(one for one in OURS if one.name == of[0])
    url = paths.follow(what=of[0], subject=of[1])
    if not kind.is_place:
        return Since(kind.says, url, "", "", False)
    at, earlier = visited
    is_same = at is not None and now - at < ONE_VISIT
    before = earlier if is_same else at
    said = find(Window(before, now)) if before is not None else ()
    news = _(
        "New since you were here on %(day)s: %(news)s",
        day=in_words(clock.day(before)),
        news=" ".join(said),
    ) if before is not None and said else ""  # fmt: skip
    return Since(kind.says, url, news, of[1], not is_same)


def find_new(session: Session, viewer: Viewer, of: Of, window: Window) -> tuple[str, ...]:
    """What is new there, in sentences."""
    kind = followable(of[0])
    return kind.news(session, viewer, of[1], window) if kind else ()


def muted_of(session: Session, person_ids: set[int]) -> set[tuple[int, str, str]]:
    """Of many people: whom, what and which they mute."""
    rows = session.execute(
        select(Follow.person_id, Follow.what, Follow.subject).where(
            Follow.person_id.in_(person_ids), Follow.is_muted.is_(True)
        )
    )
    return {(person, what, subject) for person, what, subject in rows}
