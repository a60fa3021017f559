"""tallies verify: counting again what is kept as counts."""

import argparse

from sqlalchemy.orm import Session

from discussion.cli.database import snapshot
from discussion.cli.site import answer, current_engine, say
from discussion.db import transaction
from discussion.debate.tallies.operations import find_differences, forget_tallies


def verify(typed: argparse.Namespace) -> int:
    """Say every count that differs from what is there; 1 when there is any, unless it is mended."""
    with current_engine() as engine:
        with snapshot(engine) as connection, Session(connection) as session:
            problems = list(find_differences(session))
        if not typed.json:
            for problem in problems:
                say(problem)
        is_mended = bool(problems) and typed.mend
        if is_mended:
            with transaction(engine) as session:
                forget_tallies(session)
        end = (
            "All kept counts were thrown away. The worker counts again; pages are right meanwhile."
            if is_mended
            else f"{len(problems)} counts differ. Run this with --mend to count them again."
            if problems
            else "Every count that is kept is right."
        )
        answer(typed, {"holds": not problems, "problems": problems, "mended": is_mended}, end)
    return 1 if problems and not is_mended else 0
