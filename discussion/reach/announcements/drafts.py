"""What the form of an announcement hands on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnnouncementDraft:
    title: str
    text: str
