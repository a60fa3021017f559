"""How far the statements of a thread are what a round can carry, and whether they lean one way.

With fewer than two ends, two facts and one means nothing can be said of that kind; past a dozen
raters tire. Some people agree with whatever they read: where every statement is worded for the
same thing, their habit looks like agreement. Which side a statement takes no machine knows, so
what is said here says how it was told, and blocks nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from discussion.debate.threads.models import Thread
from discussion.language import _, _n, number_in_words
from discussion.series.series.models import Scale
from discussion.weighing.rounds.words_rounds import FEWEST_OF_KIND
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.queries.finding import newest_of
from discussion.weighing.statements.queries.shapes import KindProgress, OneSided, Progress
from discussion.weighing.statements.wording import speaks_against
from discussion.weighing.statements.words import (
    FEWEST_CARRIED,
    FEWEST_TO_LEAN,
    KINDS,
    KINDS_OF_MANY,
    MISSING,
    MOST_CARRIED,
)

MIDDLE = 0.5  # of a scale


def progress_of(statements: Sequence[Statement], thread: Thread) -> Progress:
    """Of those that are not retired."""
    usable = [row for row in statements if row.kind in KINDS and not newest_of(row).is_withheld]
    have = Counter(row.kind for row in usable)
    kinds = tuple(
        KindProgress(kind, str(KINDS_OF_MANY[kind]), have[kind], least)
        for kind, least in FEWEST_OF_KIND.items()
    )
    unsorted = sum(row.kind not in KINDS for row in statements)
    missing = tuple(_missing(kinds, unsorted))
    return Progress(
        count=len(usable),
        fewest=FEWEST_CARRIED,
        most=MOST_CARRIED,
        kinds=kinds,
        says=_says(len(usable), is_whole=all(one.have >= one.least for one in kinds)),
        missing=missing,
        one_sided=one_sided(usable, thread.scales),
    )


def one_sided(statements: Sequence[Statement], scales: Sequence[Scale]) -> tuple[OneSided, ...]:
    """In what these statements all speak for one side: by their words, and on each scale."""
    return (*_by_words(statements), *(one for scale in scales for one in _on(scale, statements)))


def _says(count: int, *, is_whole: bool) -> str:
    if count > MOST_CARRIED:
        return _(
            "That is more than people answer with care: choose at most twelve of them for a round."
        )
    if count >= FEWEST_CARRIED and is_whole:
        return _("A round can carry these: there is enough of each kind.")
    if is_whole:
        return _(
            "There is enough of each kind to ask. From six statements on, viewpoints that run"
            " through all groups can be looked for too."
        )
    return _("A round carries six to twelve: at least two ends, two facts and one means.")


def _missing(kinds: Sequence[KindProgress], unsorted: int) -> Iterator[str]:
    for one in kinds:
        if (lacking := one.least - one.have) > 0:
            yield str(MISSING[one.kind, lacking])
    if unsorted:
        yield _n(
            "%(num)s imported statement is not sorted yet, so it counts for no kind.",
            "%(num)s imported statements are not sorted yet, so they count for no kind.",
            unsorted,
        )


def _by_words(statements: Sequence[Statement]) -> Iterator[OneSided]:
    said = [newest_of(row) for row in statements]
    if len(said) < FEWEST_TO_LEAN or not all(one.language.startswith("en") for one in said):
        return
    if any(speaks_against(one.text, one.language) for one in said):
        return
    yield OneSided(
        _(
            "All %(count)s statements seem to be worded for something. Some people agree with"
            " whatever they read, and that would look like agreement. Word some against: say what"
            " would be lost, or what should come instead.",
            count=number_in_words(len(said)).lower(),
        ),
        _(
            "Told by words alone: none of them has “less”, “harms”, “rather than”, a “not” or the"
            " like. You know better which side each one takes."
        ),
    )


def _on(scale: Scale, statements: Sequence[Statement]) -> Iterator[OneSided]:
    sides = [side for row in statements if (side := _side(row, scale))]
    if len(sides) < FEWEST_TO_LEAN or len(set(sides)) > 1:
        return
    yield OneSided(
        _(
            "All %(count)s statements that can be placed between “%(low)s” and “%(high)s” come"
            " from the side of “%(side)s”. Draft some from the other side too.",
            count=number_in_words(len(sides)).lower(),
            low=scale.low,
            high=scale.high,
            side=scale.low if sides[0] < 0 else scale.high,
        ),
        _("Told by where authors placed the positions that each statement draws on."),
    )


def _side(statement: Statement, scale: Scale) -> int:
    """−1 or 1 where the positions that it draws on stand on one side of the scale; else 0."""
    placed = [
        float(at) - MIDDLE
        for source in statement.sources
        if source.position.state == "published" and source.position.live is not None
        if (at := (source.position.live.placements or {}).get(scale.slug)) is not None
    ]
    if placed and all(at < 0 for at in placed):
        return -1
    return 1 if placed and all(at > 0 for at in placed) else 0
