"""Vocabularies and limits of positions and responses."""

from discussion.language import _, _l

VERSION_STATUSES = {
    "live": _l("the live version"),
    "superseded": _l("an earlier version"),
    "pending": _l("a version that waits"),
    "sent_back": _l("a version that was sent back"),
    "declined": _l("a version that was declined"),
}

STANCES = {
    "supports": _l("Supports"),
    "qualifies": _l("Qualifies"),
    "contradicts": _l("Contradicts"),
    "background": _l("Background"),
}

TRANSFERS = {
    "same": _l("The same setting"),
    "similar": _l("A similar setting"),
    "different": _l("A different setting"),
    "unknown": _l("Not known"),
}

CONFIDENCES = {
    1: _l("Tentative"),
    2: _l("Fairly confident"),
    3: _l("Confident"),
    4: _l("Very confident"),
}

CHANGE_MINDS = {
    "evidence": _l("Evidence"),
    "value": _l("A value"),
    "practical": _l("Something practical"),
    "nothing": _l("Nothing: it is a matter of principle"),
}


CHANGE_REASONS = {
    "new_evidence": _l("New evidence"),
    "heard_argument": _l("Heard an argument"),
    "reworded": _l("Reworded"),
    "corrected": _l("Corrected"),
}

PLACED = "placed"
KEPT_REASONS = CHANGE_REASONS | {PLACED: _l("Placed on a new scale")}  # with those no form offers

RESPONSE_TYPES = {
    "asks": _l("Asks"),
    "adds_evidence": _l("Adds evidence"),
    "questions_evidence": _l("Questions the evidence"),
    "names_value": _l("Names a value"),
    "shares_practice": _l("Shares practice"),
    "offers_alternative": _l("Offers an alternative"),
    "restates": _l("Disagrees, and restates the position"),
    "says_what_follows": _l("Says what follows"),
}
RESTATES, SAYS_WHAT_FOLLOWS = "restates", "says_what_follows"
# In what is quoted: restatements are only where their position's author finds them fair.
QUOTED_TYPES = RESPONSE_TYPES | {"restates": _l("Restated by somebody who disagrees, fairly")}
RESTATED = {
    "yes": _l("The author of the position says this is fair"),
    "no": _l("The author of the position would say it differently"),
    "unanswered": _l("Not yet answered by the author of the position"),
}
MAX_RESTATEMENT = 400  # as much as a summary can take over
MAX_CONSEQUENCE = 280

# What would come of it, where somebody stands, if it were decided at a level.
CONSEQUENCES = {
    "follows": _l("It follows"),
    "must_be_true": _l("It has to be true"),
    "costs": _l("It costs"),
}
CONSEQUENCES_SAY = {
    "follows": _l("if it is decided there, this happens here"),
    "must_be_true": _l("without this it would not work"),
    "costs": _l("this is what would be lost"),
}

PART_STANCES = {
    "5": _l("Agree"),
    "4": _l("Mostly agree"),
    "3": _l("In between"),
    "2": _l("Mostly disagree"),
    "1": _l("Disagree"),
    "dont_know": _l("Don’t know"),
}

PART_OVER = {
    "values": _l("The values"),
    "evidence": _l("The evidence"),
    "would_it_work_here": _l("Whether it would work here"),
    "weight": _l("How much weight each gets"),
}

REASONABLE = {"yes": _l("Yes"), "no": _l("No"), "not_sure": _l("Not sure")}

MAX_CLAIM = 280
MAX_REASONING = 6_000
MAX_GLOSS = 200
MAX_SERVED = 3
MAX_OUTWEIGHED = 2
MAX_PROPOSED_VALUE = 60
MAX_LINKS = 12
MAX_WARRANT = 600
MAX_REBUTTAL = 600
MAX_TRANSFER_NOTE = 300
MAX_LOCATOR = 120
MAX_OBJECTION = 600
MAX_CHANGE_MIND = 300
MAX_SETTING = 200
MAX_INTERESTS = 300
MAX_RESPONSE = 1_500
MAX_CONSENT_NOTE = 300

NEW_MEMBER_LINKS = 2  # until they are admitted and something of theirs stands in the series

# From the seventh contribution or version within ten minutes they wait for a moderator; more than
# twelve are refused until some of the ten minutes have passed.
FLOOD_MINUTES = 10
FLOOD_FROM = 7
FLOOD_MOST = 12

# Two texts are copies when their words are the same, or nearly: by the likeness of analysis.twins.
# What is shorter than this many characters is said by many people alike ("I agree with this").
COPY_ALIKE = 0.92
COPY_SHORTEST = 60
PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)

# What templates find these under: `words.stance[…]`.
ON_PAGES = {
    "words": {
        "stance": STANCES,
        "transfer": TRANSFERS,
        "confidence": CONFIDENCES,
        "change_mind": CHANGE_MINDS,
        "reason": CHANGE_REASONS,
        "response_type": RESPONSE_TYPES,
        "consequence": CONSEQUENCES,
        "restated": RESTATED,
        "part_stance": PART_STANCES,
        "part_over": PART_OVER,
        "reasonable": REASONABLE,
    }
}


def version_in_words(number: int | None, status: str) -> str:
    """Version 2, an earlier version."""
    said = str(VERSION_STATUSES.get(status, status))
    if number is None:
        return said[:1].upper() + said[1:]
    return _("Version %(number)s, %(status)s", number=number, status=said)
