"""Whether a quotation says exactly what stands in its source; and the sentences to pick from."""

import re

from discussion import text
from discussion.reach.publications.drafts_marks import GAP, Sentence, parts_of
from discussion.reach.publications.models import PublicationSource
from discussion.text.cutting import cut, even

_CLOSERS = "”’\"')"


def passages_of(row: PublicationSource) -> tuple[str, ...]:
    """Every text of a version that may be quoted, in plain words."""
    if row.text is not None:
        said = (text.plain(row.text.source),)
    elif row.revision is not None:
        one = row.revision
        said = (one.claim, text.plain(one.reasoning), one.objection, one.change_mind_text)  # type: ignore[assignment]
    else:
        return ()
    return tuple(even(words) for words in said if words)


def sentences_of(row: PublicationSource) -> tuple[str, ...]:
    """The same, sentence by sentence, each as it would be quoted."""
    found = (one for words in passages_of(row) for one in cut(words))
    return tuple(dict.fromkeys(one for one in found if one))


def is_exact(quotation: Sentence, row: PublicationSource) -> bool:
    """Whether each part stands there, in this order, at the borders of sentences.

    Where an ellipsis stands, a part may begin or end within one.
    """
    words = even(quotation.text)
    parts = [even(one) for one in parts_of(words)]
    opens, closes = bool(re.match(GAP.pattern.strip(r"\s*"), words)), words.endswith(("…", "..."))
    return bool(parts) and any(
        _stands_in(passage, parts, opens=opens, closes=closes) for passage in passages_of(row)
    )


def _stands_in(passage: str, parts: list[str], *, opens: bool, closes: bool) -> bool:
    at = 0
    for number, part in enumerate(parts):
        found = passage.find(part, at)
        while found >= 0:
            begins = (opens and number == 0) or _begins(passage, found)
            ends = (closes and number == len(parts) - 1) or _ends(passage, found + len(part))
            if begins and ends:
                break
            found = passage.find(part, found + 1)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _begins(passage: str, at: int) -> bool:
    before = passage[:at].rstrip(_CLOSERS + "“‘ \n")
    return not before or before[-1] in ".!?…:;"


def _ends(passage: str, at: int) -> bool:
    after = passage[at:].lstrip(_CLOSERS)
    return not after.strip() or passage[:at].rstrip(_CLOSERS)[-1:] in ".!?…:"
