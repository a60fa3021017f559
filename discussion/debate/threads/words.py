"""Vocabularies and limits of threads."""

from discussion.language import _l
from discussion.vocabulary import Wording

STAGES = {
    "proposed": _l("Proposed"),
    "open": _l("Open"),
    "weighing": _l("Weighing"),
    "making_sense": _l("Making sense"),
    "closed": _l("Closed"),
}
TRACK = ("open", "weighing", "making_sense", "closed")
FOUND_STAGES = ("making_sense", "closed")  # in which what was found leads

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

# Moves by hand, stage by stage; opening, closing and reopening have rules of their own.
MOVES = {"open": ("weighing",), "weighing": ("making_sense",)}
CLOSABLE = ("open", "weighing", "making_sense")
REOPENABLE = ("weighing", "making_sense", "closed")
DATED = {
    "open": "open_on",
    "weighing": "weighing_on",
    "making_sense": "making_sense_on",
    "closed": "closed_on",
}

GROUPINGS = {
    "": _l("moderators’ order"),
    "strategy": _l("strategy"),
    "value": _l("value"),
    "evidence": _l("evidence"),
    "level": _l("level"),
    "role": _l("role"),
}
FILTERS: dict[str, Wording] = {
    "level": _l("Level"),
    "value": _l("Value served"),
    "kind": _l("Kind of evidence"),
    "phase": lambda said: said.phase_label,
}
NO_STUDY = "none"
PAGE_SIZE = 40
# Orders of a thread that is longer than one page; by the dates that are shown, and no finer.
ORDERS = {"newest": _l("newest"), "answered": _l("most answered")}
# From so many marks on the map shows them together, place by place; from fewer on a narrow screen.
CLUSTERED, CLUSTERED_NARROW = 60, 25

POSITIONS = {
    2: _l("Two positions"),
    3: _l("Three positions"),
    4: _l("Four positions"),
    5: _l("Five positions"),
    6: _l("Six positions"),
    7: _l("Seven positions"),
    8: _l("Eight positions"),
    9: _l("Nine positions"),
    10: _l("Ten positions"),
    11: _l("Eleven positions"),
    12: _l("Twelve positions"),
}

MAX_WHY = 600

# Regrouping: from which stages positions may leave a thread, all together or some; they come into
# open threads only. Where they may not, a sentence says why.
LEAVING = {"merge": ("proposed", "open"), "split": ("open",), "move": ("open",)}
STAYING = {
    "proposed": _l("“%(question)s” is only proposed. Open it first."),
    "open": _l("“%(question)s” is open already."),
    "weighing": _l(
        "“%(question)s” is weighing: its statements use the positions that are in it now."
    ),
    "making_sense": _l(
        "“%(question)s” is at the stage “making sense”, so its positions stay as they are."
    ),
    "closed": _l("“%(question)s” is closed, so its positions stay as they are. Reopen it first."),
}
UNDO_HOURS = 24  # within which whoever regrouped takes it back; later a convener does

FIELDS = {  # of a thread, as its history says that they were edited
    "question": _l("the question"),
    "context": _l("the context"),
    "language": _l("its language"),
    "themes": _l("its themes"),
    "levels": _l("its levels"),
    "scales": _l("its scales"),
    "attribution": _l("how contributors are named"),
    "use_of_result": _l("what will be done with the result"),
    "summary": _l("the moderators’ summary"),
    "dates": _l("the dates ahead"),
    "address": _l("its address"),
}

# What templates find these under: `words.stage[…]`.
ON_PAGES = {"words": {"stage": STAGES, "stage_says": STAGE_SAYS}}
