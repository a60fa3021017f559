"""The response form's strings: kept exactly as typed, and turned into a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from discussion import text
from discussion.debate.positions.drafts import digest
from discussion.debate.positions.models import Response, ResponseText
from discussion.debate.positions.queries.meant import resolve
from discussion.debate.responses.drafts import ResponseDraft
from discussion.problems import Problem
from discussion.series.values.models import Value
from discussion.text import Notice

FIELDS = (
    "type", "text", "language", "item_id", "value", "find", "attribution", "posting_role",
    "posting_phase", "nobody_identified", "looked_again", "seen",
)  # fmt: skip
Typed = Mapping[str, str]


@dataclass(frozen=True)
class ResponseForm:
    """What a template shows of the form: what was typed, what is wrong, and what is kept."""

    typed: Typed
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    saved_at: datetime | None = None

    def wrong(self, name: str) -> tuple[str, ...]:
        """The sentences that stand beside one field."""
        return tuple(problem.sentence for problem in self.problems if problem.field == name)

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(problem.field, problem.sentence) for problem in self.problems]

    @staticmethod
    def count(typed: str) -> int:
        return text.count(typed)

    @property
    def notices_digest(self) -> str:
        return digest(self.notices)


def read(form: MultiDict[str, str]) -> dict[str, str]:
    """Everything typed; an item picked from what was found goes before the one in the list."""
    typed = {name: form.get(name, "") for name in FIELDS}
    typed["item_id"] = form.get("item") or typed["item_id"]
    return typed


def read_kept(kept: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return read(MultiDict((name, value) for name, values in kept.items() for value in values))


def as_typed(typed: Typed) -> dict[str, list[str]]:
    """The fields and their strings, as they would be posted again; the checks are asked again."""
    again = ("nobody_identified", "looked_again", "find")
    return {name: [value] for name, value in typed.items() if value and name not in again}


def as_ready(typed: Typed) -> dict[str, list[str]]:
    """The same with the checks that were made: what is handed in as its writer comes in."""
    return {name: [value] for name, value in typed.items() if value and name != "find"}


def typed_from(response: Response, newest: ResponseText) -> dict[str, str]:
    """A response as it would stand in the form, to be revised."""
    return dict.fromkeys(FIELDS, "") | {
        "type": response.type,
        "text": newest.source,
        "language": text.typed_for(
            newest.language, newest.source, response.position.thread.usual_languages
        ),
        "item_id": response.item.public_id if response.item else "",
        "value": response.value.slug if response.value else "",
        "attribution": response.attribution,
    }


def follow_merge(typed: Typed, values: Iterable[Value]) -> dict[str, str]:
    """What was typed, with a value that was merged meanwhile named as what it is today."""
    by_id = {value.id: value for value in values}
    chosen = next((value.id for value in by_id.values() if value.slug == typed["value"]), None)
    today = resolve(by_id, chosen)
    return {**typed, "value": today.slug if today else typed["value"]}


def draft_of(typed: Typed) -> ResponseDraft:
    """The draft as it would be published; what cannot be seen counts as not written."""
    return ResponseDraft(
        type=typed["type"],
        text=typed["text"] if text.line(typed["text"]) else "",
        item_id=typed["item_id"],
        value=typed["value"],
        attribution=typed["attribution"],
        nobody_identified=bool(typed["nobody_identified"]),
        language=typed["language"],
    )
