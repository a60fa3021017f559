"""Vocabularies and limits of reports."""

from datetime import timedelta

from discussion.language import _l
from discussion.oversight.moderation.words import KEYS
from discussion.vocabulary import Wording

REASONS: dict[str, Wording] = {
    "safeguarding": _l("Safeguarding: somebody may be at risk"),
    "illegal": _l("Illegal content"),
    "identifies": lambda said: said.identifies,
    "abuse": _l("Abuse"),
    "misattributed": _l("Evidence that does not say what is claimed"),
    "off_topic": _l("Off the topic"),
    "duplicate": _l("Said already elsewhere"),
    "interest": _l("An interest that is not declared"),
    "other": _l("Something else"),
}
SAYS = {
    "safeguarding": _l("A child or an adult could come to harm, or may have."),
    "illegal": _l("Threats, hatred, harassment, fraud, images of abuse, and anything else that is "
                  "against the law."),
    "identifies": _l("By name, or by several details together."),
    "abuse": _l("It attacks a person, not a claim."),
    "misattributed": _l("The source says something else, or does not exist."),
    "off_topic": _l("It does not answer the question of its thread."),
    "duplicate": _l("The same is said in another place here."),
    "interest": _l("The author has something to gain and does not say so."),
    "other": _l("Say below what is wrong."),
}  # fmt: skip
# The line of the desk.
TITLES = {
    "safeguarding": _l("Safeguarding report"),
    "illegal": _l("Report of illegal content"),
    "identifies": _l("Report: it identifies somebody"),
    "abuse": _l("Report of abuse"),
    "misattributed": _l("Report: evidence misattributed"),
    "off_topic": _l("Report: off the topic"),
    "duplicate": _l("Report: said already"),
    "interest": _l("Report: interest not declared"),
    "other": _l("Report"),
}
URGENT = ("safeguarding", "illegal", "identifies")  # ahead of the queue, told at once
NEEDS_OTHERS = ("safeguarding", "illegal")  # where to turn is said too

MAX_TEXT = 1000
ADDRESS_KEPT = timedelta(days=7)  # a visitor's, after the answer was sent
SHOWN_OWN = 200  # reports of one's own that are listed, the newest first

# What a reporter hears, in general words; which decisions did something about it.
OUTCOMES = {
    "waiting": _l("A moderator is going to look at it."),
    "acted": _l("The moderators looked at it and did something about it."),
    "kept": _l("The moderators looked at it and left it as it is."),
}
ACTING = (
    "send_back", "ask_edit", "decline", "hide", "remove", "redact", "edit",
    "sanction_note", "pre_moderation", "pause", "removal",
)  # fmt: skip

ACTIONS = ("keep", "ask_edit", "restore", "hide", "remove")

# What templates find these under: `report_words.kind[…]`.
ON_PAGES = {"report_words": {"reason": REASONS, "outcome": OUTCOMES, "key": KEYS}}
