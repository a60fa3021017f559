"""The mirror of a closed run, in sentences, pictures and tables; or when it will open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.analysis.practice import FEWEST, STATES, Gap
from discussion.analysis.practice_groups import told_count
from discussion.analysis.suppression import FEWEST as FEWEST_SHOWN
from discussion.language import _, _n, in_words
from discussion.series.values.models import Value
from discussion.weighing.practice import words_mirror as words
from discussion.weighing.practice.models import CLOSED, DRAFT, Respondent, Run, RunInvitation
from discussion.weighing.practice.queries.answers import closed_answers
from discussion.weighing.practice.queries.asked import Asked, ask, month_of
from discussion.weighing.practice.queries.beside import roles_part, units_part
from discussion.weighing.practice.queries.drawing import draw_bell
from discussion.weighing.practice.queries.mirroring import hold
from discussion.weighing.practice.queries.talking import talk_points
from discussion.weighing.practice.shapes_mirror import (
    FunctionRow,
    MirrorLinks,
    MirrorPage,
    Quote,
    StateCount,
    VisionRow,
)


def mirror_page(session: Session, run: Run, links: MirrorLinks) -> MirrorPage | None:
    """Everything on the page; None for a run that was never opened.

    Whoever calls it decided before who may read it.
    """
    if run.opened_at is None or run.state == DRAFT:
        return None
    blank = _blank(run, links)
    if run.state != CLOSED:
        return replace(
            blank,
            is_open=True,
            title=_("The mirror opens when everybody’s answers are in"),
            lede=_waits(session, run),
        )
    runs = closed_runs(session, run)
    held = hold([closed_answers(session, each) for each in runs])
    asked = ask(run, held, tuple(month_of(each) for each in runs))
    gaps = held.mirror.functions
    rows = tuple(_row(asked, each) for each in gaps)
    both = held.mirror.together
    return replace(
        blank,
        title=words.title(gaps, asked.called, asked.words),
        lede=words.lede(gaps),
        sure=tuple(_sure(session, run, asked)),
        counts=tuple(_counts(rows)),
        functions=rows,
        together=words.together(both.coherence, both.drift, len(both.mismatches)),
        roles=roles_part(asked),
        units=units_part(asked),
        moved=tuple(moved_says(asked)),
        visions=tuple(_visions(asked)),
        quotes=tuple(Quote(asked.called[one.function], one.text) for one in held.runs[-1].words),
        talk=talk_points(
            asked, _labels(session, run), _invited(session, run) - len(held.runs[-1].respondents)
        ),
        how=tuple(_how(session, run)),
    )


def closed_runs(session: Session, run: Run) -> Sequence[Run]:
    """The closed runs of its organisation up to this one, in their order."""
    return session.scalars(
        select(Run)
        .where(Run.organisation_id == run.organisation_id, Run.state == CLOSED)
        .where((Run.closed_at < run.closed_at) | (Run.id == run.id))
        .order_by(Run.closed_at, Run.id)
    ).all()


def _blank(run: Run, links: MirrorLinks) -> MirrorPage:
    return MirrorPage(
        organisation=run.organisation.name,
        series_slug=run.series.slug,
        series_title=run.series.title,
        is_demonstration=run.organisation.is_invented,
        when=month_of(run),
        is_open=False,
        title="",
        lede="",
        sure=(),
        counts=(),
        stops=tuple(reversed(run.instrument.stops)),
        ends=(_("Decided centrally"), _("Decided locally")),
        functions=(),
        together="",
        roles=None,
        units=None,
        moved=(),
        visions=(),
        quotes=(),
        talk=(),
        how=(),
        links=links,
    )


def _row(asked: Asked, gap: Gap) -> FunctionRow:
    name = asked.called[gap.function]
    told = asked.held.told.get(gap.function)
    gave = _gave(asked, gap.function)
    if told is None or gap.middle is None or gap.gap is None:
        few = (
            _("Fewer than ten gave both answers. That is worth knowing too.")
            if asked.held.gave[gap.function] < FEWEST
            else _(
                "It was asked in other words before, and fewer than five people could account for"
                " what is different. So it is not shown this time."
            )
        )
        return FunctionRow(
            gap.function, name, gap.state, few, "", "", "", "", "", gave, None, None, ""
        )
    middle = gap.middle
    earlier = asked.held.before.get(gap.function)
    is_now = told.run == asked.held.now
    return FunctionRow(
        slug=gap.function,
        name=name,
        state=gap.state,
        says=_says(asked, name, gap),
        professed=words.stop_words(middle.professed_median, asked.stops),
        practised=words.stop_words(middle.practised_median, asked.stops),
        gap=words.steps(gap.gap),
        gap_says=words.direction(gap.gap, asked.words),
        rules_out=words.ruled_out(gap),
        gave_both=gave,
        bell=draw_bell(name, middle, gap),
        before=draw_bell(name, earlier.middle)
        if is_now and earlier is not None and earlier.middle is not None
        else None,
        as_before="" if is_now else asked.when[told.run],
    )


def _says(asked: Asked, name: str, gap: Gap) -> str:
    middle = gap.middle
    if middle is None or gap.gap is None:
        return ""
    professed = words.stop_words(middle.professed_median, asked.stops)
    practised = words.stop_words(middle.practised_median, asked.stops)
    if gap.state == "in_step":
        return practised
    if professed == practised:
        return _("The middle answers are the same: “%(stop)s”.", stop=professed)
    return _(
        "We say “%(professed)s”. In practice: “%(practised)s”.",
        professed=professed,
        practised=practised,
    )


def _gave(asked: Asked, slug: str) -> str:
    """How many gave both, so far as that tells nothing of few; of a later run, less."""
    number, of = asked.held.gave[slug], len(asked.held.runs[-1].respondents)
    if asked.held.now:
        return _("ten or more") if number >= FEWEST else _("fewer than ten")
    told, is_exact = told_count(number, of)
    if not is_exact and number < FEWEST_SHOWN:
        return _("fewer than five of %(of)s", of=of)
    if is_exact:
        return _("%(num)s of %(of)s", num=told, of=of)
    return _("at least %(num)s of %(of)s", num=told, of=of)


def _counts(rows: Sequence[FunctionRow]) -> Iterator[StateCount]:
    for state in STATES:
        own = [row.name for row in rows if row.state == state]
        if own:
            label, means = words.STATE_WORDS[state]
            yield StateCount(state, str(label), str(means), len(own), ", ".join(own))


def _sure(session: Session, run: Run, asked: Asked) -> Iterator[str]:
    answered = len(asked.held.runs[-1].respondents)
    invited = _invited(session, run)
    yield _n(
        "%(answered)s of %(num)s who were invited answered.",
        "%(answered)s of %(num)s who were invited answered.",
        invited,
        answered=answered,
    )
    out = asked.held.mirror.in_state("out_of_step")
    if out:
        widest = out[0]
        yield _(
            "On %(function)s a gap of less than %(steps)s is ruled out.",
            function=words.within(asked.called[widest.function]),
            steps=words.at_least(widest.least),
        )
    elif asked.held.mirror.functions:
        known = [each for each in asked.held.mirror.functions if each.state != "not_enough"]
        if known:
            yield _(
                "A gap of more than %(steps)s steps is ruled out in every function that ten or more"
                " answered.",
                steps=words.at_most(max(each.most for each in known)),
            )


def moved_says(asked: Asked) -> Iterator[str]:
    """What moved since the last run, in a few sentences; nothing where there was none."""
    if not asked.held.now:
        return
    last = asked.when[-2]
    compared = [*asked.held.moved["practised"], *asked.held.moved["professed"]]
    for each in compared:
        if each.state == "apart":
            name = asked.called[each.function]
            what = _("what we do") if each.first == "practised" else _("what we say")
            towards = asked.words.organisation if each.shift > 0 else asked.words.units
            yield _(
                "%(function)s: %(what)s moved %(steps)s steps towards the %(towards)s since"
                " %(last)s.",
                function=name,
                what=what,
                steps=words.steps(each.shift),
                towards=str(towards),
                last=last,
            )
    if not any(each.state == "apart" for each in compared):
        yield _("Since %(last)s, no move of a step or more was shown.", last=last)
    same = [row for row in asked.held.told.values() if row.run != asked.held.now]
    if same:
        yield _n(
            "On %(num)s function fewer than five people could account for what is different, so the"
            " earlier answers are shown again.",
            "On %(num)s functions fewer than five people could account for what is different, so"
            " the earlier answers are shown again.",
            len(same),
        )
    yield _("The two runs are two samples: nobody can tell whose answers are whose in both.")


def _visions(asked: Asked) -> Iterator[VisionRow]:
    """Of a first run alone: how well statements fit is not told beside an earlier telling."""
    run = asked.held.runs[-1]
    if asked.held.now:
        return
    for vision in run.visions:
        given = [
            fit for one in run.respondents if isinstance(fit := one.fits.get(vision.slug), int)
        ]
        if len(given) >= FEWEST:
            share = Fraction(Fraction(median(given)) - 1, 4)
            called = [str(each) for each in asked.words.fit_stops]
            yield VisionRow(vision.text, words.stop_words(share, called))


def _how(session: Session, run: Run) -> Iterator[tuple[str, str]]:
    instrument = run.instrument
    yield (
        _("Two questions"),
        _(
            "“%(professed)s” and “%(practised)s”, on one scale of five. One step is one stop.",
            professed=instrument.professed,
            practised=instrument.practised,
        ),
    )
    yield (
        _("Out of step"),
        _(
            "On average, a step or more between each person’s two answers; and chance alone would"
            " make it more than three quarters of a step in at most 2 of 100 mirrors, all functions"
            " counted."
        ),
    )
    yield (
        _("In step"),
        _("A full step is ruled out. “Cannot tell” is anything between."),
    )
    yield (
        _("Coherence"),
        _(
            "1 less the mean distance between the two middle answers; a step is 0.25. Drift is the"
            " same with its direction: above nought is more central in practice."
        ),
    )
    yield (
        _("Not shown"),
        _(
            "A function that fewer than ten answered in full; a group of fewer than five; anything"
            " from which such a group could be worked out, by subtraction or beside an earlier run."
        ),
    )


def _invited(session: Session, run: Run) -> int:
    found = select(func.count()).select_from(RunInvitation).where(RunInvitation.run_id == run.id)
    return session.scalar(found) or 0


def _waits(session: Session, run: Run) -> str:
    found = select(func.count()).select_from(Respondent).where(Respondent.run_id == run.id)
    begun, of = session.scalar(found) or 0, _invited(session, run)
    told, is_exact = told_count(begun, of)
    if is_exact:
        said = _("%(begun)s of %(of)s who were invited have begun to answer.", begun=told, of=of)
    elif told:
        said = _(
            "At least %(begun)s of %(of)s who were invited have begun to answer.",
            begun=told,
            of=of,
        )
    else:
        said = _("Fewer than five of %(of)s who were invited have begun to answer.", of=of)
    if run.closes_at:
        said += " " + _("It closes on %(day)s.", day=in_words(run.closes_at))
    return said


def _labels(session: Session, run: Run) -> dict[str, str]:
    found = select(Value).where(Value.series_id == run.organisation.series_id)
    return {value.slug: value.label for value in session.scalars(found)}
