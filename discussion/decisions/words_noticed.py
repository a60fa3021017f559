"""What the site noticed in words that wait, as their line on the desk says it.

It is made from the words alone, never from who wrote them: two voices of one person that say the
same are told the same.
"""

from collections.abc import Iterable, Sequence

from discussion import text
from discussion.language import _, _n
from discussion.text import Notice
from discussion.text.signs import Signs

NAMED = 2  # of the words that may identify somebody, on a line
FOUND = 40  # characters of each


def say_signs(
    texts: Iterable[str], signs: Signs, *, beside: Iterable[Notice] = (), sources: int = 0
) -> tuple[str, ...]:
    """What was noticed in these words, and beside them in sources that nobody read, a line each."""
    texts = [one for one in texts if one]
    links = sum(map(text.count_links, texts))
    return (
        *say_notices([*find_notices(texts, signs), *beside]),
        *said_if(links, _n("%(num)s link to look at", "%(num)s links to look at", links)),
        *said_if(
            sources,
            _n(
                "Brings a source that nobody here has read",
                "Brings %(num)s sources that nobody here has read",
                sources,
            ),
        ),
    )


def say_notices(notices: Sequence[Notice]) -> tuple[str, ...]:
    """One line of the words that may identify somebody, or none."""
    words = ", ".join(f"“{text.excerpt(one.found, FOUND)}”" for one in notices[:NAMED])
    if len(notices) > NAMED:
        words = _("%(words)s and %(num)s more", words=words, num=len(notices) - NAMED)
    return said_if(notices, _("May identify somebody: %(words)s", words=words))


def find_notices(texts: Iterable[str], signs: Signs) -> list[Notice]:
    """What may identify somebody, each thing once."""
    found = [notice for one in texts if one for notice in text.identifying(one, signs)]
    return list({(notice.kind, text.fold(notice.found)): notice for notice in found}.values())


def said_if(holds: object, said: str) -> tuple[str, ...]:
    """The sentence as a tuple of one where something holds; else an empty one."""
    return (said,) if holds else ()
