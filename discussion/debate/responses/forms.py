"""What stands in the form of a response, turned into a draft, and a text turned into that."""

from collections.abc import Iterable

from discussion import text
from discussion.debate.composing.forms import Shape, Written
from discussion.debate.positions.models import Response, ResponseText
from discussion.debate.positions.words import MAX_RESPONSE, SAYS_WHAT_FOLLOWS
from discussion.debate.responses.drafts import ResponseDraft
from discussion.series.values.models import Value, resolve

ON_THE_LADDER = ("decided_at", "speaks_of", "consequence")
SHAPE = Shape(
    texts=(
        *("type", "text", "language", "item_id", "value", "find", "attribution"),
        *ON_THE_LADDER,
        *("posting_role", "posting_phase", "nobody_identified", "looked_again", "seen"),
    ),
    item="item_id",
    found_as="item",
    asked_again=("nobody_identified", "looked_again", "find"),
    longest={"text": MAX_RESPONSE},
)


def written_from(response: Response, newest: ResponseText) -> Written:
    """A response as it would stand in the form, to be revised."""
    return blank().saying(
        type=response.type,
        text=newest.source,
        language=text.typed_for(
            newest.language, newest.source, response.position.thread.usual_languages
        ),
        item_id=response.item.public_id if response.item else "",
        value=response.value.slug if response.value else "",
        attribution=response.attribution,
        **{name: getattr(response, name) for name in ON_THE_LADDER},
    )


def blank() -> Written:
    """A form in which nothing is typed yet."""
    return Written(dict.fromkeys(SHAPE.texts, ""), shape=SHAPE)


def follow_merge(written: Written, values: Iterable[Value]) -> Written:
    """What was typed, with a value that was merged meanwhile named as what it is today."""
    by_id = {value.id: value for value in values}
    typed = written.texts["value"]
    chosen = next((value.id for value in by_id.values() if value.slug == typed), None)
    today = resolve(by_id, chosen)
    return written.saying(value=today.slug if today else typed)


def draft_of(written: Written) -> ResponseDraft:
    """The draft as it would be published; what cannot be seen counts as not written."""
    typed = written.texts
    return ResponseDraft(
        type=typed["type"],
        text=typed["text"] if text.line(typed["text"]) else "",
        item_id=typed["item_id"],
        value=typed["value"],
        attribution=typed["attribution"],
        nobody_identified=bool(typed["nobody_identified"]),
        language=typed["language"],
        **(
            {name: typed[name] for name in ON_THE_LADDER}
            if typed["type"] == SAYS_WHAT_FOLLOWS
            else {}
        ),
    )
