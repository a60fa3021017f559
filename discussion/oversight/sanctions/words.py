"""Vocabularies and limits of sanctions."""

from datetime import datetime

from discussion.language import _l, in_words

MAX_DAYS = 365
DEFAULT_DAYS = 14
MAX_TYPED_FACTS = 500  # beside the sentences that say what holds, and about what

KINDS = {
    "note": _l("A note"),
    "pre_moderation": _l("Read first"),
    "pause": _l("A pause from posting"),
    "removal": _l("Removal from the series"),
}

# What a moderator reads beside the choice.
THEN = {
    "note": _l("They are told what to take care of. Nothing else changes."),
    "pre_moderation": _l("What they write by name waits until a moderator has read it."),
    "pause": _l(
        "They may not post, respond, propose or add evidence. They may still read, withdraw, "
        "report, appeal, leave, and take their data."
    ),
    "removal": _l(
        "They no longer belong to the series, and come back as a contributor at the end. "
        "Conveners only."
    ),
}

# Beside the choice where nobody is named: what is read first shows, so it holds for one voice.
THEN_OF_VOICE = {
    "pre_moderation": _l(
        "A moderator reads what they write in this thread, named as here, before it"
        " appears. Elsewhere they write as before; otherwise people could tell that it"
        " is theirs."
    )
}

# What the person reads; `until` is the moment at which it ends by itself.
HOLDS = {
    "note": _l(
        "The moderators ask you to take care of this until %(until)s. Nothing else changes."
    ),
    "pre_moderation": _l(
        "Until %(until)s a moderator reads what you write by name in this series before it is "
        "shown."
    ),
    "pause": _l(
        "Until %(until)s you may not post, respond, propose or add evidence in this series. You "
        "may still read, take back what you wrote, report, appeal, leave, and take your data."
    ),
    "removal": _l(
        "Until %(until)s you do not belong to this series. What you published stays. After that "
        "you belong to it again, as a contributor."
    ),
}

HOLDS_OF_VOICE = {
    "pre_moderation": _l(
        "Until %(until)s a moderator reads what you write in this thread, named as you were there, "
        "before it is shown."
    )
}

# The action that the decision records; moderation.words.ACTIONS has its words.
ACTIONS = {
    "note": "sanction_note",
    "pre_moderation": "pre_moderation",
    "pause": "pause",
    "removal": "removal",
}

MOMENT = "d MMMM y, HH:mm"
MAX_TITLE = 120  # of what it is about, as quoted to its author


def holds_in_words(kind: str, ends_at: datetime, *, is_by_name: bool) -> str:
    """What holds until when, as its addressee reads it."""
    says = HOLDS[kind] if is_by_name else HOLDS_OF_VOICE.get(kind, HOLDS[kind])
    return str(says) % {"until": in_words(ends_at, MOMENT)}


def then_in_words(kind: str, *, is_by_name: bool) -> str:
    """What follows, as it stands beside the choice."""
    return str(THEN[kind] if is_by_name else THEN_OF_VOICE.get(kind, THEN[kind]))
