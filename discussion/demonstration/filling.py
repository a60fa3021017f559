"""fill(): the whole demonstration, written through the site's own operations."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.demonstration.arranging import add_arrangement
from discussion.demonstration.desk import add_desk
from discussion.demonstration.files import read, read_text
from discussion.demonstration.library import add_library
from discussion.demonstration.people import add_people, add_silent_members, add_staff
from discussion.demonstration.records import add_records
from discussion.demonstration.regrouping import add_merged
from discussion.demonstration.reports import add_reports
from discussion.demonstration.sanctions import add_sanctions
from discussion.demonstration.threads import add_thread
from discussion.demonstration.upkeep import add_upkeep
from discussion.series.exchange import load_series
from discussion.series.models import Series

PASSWORD = "reasons beneath the road"  # noqa: S105  # printed for everybody to use
SIGN_INS = (
    ("Contributor", "contributor@example.org", PASSWORD),
    ("Moderator", "moderator@example.org", PASSWORD),
    ("Convener", "convener@example.org", PASSWORD),
)
THREADS = "threads"


def fill(session: Session, now: datetime) -> Series:
    """Fill an empty site; a second call changes nothing."""
    present = session.scalar(select(Series).where(Series.is_demonstration.is_(True)))
    if present is not None:
        return present
    staff = add_staff(session, {email: password for _role, email, password in SIGN_INS}, now)
    series = load_series(session, staff.convener, read_text("series.toml"), now)
    series.is_demonstration = True
    staff.join(session, series, now)
    series.status = "open"
    people = add_people(session, series, [*read("people.toml")["people"],
                                          *read("people-b.toml")["people"]], now)  # fmt: skip
    add_silent_members(session, series, people.values(), now)
    items = add_library(
        session,
        series,
        [*read("library.toml")["items"], *read("library-b.toml")["items"]],
        staff.convener,  # so that the moderator, who did not add them, says how they stand
        now,
    )
    add_upkeep(session, series, staff.convener, now)
    for content in sorted_threads():
        add_thread(session, series, content, people=people, items=items, staff=staff, now=now)
    add_merged(session, series, people=people, items=items, staff=staff, now=now)
    add_arrangement(session, staff, now)
    add_reports(session, series, people, staff, now)
    add_desk(session, series, staff, now)
    add_sanctions(session, people, staff, now)
    add_records(session, staff, now)
    session.flush()
    return series


def sorted_threads() -> list[dict[str, object]]:
    from discussion.demonstration.files import names

    return [read(f"{THREADS}/{name}") for name in names(THREADS)]
