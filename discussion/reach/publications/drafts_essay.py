"""What an essay says before it is kept, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from discussion import text
from discussion.language import _
from discussion.problems import Problem, too_long

LONGEST = {
    "title": 200, "standfirst": 400, "text": 20_000, "author": 120, "life": 400, "portrait": 300,
    "provenance": 300, "provenance_url": 500, "note": 300, "led_to": 300,
}  # fmt: skip


@dataclass(frozen=True)
class EssayDraft:
    """An essay as it was typed; `theme` and `led_to` are slugs, empty for none."""

    title: str
    standfirst: str
    text: str
    author: str
    life: str
    portrait: str
    provenance: str
    provenance_url: str
    theme: str
    led_to: str
    written_on: date | None
    note: str = ""


def problems_in(draft: EssayDraft) -> Iterator[Problem]:
    """What keeps it from being kept: what is missing, and what is too long."""
    for name, longest in LONGEST.items():
        yield from too_long(name, getattr(draft, name), longest)
    if not text.line(draft.title):
        yield Problem("title", _("Give it a title."))
    if not draft.text.strip():
        yield Problem("text", _("Write the essay, or paste it here."))
    if not text.line(draft.author):
        yield Problem("author", _("Say whose essay it is, as they agreed to be named."))
    if draft.provenance_url and not draft.provenance_url.startswith(("https://", "http://")):
        yield Problem("provenance_url", _("Write the whole address, from https:// on."))
