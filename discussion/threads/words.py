"""Vocabularies and limits of threads."""

from discussion.language import _l

STAGES = {
    "proposed": _l("Proposed"),
    "open": _l("Open"),
    "weighing": _l("Weighing"),
    "making_sense": _l("Making sense"),
    "closed": _l("Closed"),
}
TRACK = ("open", "weighing", "making_sense", "closed")

STAGE_SAYS = {
    "proposed": _l("A moderator decides whether to open it"),
    "open": _l("Positions and responses are written"),
    "weighing": _l("Statements are rated privately"),
    "making_sense": _l("Findings are shown and discussed"),
    "closed": _l("The outcome is published"),
}

MAX_QUESTION = 200
MAX_CONTEXT = 4_000
MAX_USE_OF_RESULT = 600
MAX_SUMMARY = 300
MAX_OUTCOME = 6_000
MAX_NOTE = 1_000
MAX_THEMES = 3
MAX_SCALES = 3
