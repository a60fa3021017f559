"""What the author of something reads about a decision on it: by mail, on its page, in a preview."""

from dataclasses import dataclass
from typing import Any

from discussion.decisions.words import ALREADY_SAID, MARKS, MARKS_SAY
from discussion.language import _, _l
from discussion.vocabulary import Vocabulary

HEADLINES: dict[str, dict[str, Any]] = {
    "position": {
        "approve": _l("Your position is published"),
        "send_back": _l("Your position was sent back, and nothing is lost"),
        "decline": _l("Your position was not published"),
        "hide": _l("Your position is hidden for now"),
        "restore": _l("Your position is shown again"),
        "remove": _l("Your position was removed"),
        "keep": _l("Your position stays as it is"),
        "ask_edit": _l("Please edit your position, which stays for now"),
        "redact": _l("Some words were taken out of your position"),
        "unredact": _l("Some words were put back into your position"),
        "move": _l("Your position is in another thread now"),
        "undo_move": _l("Your position is back in its earlier thread"),
    },
    "response": {
        "approve": _l("Your response is published"),
        "send_back": _l("Your response was sent back, and nothing is lost"),
        "decline": _l("Your response was not published"),
        "hide": _l("Your response is hidden for now"),
        "restore": _l("Your response is shown again"),
        "remove": _l("Your response was removed"),
        "keep": _l("Your response stays as it is"),
        "ask_edit": _l("Please edit your response, which stays for now"),
        "redact": _l("Some words were taken out of your response"),
        "unredact": _l("Some words were put back into your response"),
    },
    "evidence": {
        "hide": _l("What you added to the library is hidden"),
        "restore": _l("What you added to the library is shown again"),
        "redact": _l("Some words were taken out of what you added to the library"),
        "unredact": _l("Some words were put back into what you added to the library"),
    },
    "thread": {
        "open": _l("Your thread is open"),
        "decline": _l("Your thread was not opened"),
        "hide": _l("The thread you proposed is hidden"),
        "restore": _l("The thread you proposed is back as it was"),
        "redact": _l("Some words were taken out of the thread you proposed"),
        "unredact": _l("Some words were put back into the thread you proposed"),
        "merge": _l("The thread you proposed was merged into another"),
        "undo_merge": _l("The thread you proposed is separate again"),
    },
    "value": {
        "approve": _l("The value you proposed is accepted"),
        "decline": _l("The value you proposed is not added to the list"),
        "restore": _l("The value you proposed waits again for an answer"),
    },
    "person": {
        "sanction_note": _l("A note to you from the moderators"),
        "pre_moderation": _l("For a while, what you write is read before it is shown"),
        "pause": _l("You are paused from posting for a while"),
        "removal": _l("You are removed from a series for a while"),
        "lift": _l("What was asked of you is lifted early"),
    },
}
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


@dataclass(frozen=True)
class Said:
    """One paragraph of a letter: what it is about, and what it says."""

    lead: str  # "The rule", "The moderator wrote"; empty where the sentence needs none
    text: str
    is_quoted: bool = False  # written by a person for this decision
    url: str = ""


def headline(kind: str, action: str) -> str:
    """The outcome in one line, as the letter's subject."""
    if action == "overturn":
        return _("A decision on what you wrote was reversed")
    return str(HEADLINES.get(kind, {}).get(action, _("A moderator decided on what you wrote")))


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
