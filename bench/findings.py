"""What it takes to make a snapshot of findings: `python -m bench.findings`.

Eight statements that 500 people rated, and the same that 5,000 did: what reading their answers,
finding and keeping cost in seconds of the processor, each the median of several rounds, and how
that grows. No round remembers what chance did in the one before it. Reading a page from a snapshot
is measured beside the thread page, by `python -m bench`.
"""

import json
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from sqlalchemy.orm import Session

from bench.servers import site_app
from bench.weighed import RATER_SECRET, STATEMENTS, fill_weighed
from discussion.analysis import relabelling, resampling
from discussion.db import transaction
from discussion.debate.threads.models import Thread
from discussion.migrations import every_table
from discussion.records import dump
from discussion.web.site import site
from discussion.weighing.findings.computing.making import make
from discussion.weighing.findings.operations.computing import keep_findings
from discussion.weighing.findings.queries.due import read_due
from discussion.weighing.findings.queries.tagged import read_tags
from tests.factories import NOW, make_series

SIZES = (500, 5_000)
ROUNDS = 3
RESULTS = Path(__file__).parent / "results-findings.json"


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, and what is kept."""

    reading: float
    finding: float
    keeping: float
    bytes: int

    @property
    def all(self) -> float:
        return self.reading + self.finding + self.keeping


def main() -> None:
    found = {people: _median(_measure(people)) for people in SIZES}
    small, large = (found[people] for people in SIZES)
    print(f"\nMaking a snapshot of {len(STATEMENTS)} statements, medians of {ROUNDS} rounds\n")
    print(f"{'raters':>8}{'reading':>10}{'finding':>10}{'keeping':>10}{'in all':>10}{'kept':>12}")
    for people, one in found.items():
        print(f"{people:8,}{one.reading:9.2f}s{one.finding:9.2f}s{one.keeping:9.3f}s"
              f"{one.all:9.2f}s{one.bytes:10,} B")  # fmt: skip
    more, cost = SIZES[1] / SIZES[0], large.all / small.all
    print(f"\n{more:.0f} times as many raters cost {cost:.1f} times as much.")
    RESULTS.write_text(json.dumps({people: asdict(one) for people, one in found.items()}) + "\n")


def _measure(people: int) -> list[Cost]:
    """Every round from the rows, and the answers in nobody's cache."""
    with tempfile.TemporaryDirectory(prefix="bench-findings-") as name:
        engine = site(site_app(Path(name), is_cached=False)).engine
        every_table().create_all(engine)
        with transaction(engine) as session:
            thread_id = fill_weighed(session, make_series(session), people).id
        costs = []
        for _round in range(ROUNDS):
            _forget()
            with transaction(engine) as session:
                costs.append(_make(session, session.get_one(Thread, thread_id), people))
                session.rollback()
        engine.dispose()
    return costs


def _forget() -> None:
    """What was drawn of the same counts before."""
    for each in (*vars(relabelling).values(), *vars(resampling).values()):
        if hasattr(each, "cache_clear"):
            each.cache_clear()


def _make(session: Session, thread: Thread, people: int) -> Cost:
    began = time.process_time()
    due, tags = read_due(session, thread, RATER_SECRET), read_tags(session, thread)
    was_read = time.process_time()
    made = make(due, tags, RATER_SECRET)
    was_found = time.process_time()
    keep_findings(session, made, "round_closed", now=NOW)
    session.flush()
    was_kept = time.process_time()
    content = made[-1].content
    if content is None or content.ratings.answered != people:
        raise RuntimeError("the snapshot that was made is not of everybody")
    size = len(json.dumps(dump(content)))
    return Cost(was_read - began, was_found - was_read, was_kept - was_found, size)


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(one.reading for one in costs),
        median(one.finding for one in costs),
        median(one.keeping for one in costs),
        costs[0].bytes,
    )


if __name__ == "__main__":
    main()
