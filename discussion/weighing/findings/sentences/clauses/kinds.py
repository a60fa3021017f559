"""Ends, facts and means, within a clause."""

from collections.abc import Sequence

from discussion.language import _l
from discussion.weighing.findings.sentences.quoting import all_of

OVER: dict[str, str] = {
    "end": _l("over ends"),
    "fact": _l("on the facts"),
    "means": _l("on what to do"),
}


def over(kinds: Sequence[str]) -> str:
    """ "on the facts and on what to do"."""
    return all_of([str(OVER[kind]) for kind in kinds])
