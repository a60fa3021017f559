"""A question as it is shown: where it stands, what it came from, who looks into it."""

from collections.abc import Iterable
from datetime import datetime

from discussion import clock, paths
from discussion.debate.evidence.queries import short_source
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.needed.models import Looking, Question
from discussion.reach.needed.queries.finding import Leads, is_shown
from discussion.reach.needed.shapes import Answer, Asking, Looker
from discussion.reach.needed.words import STATUSES
from discussion.vocabulary import of_series

LAST = "9999"


def asking_of(question: Question, leads: Leads, viewer: Viewer | None) -> Asking:
    """As the viewer may read it; of what it came from only what every reader may read."""
    series = question.series
    lookers = lookers_of(one for one in question.lookings if one.is_shown)
    status = status_of(question)
    may_curate = allowed(viewer, May.CURATE_QUESTIONS, series)
    url = paths.needed_question(series.slug, question.public_id)
    return Asking(
        id=question.public_id,
        kind=question.kind,
        url=url,
        text=question.text,
        language=question.language,
        level=question.level,
        level_words=str(of_series(series.slug).level_labels.get(question.level, "")),
        status=status,
        status_words=str(STATUSES[status]),
        since=told_on(question.made_at, is_coarse=is_told_coarsely(question, leads)),
        origins=tuple(leads[one.key] for one in question.origins if one.key in leads),
        lookers=lookers,
        answer=_answer(question),
        feed_url=paths.needed_question_feed(series.slug, question.public_id),
        edit_url=paths.edit_needed(series.slug, question.public_id) if may_curate else "",
        is_shown=is_shown(question, leads),
    )


def is_told_coarsely(question: Question, leads: Leads) -> bool:
    """Whether a day of it would say more of what it comes from than its byline does.

    Of what may not be read any more nobody is told how it was named: it counts as if under the
    Chatham House Rule, or the day would be told once that is withdrawn.
    """
    return any(one.key not in leads or leads[one.key].is_coarse for one in question.origins)


def told_on(at: datetime, *, is_coarse: bool) -> str:
    """The day, or the month."""
    return clock.iso(at, 7 if is_coarse else 10)


def status_of(question: Question) -> str:
    if question.is_answered:
        return "answered"
    is_looked_into = any(one.is_shown for one in question.lookings)
    return "looked_into" if is_looked_into else "open"


def lookers_of(rows: Iterable[Looking]) -> tuple[Looker, ...]:
    """The earliest date first."""
    ordered = sorted(rows, key=lambda one: (str(one.until or LAST), one.who, one.public_id))
    return tuple(
        Looker(
            id=row.public_id,
            who=row.who,
            url=row.url,
            how=row.how,
            until=f"{row.until:%Y-%m}" if row.until else "",
            state="hidden" if row.state == "live" and row.is_hidden else row.state,
            reason=row.reason,
        )
        for row in ordered
    )


def _answer(question: Question) -> Answer | None:
    if not question.is_answered:
        return None
    item = question.item
    if item is None or not item.is_listed or item.is_hidden:
        return Answer(question.answer, "", "")
    url = paths.item(question.series.slug, item.public_id)
    return Answer(question.answer, short_source(item), url)
