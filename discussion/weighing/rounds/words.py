"""Vocabularies and limits of statements, rounds and ratings."""

from discussion.language import _l

MAX_IMPORTED = 1000  # of a statement that people elsewhere have rated as it is
MAX_REASON = 300  # beside a rating
MAX_LINE = 200  # what somebody would need to see, before another view of a fact is theirs
MAX_ATTRIBUTION = 600
FEWEST_POINTS, MOST_POINTS, DEFAULT_POINTS = 3, 7, 5

CODES = {"end": "E", "fact": "F", "means": "M", "": "S"}


STATES = {"planned": _l("Planned"), "open": _l("Open"), "closed": _l("Closed")}
ORDER_RULES = {
    "need": _l("Those with the fewest answers first, in random order"),
    "fixed": _l("In the moderators’ order"),
}
WHO_MAY_RATE = {
    "members": _l("Members of the series"),
    "anybody": _l("Everybody who is signed in. Only members count towards groups"),
}
FEEDBACK = {
    "spread": _l("Their own last answer, beside everybody’s middle answer and spread"),
    "none": _l("None"),
}
STOP_RULES = {
    "rounds": _l("After a fixed number of rounds"),
    "stable": _l("When answers to four in five statements have stopped changing"),
}

NOT_NUMBERS = {"dont_know": _l("I don’t know"), "not_for_me": _l("Not for me to say")}
REASONABLE = {"yes": _l("Yes"), "no": _l("No"), "not_sure": _l("Not sure")}

POLIS = "polis"  # where an imported round is from
POLIS_POINTS = 3  # agree is 3, pass 2, disagree 1
FEWEST_TO_HAND_OUT = 15  # raters, before rows of one person each leave a round that was held here
