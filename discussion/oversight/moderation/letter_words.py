"""What the author of something reads about a decision on it: by mail, on its page, in a preview."""

from dataclasses import dataclass

from discussion.decisions.words import ALREADY_SAID, MARKS, MARKS_SAY
from discussion.language import _, _l
from discussion.vocabulary import Vocabulary

BY = {
    "moderator": _l("Decided by a moderator of the series, on %(date)s."),
    "convener": _l("Decided by a convener of the series, on %(date)s."),
    "administrator": _l("Decided by an administrator of the site, on %(date)s."),
}
# Against what nobody needs to appeal.
WELCOME = ("approve", "restore", "keep", "open", "lift", "unredact", "overturn")


@dataclass(frozen=True)
class Told:
    """All that a letter's words depend on."""

    vocabulary: Vocabulary
    kind: str  # position, response … as Decision.subject_kind says
    action: str
    reason: str = ""  # its label, and its explanation, from the series' list
    explanation: str = ""
    facts: str = ""
    marks: tuple[str, ...] = ()
    twin: str = ""  # "already said": the claim of the other position
    twin_url: str = ""
    why: str = ""
    within: str = ""  # "within 48 hours"
    by_role: str = "moderator"
    on: str = ""  # "23 November 2026"
    kept: str = ""  # where its author still finds it, of a kind that says so


@dataclass(frozen=True)
class Said:
    """One paragraph of a letter: what it is about, and what it says."""

    lead: str  # "The rule", "The moderator wrote"; empty where the sentence needs none
    text: str
    is_quoted: bool = False  # written by a person for this decision
    url: str = ""


def letter_lines(told: Told) -> tuple[Said, ...]:
    """The letter, from the rule to the way to appeal."""
    said = [
        Said(_("The rule"), f"{_ended(told.reason)} {told.explanation}".strip()),
        Said(_("The facts relied on"), told.facts, is_quoted=True),
        *(_mark(told, mark) for mark in told.marks if mark in MARKS),
        Said(_("The moderator wrote"), told.why, is_quoted=True),
        Said("", _what_next(told)),
        Said("", str(BY[told.by_role]) % {"date": told.on} if told.on else ""),
        Said("", _appeal(told)),
    ]
    return tuple(one for one in said if one.text)


def _mark(told: Told, mark: str) -> Said:
    if mark != ALREADY_SAID or not told.twin:
        return Said(str(MARKS[mark]), told.vocabulary.say(MARKS_SAY[mark]))
    sentence = _(
        "%(says)s It is this one: “%(claim)s”",
        says=told.vocabulary.say(MARKS_SAY[mark]),
        claim=told.twin,
    )
    return Said(str(MARKS[mark]), sentence, url=told.twin_url)


def _what_next(told: Told) -> str:
    if told.kept and told.action in ("decline", "hide", "remove"):
        return told.kept
    match told.action:
        case "send_back":
            return _(
                "Everything you wrote is kept. Change it and hand it in again. A"
                " moderator reads it %(within)s.",
                within=told.within,
            )
        case "ask_edit":
            return _(
                "It stays as it is. Edit it when you can: the version before it stays readable."
            )
        case "decline":
            return _(
                "Only you and the moderators can read it. You find it under “My contributions”."
            )
        case "hide" | "remove":
            return _(
                "Readers see a line in its place. You can still read it under “My contributions”."
            )
    return ""


def _appeal(told: Told) -> str:
    if told.action in WELCOME:
        return ""
    return _(
        "If you think that this is wrong, you may appeal once. Then somebody else looks again."
    )


def _ended(sentence: str) -> str:
    """With a full stop, unless it has an end of its own, or says nothing."""
    return sentence if not sentence or sentence[-1] in ".!?…" else f"{sentence}."
