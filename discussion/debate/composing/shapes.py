"""What a text that is composed says, field by field."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Saying:
    """What one field of the form says: its name there, what it is called, and its words."""

    name: str
    label: str
    words: str
    is_text: bool = False  # in its writer's own words, so that two can be put together
