"""Which open round a page offers to rate: the one that closes first."""

from collections.abc import Collection, Iterable

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer, takes_ratings
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.weighing.overview.queries.route import Rated
from discussion.weighing.overview.queries.shapes import RatingOffer

A_MINUTE = 3  # statements that are rated in one


def offer_rating(
    viewer: Viewer | None, threads: Iterable[Thread], rounds: Collection[Rated]
) -> RatingOffer | None:
    """Visitors see first what they would rate; who may rate begins at once."""
    questions = {thread.id: thread.question for thread in threads}
    open_ones = [
        one
        for one in rounds
        if one.round.thread_id in questions and one.statements and takes_ratings(None, one.round)
    ]
    if not open_ones:
        return None
    first = min(
        open_ones,
        key=lambda one: (not _may(viewer, one), one.round.closes_at, one.round.id),
    )
    round, slug = first.round, first.round.thread.slug
    return RatingOffer(
        url=paths.rate(slug, round.number)
        if _may(viewer, first)
        else paths.round(slug, round.number),
        statements=first.statements,
        minutes=max(1, -(-first.statements // A_MINUTE)),
        until=first.until,
        can_rate=viewer is None or _may(viewer, first),
        thread_question=questions[round.thread_id],
    )


def _may(viewer: Viewer | None, rated: Rated) -> bool:
    return viewer is not None and allowed(viewer, May.RATE, rated.round)
