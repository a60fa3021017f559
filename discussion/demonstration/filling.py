"""fill(): the whole demonstration, written through the site's own operations."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.demonstration.answers import list_raters
from discussion.demonstration.arranging import add_arrangement
from discussion.demonstration.briefings import add_briefing, add_essays
from discussion.demonstration.desk import add_desk
from discussion.demonstration.files import names, read, read_text
from discussion.demonstration.library import add_library
from discussion.demonstration.lines import let_lines
from discussion.demonstration.needed import add_needed
from discussion.demonstration.people import add_people, add_silent_members, add_staff
from discussion.demonstration.practice import add_practice
from discussion.demonstration.records import add_records
from discussion.demonstration.regrouping import add_merged
from discussion.demonstration.reports import add_reports
from discussion.demonstration.sanctions import add_sanctions
from discussion.demonstration.threads import add_thread, close_weighed
from discussion.demonstration.upkeep import add_upkeep
from discussion.demonstration.weighing import Raters, add_findings, add_weighing
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.reach.packages.operations import set_terms
from discussion.reach.packages.words import COUNTS
from discussion.series.series.exchange import load_series
from discussion.series.series.models import Series
from discussion.weighing.practice.operations.editions import renew_edition

PASSWORD = "reasons beneath the road"  # noqa: S105  # printed for everybody to use
SIGN_INS = (
    ("Contributor", "contributor@example.org", PASSWORD),
    ("Moderator", "moderator@example.org", PASSWORD),
    ("Convener", "convener@example.org", PASSWORD),
)
THREADS, ROUNDS = "threads", "rounds"
LICENCE = "CC-BY-4.0"


def count_steps() -> int:
    """How many steps `fill` tells of."""
    return 2 * len(names(THREADS)) + len(names(ROUNDS)) + 4


def fill(
    session: Session,
    now: datetime,
    *,
    secret: str,
    site_url: str = "",
    tell: Callable[[int], None] = lambda _more: None,
) -> Series:
    """Fill an empty site; a second call changes nothing. `secret` keys private ratings, and
    `site_url` stands before the addresses that a briefing prints.
    """
    present = session.scalar(select(Series).where(Series.is_demonstration.is_(True)))
    if present is not None:
        return present
    staff = add_staff(session, {email: password for _role, email, password in SIGN_INS}, now)
    series = load_series(session, staff.convener, read_text("series.toml"), now)
    series.is_demonstration = True
    staff.join(session, series, now)
    series.status = "open"
    weighed = _read_all(ROUNDS)
    people = add_people(
        session, series, [*read("people.toml")["people"], *read("people-b.toml")["people"]], now
    )
    people |= add_people(session, series, list_raters(weighed), now, is_silent=True)
    add_silent_members(session, series, people.values(), now)
    items = add_library(
        session,
        series,
        [*read("library.toml")["items"], *read("library-b.toml")["items"]],
        staff.convener,  # so that the moderator, who did not add them, says how they stand
        now,
    )
    add_upkeep(session, series, staff.convener, now)
    tell(2)
    rated = {content["thread"] for content in weighed}
    threads = _read_all(THREADS)
    for content in threads:
        add_thread(
            session,
            series,
            content,
            people=people,
            items=items,
            staff=staff,
            now=now,
            is_weighed=content["thread"]["slug"] in rated,
        )
        tell(2)
    add_merged(session, series, people=people, items=items, staff=staff, now=now)
    raters = Raters({**people, "contributor": staff.contributor}, staff, secret)
    rounds = []
    for content in weighed:
        rounds.append(add_weighing(session, content, raters, now))
        let_lines(session, rounds[-1], content, staff, secret)
        tell(1)
    for content in threads:
        close_weighed(session, content, staff)
    add_arrangement(session, staff, now)
    add_reports(session, series, people, staff, now)
    add_desk(session, series, staff, now)
    add_sanctions(session, people, staff, now)
    add_records(session, staff, now)
    tell(1)
    for round in rounds:  # of everything that the positions say by now
        add_findings(session, round, raters)
    session.flush()
    add_needed(session, series, items, staff, now)
    add_practice(session, series, staff, now, secret=secret)
    renew_edition(session, series, site_url=site_url, now=now - timedelta(days=9))
    convener = viewer_of(session, staff.convener, now)
    set_terms(session, convener, series, licence=LICENCE, ratings=COUNTS, now=now)
    add_briefing(session, items, staff, now, site_url=site_url)
    add_essays(session, series, staff, now, site_url=site_url)
    tell(1)
    return series


def _read_all(folder: str) -> list[dict[str, Any]]:
    """Every content file of a folder, in order of their names."""
    return [read(f"{folder}/{name}") for name in names(folder)]
