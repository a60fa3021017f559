"""What to talk about at the next meeting: what follows from each function, the widest gap first."""

from collections import Counter
from collections.abc import Iterator, Mapping

from discussion.analysis.practice import FEWEST, Gap, how_many_more
from discussion.analysis.suppression import FEWEST as FEWEST_SHOWN
from discussion.language import _, _n
from discussion.weighing.practice import words_mirror as words
from discussion.weighing.practice.queries.answers import RunAnswers
from discussion.weighing.practice.queries.asked import Asked
from discussion.weighing.practice.shapes_mirror import TalkPoint

MOST = 5


def talk_points(asked: Asked, labels: Mapping[str, str], left: int) -> tuple[TalkPoint, ...]:
    """Gaps, then where leaders and staff differ, then what could be settled, then what few know.

    `left` are those who were invited and did not answer.
    """
    return tuple(_points(asked, labels, left))[:MOST]


def _points(asked: Asked, labels: Mapping[str, str], left: int) -> Iterator[TalkPoint]:
    mirror = asked.held.mirror
    for gap in mirror.in_state("out_of_step"):
        stood = asked.held.runs[asked.held.told[gap.function].run]  # whose answers are shown
        values = tuple(labels.get(slug, slug) for slug in most_named(stood, gap.function))
        says = _("Which do we want to change: what we say, or what we do?")
        if values:
            says += " " + _("Ask first what each serves. Those who gave a value named most often:")
        yield TalkPoint(asked.called[gap.function], says, values)
    apart = [each for each in asked.held.roles if each.state == "apart"]
    for compared in apart:
        says = _(
            "Let leaders and staff each tell the story of the last decision that was made about"
            " it. They are %(steps)s steps apart.",
            steps=words.steps(compared.shift),
        )
        yield TalkPoint(asked.called[compared.function], says, ())
    judged = sum(each.state != "not_enough" for each in mirror.functions)
    said = {each.function for each in apart}
    for gap in [each for each in mirror.in_state("cannot_tell") if each.function not in said]:
        yield TalkPoint(asked.called[gap.function], _open(gap, judged, left), ())
    for gap in mirror.in_state("not_enough"):
        if asked.held.gave[gap.function] >= FEWEST:
            continue
        says = _(
            "Fewer than ten of us could say both. Put who decides it on one page, and ask again."
        )
        yield TalkPoint(asked.called[gap.function], says, ())
    if not mirror.in_state("not_enough") and len(mirror.in_state("in_step")) == judged:
        yield TalkPoint(
            _("All functions"),
            _("Nothing here is out of step. Ask whether what we say is still what we want."),
            (),
        )


def _open(gap: Gap, judged: int, left: int) -> str:
    most = _("The gap may be as much as %(steps)s steps.", steps=words.at_most(gap.most))
    more = how_many_more(gap, judged)
    if more is None or more > left:
        settles = _(
            "No further answers would settle it: bring the last three cases, and ask who decided."
        )
    else:
        settles = _n(
            "About %(num)s more answer like those given would settle it.",
            "About %(num)s more answers like those given would settle it.",
            more,
        )
    return f"{most} {settles}"


def most_named(run: RunAnswers, slug: str, most: int = 2) -> tuple[str, ...]:
    """The values that five people or more named for a function, the most often named first."""
    named: Counter[str] = Counter()
    for one in run.respondents:
        if said := one.says.get(slug):
            named.update(said.values)
    return tuple(
        value
        for value, number in sorted(named.items(), key=lambda each: (-each[1], each[0]))
        if number >= FEWEST_SHOWN
    )[:most]
