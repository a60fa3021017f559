"""What the form of a webhook hands on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HookDraft:
    """Where to, of what, and how."""

    name: str
    url: str
    kinds: tuple[str, ...]
    form: str  # of words.FORMS
