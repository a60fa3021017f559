"""What a draft says, in words: to be read beside another draft of the same."""

from collections.abc import Iterator

from discussion.debate.positions.drafts import ROWS, LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import Told, fields_of, in_page_order
from discussion.debate.positions.queries.cards import words_of_places
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.vocabulary import Vocabulary, of_series


def says(draft: PositionDraft, thread: Thread) -> list[tuple[str, str]]:
    """Everything that was typed or chosen: labels and texts, in the order of the page."""
    vocabulary = of_series(thread.series.slug)
    names = {value.slug: value.label for value in thread.series.values}
    found: dict[str, list[str]] = {}
    for one in in_page_order(PositionDraft):
        said = getattr(draft, one.name)
        if one.name in ROWS:
            words = [". ".join(filter(None, _row(row, names, vocabulary))) for row in said]
        elif one.how.told is Told.AS_ROWS:
            words = list(words_of_places(said, thread.scales).values())
        elif one.how.told is Told.NOT:
            words = [_("Yes")] if said is True else []
        else:
            words = [one.in_words(said, vocabulary)]
        found.setdefault(str(one.label), []).extend(filter(None, words))
    return [(label, "\n".join(words)) for label, words in found.items()]


def _row(row: TagDraft | LinkDraft, names: dict[str, str], vocabulary: Vocabulary) -> Iterator[str]:
    for one in fields_of(type(row)):
        said = str(getattr(row, one.name))
        among = one.among(vocabulary)
        yield str(among[said]) if said in among else names.get(said, said)
