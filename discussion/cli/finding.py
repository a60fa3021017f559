"""reindex: the index of what can be found, made anew."""

import argparse

from discussion.cli.progress import progress
from discussion.cli.site import answer, current_engine
from discussion.db import transaction
from discussion.reach.search.operations.indexing import forget_index, sweep


def reindex(typed: argparse.Namespace) -> int:
    """Some at a time, each with a commit of its own, so that the site goes on meanwhile."""
    with current_engine() as engine:
        with transaction(engine) as session:
            total = forget_index(session)
        with progress("Reading", total) as tell:
            read = 0
            while True:
                with transaction(engine) as session:
                    some = sweep(session)
                if not some:
                    break
                read += some
                tell(some)
    answer(typed, {"read": read}, f"{read} things were read again, and can be found.")
    return 0
