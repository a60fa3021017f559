"""One question, for whoever reads it."""

from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.asking import asking_of, is_told_coarsely, lookers_of, told_on
from discussion.reach.needed.queries.finding import Leads
from discussion.reach.needed.shapes import Done, QuestionPage
from discussion.reach.needed.words import STEPS


def question_page(
    session: Session, viewer: Viewer | None, question: Question, leads: Leads
) -> QuestionPage:
    series = question.series
    asking = asking_of(question, leads, viewer)
    own = [
        one
        for one in question.lookings
        if viewer is not None and one.person_id == viewer.person_id and one.who
    ]
    may_look = allowed(viewer, May.LOOK_INTO, question)
    may_join = allowed(viewer, May.JOIN, series) and not may_look
    return QuestionPage(
        series_slug=series.slug,
        series_title=series.title,
        needed_url=paths.needed(series.slug),
        asking=asking,
        history=history_of(question, leads),
        own=lookers_of(own),
        csv_url=paths.needed_csv(series.slug, question.public_id),
        may_look=may_look and question.kind == "question",
        look_action=f"{asking.url}/looking",
        take_back_url=f"{asking.url}/looking/end",
        join_url=paths.series(series.slug) if may_join else "",
    )


def history_of(question: Question, leads: Leads) -> tuple[Done, ...]:
    """What moderators did with it, the newest first; of each the day, or the month."""
    is_coarse = is_told_coarsely(question, leads)
    return tuple(
        Done(one.kind, str(STEPS[one.kind]), one.reason, told_on(one.at, is_coarse=is_coarse))
        for one in reversed(question.steps)
    )
