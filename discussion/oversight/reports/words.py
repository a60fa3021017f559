"""Vocabularies and limits of reports."""

from dataclasses import dataclass
from datetime import timedelta

from discussion.language import Phrase, _l
from discussion.oversight.moderation.words import KEYS
from discussion.vocabulary import Wording


@dataclass(frozen=True)
class Cause:
    """A kind of report: why somebody tells the moderators of a piece of writing."""

    label: Wording  # as the form offers it
    says: Wording  # what it means, under the label
    line: Phrase  # as it waits on the desk
    is_urgent: bool = False  # ahead of the queue, told at once
    needs_others: bool = False  # where to turn is said too


CAUSES = {
    "safeguarding": Cause(
        _l("Safeguarding: somebody may be at risk"),
        _l("A child or an adult could come to harm, or may have."),
        _l("Safeguarding report"),
        is_urgent=True,
        needs_others=True,
    ),
    "illegal": Cause(
        _l("Illegal content"),
        _l(
            "Threats, hatred, harassment, fraud, images of abuse, and anything else that is "
            "against the law."
        ),
        _l("Report of illegal content"),
        is_urgent=True,
        needs_others=True,
    ),
    "identifies": Cause(
        lambda said: said.identifies,
        _l("By name, or by several details together."),
        _l("Report: it identifies somebody"),
        is_urgent=True,
    ),
    "abuse": Cause(_l("Abuse"), _l("It attacks a person, not a claim."), _l("Report of abuse")),
    "misattributed": Cause(
        _l("Evidence that does not say what is claimed"),
        _l("The source says something else, or does not exist."),
        _l("Report: evidence misattributed"),
    ),
    "off_topic": Cause(
        _l("Off the topic"),
        _l("It does not answer the question of its thread."),
        _l("Report: off the topic"),
    ),
    "duplicate": Cause(
        _l("Said already elsewhere"),
        _l("The same is said in another place here."),
        _l("Report: said already"),
    ),
    "interest": Cause(
        _l("An interest that is not declared"),
        _l("The author has something to gain and does not say so."),
        _l("Report: interest not declared"),
    ),
    "other": Cause(_l("Something else"), _l("Say below what is wrong."), _l("Report")),
}
REASONS: dict[str, Wording] = {slug: one.label for slug, one in CAUSES.items()}
URGENT = tuple(slug for slug, one in CAUSES.items() if one.is_urgent)

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

# What templates find these under: `report_words.reason[…]`.
ON_PAGES = {"report_words": {"reason": REASONS, "outcome": OUTCOMES, "key": KEYS}}
