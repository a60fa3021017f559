"""What happens to a position that is handed in, and by when."""

from datetime import date, datetime

from discussion.debate.positions.queries.writing_shapes import Step
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.needs import weighing_ahead
from discussion.decisions.targets import due_at, target_of
from discussion.language import _, in_words


def next_steps(thread: Thread, now: datetime, *, held: str = "") -> tuple[Step, ...]:
    """What happens to a position that is handed in now; `held` is why it waits."""
    series = thread.series
    if series.moderation == "pre" or held:
        due = due_at(now, target_of(series, "contribution"))
        first = Step(
            _("by %(date)s", date=in_words(due)),
            held or _("A moderator reads it."),
            _("We tell you the result by e-mail, with the reason."),
        )
    else:
        first = Step(
            _("at once"),
            _("It is published."),
            _("A moderator may look at it later, and tells you if anything is wrong."),
        )
    return (first, *_stages(weighing_ahead(thread)))


def _stages(weighing_on: date | None) -> tuple[Step, Step]:
    respond = _("You can revise it until then.")
    drawn = _("You are asked whether yours is fair.")
    if weighing_on is None:
        return (
            Step(_("while the thread is open"), _("Others respond."), respond),
            Step(_("when the thread moves on"), _("Statements are drawn."), drawn),
        )
    day = in_words(weighing_on)
    return (
        Step(_("until %(date)s", date=day), _("Others respond."), respond),
        Step(_("from %(date)s", date=day), _("Statements are drawn."), drawn),
    )
