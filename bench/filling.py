"""A thread of twenty positions as people write them, and findings of five thousand raters."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench.weighed import RATER_SECRET, fill_weighed
from discussion import clock, text
from discussion.db import transaction
from discussion.debate.positions.models import EvidenceLink
from discussion.debate.tallies.operations import tally_changed
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.sessions import begin_session
from discussion.series.series.models import Series
from discussion.weighing.findings.operations import compute_findings
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
)

POSITIONS = 20
RATERS = 5_000
CLAIM = (
    "Every pupil should have two hours of enrichment inside the school day, paid for by the trust "
    "and chosen by the pupil, because what is optional goes to those who already have it ({n})."
)
WHY = (
    "What is offered after the last bell is taken up by those who can be fetched at five.\n\n"
    "When we moved clubs into the timetable, take-up among pupils on free school meals rose from "
    "a third to **nearly all**, and nobody had to ask for it. It cost one period a fortnight, and "
    "two heads of department said that they would miss it; a year later neither asked for it back."
    "\n\n- It is fair without anybody being named.\n- It survives a change of staff.\n\n"
    "The objection that I take most seriously is that a timetable crowds out what makes a club a "
    "club: that it is chosen. We kept the choice of *which*, and gave up the choice of *whether*."
)
WARRANT = (
    "It follows the same pupils for three years, and the gap closes only where it was in hours."
)
VALUES = (("equality", "priority", "liberty"), ("agency", "excellence", "community"))


def fill_site(session: Session, **changes: Any) -> dict[str, str]:
    """The rows; returns the addresses to ask for, and who may sign in."""
    series = make_series(session, **changes)
    thread = fill_thread(session, series)
    first = thread.positions[0]
    reader: Person = make_member(session, series)
    weighed = fill_weighed(session, series, RATERS, reader)
    compute_findings(session, weighed.id, "round_closed", secret=RATER_SECRET, now=NOW)
    session.flush()
    return {
        "thread": f"/threads/{thread.slug}",
        "series": f"/series/{series.slug}",
        "theme": f"/series/{series.slug}/themes/{series.themes[0].slug}",
        "position": f"/positions/{first.public_id}",
        "library": f"/evidence/{series.slug}",
        "findings": f"/findings/{weighed.slug}",
        "reader": begin_session(session, reader, device="bench", now=clock.now())[1],
    }


def tally(engine: Engine) -> None:
    """What the worker counts within minutes of a change."""
    is_changed = True
    while is_changed:
        with transaction(engine) as session:
            is_changed = bool(tally_changed(session))


def fill_thread(session: Session, series: Series) -> Thread:
    """Twenty positions, each with two values, one outweighed, two sources, its reasoning."""
    known = [value.slug for value in series.values]
    thread = make_thread(session, series, context="Who should pay?",
                         context_html="<p>Who should pay?</p>")  # fmt: skip
    items = [make_item(session, series) for _ in range(12)]
    html = str(text.render(WHY))
    for n in range(POSITIONS):
        served = (known[n % len(known)], known[(n + 5) % len(known)])
        position = make_position(
            session,
            thread,
            revision={"claim": CLAIM.format(n=n), "reasoning": WHY, "reasoning_html": html,
                      "objection": WARRANT, "change_mind_text": "A trial that found nothing.",
                      "placements": {"requirement": n / 20, "who-decides": (n * 7 % 20) / 20}},
            served=served,
            outweighed=(known[(n + 9) % len(known)],),
            item=items[n % 12],
        )  # fmt: skip
        session.add(EvidenceLink(revision=position.revisions[0], item=items[(n + 1) % 12], order=1,
                                 stance="qualifies", warrant=WARRANT))  # fmt: skip
        if n % 2:
            make_response(session, position)
    return thread
