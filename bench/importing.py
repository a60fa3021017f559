"""What importing a conversation takes: `python -m bench.importing [--votes N] [--postgresql]`.

A made-up conversation becomes a closed round: what is made before the transaction, how long that
holds the write lock, and how much memory is needed beside the votes. No file is read.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from discussion.analysis.votes import gather_votes
from discussion.db import make_engine, transaction
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.polis.conversation import Conversation
from discussion.polis.reading import Comment
from discussion.weighing.rounds.models import Rating
from discussion.weighing.rounds.operations.importing import (
    ImportDraft,
    import_round,
    prepare_import,
)
from discussion.wiring.registering import register_rooms
from tests.databases import migrated_database
from tests.factories import NOW, make_member, make_series, make_thread, viewer

PER_PERSON = 50
STATEMENTS = 500
VOTES = 200_000
SECRET = "a secret that is only used in the bench"
RESULTS = Path(__file__).parent / "results-importing.json"


@dataclass(frozen=True)
class Cost:
    """Seconds, of which those under the lock also as the processor counts them; and megabytes.

    What PostgreSQL's own process took of the processor, where it runs on this machine; else 0.
    """

    votes: int
    preparing: float
    under_lock: float
    under_lock_cpu: float
    database_cpu: float
    more_memory: float


def main() -> None:
    typed = _arguments()
    register_rooms()
    kind = "postgresql" if typed.postgresql else "sqlite"
    conversation = _conversation(typed.votes)
    with (
        tempfile.TemporaryDirectory(prefix="bench-importing-") as name,
        migrated_database(kind, Path(name)) as url,
    ):
        engine = make_engine(url, threads=1)
        cost = _measure(engine, conversation)
        engine.dispose()
    print(f"\n{cost.votes:,} votes on {kind}: {cost.preparing:.1f} s before the lock, "
          f"{cost.under_lock:.1f} s under it ({cost.under_lock_cpu:.1f} s of CPU, "
          f"{cost.database_cpu:.1f} s in PostgreSQL), "
          f"{cost.more_memory:.0f} MB more memory")  # fmt: skip
    RESULTS.write_text(json.dumps({kind: asdict(cost)}) + "\n")


def _measure(engine: Engine, conversation: Conversation) -> Cost:
    with transaction(engine) as session:
        thread = make_thread(session, make_series(session))
        moderator = make_member(session, thread.series, role="moderator")
        thread_id, moderator_id = thread.id, moderator.id
    memory, began = _megabytes(), time.perf_counter()
    prepared = prepare_import(ImportDraft(conversation, ""), SECRET)
    was_ready, cpu = time.perf_counter(), time.process_time()
    with transaction(engine) as session:
        actor = viewer(session, session.get_one(Person, moderator_id))
        database = _of_database(session)
        import_round(session, actor, session.get_one(Thread, thread_id), prepared, now=NOW)
        database = _of_database(session) - database
    ended, cpu = time.perf_counter(), time.process_time() - cpu
    more = _megabytes() - memory
    with transaction(engine, writes=False) as session:
        written = session.scalar(select(func.count()).select_from(Rating))
    if written != conversation.n_votes:
        raise RuntimeError(f"{written} ratings were written, not {conversation.n_votes}")
    return Cost(written, was_ready - began, ended - was_ready, cpu, database, more)


def _conversation(n_votes: int) -> Conversation:
    """People who voted on fifty of five hundred statements each, at random."""
    random = np.random.default_rng(1)
    people = n_votes // PER_PERSON
    seen = np.argsort(random.random((people, STATEMENTS), dtype=np.float32), axis=1)
    votes = gather_votes(
        np.repeat(np.arange(people), PER_PERSON),
        seen[:, :PER_PERSON].ravel(),
        random.integers(-1, 2, people * PER_PERSON),
        n_people=people,
        n_statements=STATEMENTS,
    )
    names = tuple(str(number) for number in range(STATEMENTS))
    return Conversation(
        comments=tuple(Comment(each, 1, False, f"Statement {each}.") for each in names),
        columns=names,
        participants=tuple(str(number) for number in range(people)),
        votes=votes,
        began=None,
        ended=None,
        n_rows=len(votes.values),
        has_moments=False,
        without_row=frozenset(),
        reports={},
        says=(),
    )


def _of_database(session: Session) -> float:
    """Seconds of the processor that this session's own process has taken so far."""
    if session.get_bind().dialect.name != "postgresql":
        return 0.0
    pid = session.scalar(text("SELECT pg_backend_pid()"))
    kept = Path(f"/proc/{pid}/stat")
    fields = kept.read_text().rpartition(")")[2].split() if kept.exists() else ["0"] * 13
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.importing", description=__doc__)
    parser.add_argument("--votes", type=int, default=VOTES, help="how many are imported")
    parser.add_argument("--postgresql", action="store_true", help="and not SQLite")
    return parser.parse_args()


if __name__ == "__main__":
    main()
