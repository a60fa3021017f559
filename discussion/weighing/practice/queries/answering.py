"""The pages of whoever answers: one function at a time, their own answers and nobody else's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.series.values.models import Value
from discussion.vocabulary import of_series
from discussion.weighing.practice import words
from discussion.weighing.practice.drafts import AnswerDraft
from discussion.weighing.practice.models import CLOSED, Function, Respondent, RunInvitation
from discussion.weighing.practice.queries.own import find_own, order_of

VISION, END = "what-we-want", "end"  # steps that are no function


@dataclass(frozen=True)
class Asking:
    """What every page of an invitation says first."""

    series_slug: str
    series_title: str
    organisation: str
    coordinator: str
    state: str
    is_withdrawn: bool
    is_stopped: bool
    closes_at: datetime | None
    functions: int
    url: str
    letters_url: str
    begin_url: str  # the first step that is not answered
    has_begun: bool
    is_done: bool
    minutes: int


@dataclass(frozen=True)
class Stop:
    """A stop of a scale as it is shown."""

    value: str
    says: str


@dataclass(frozen=True)
class Step:
    """One step of the way: a function, or the statements at the end."""

    slug: str
    name: str
    url: str
    state: str  # answered, now, ahead, passed


@dataclass(frozen=True)
class FunctionPage:
    """One function, its two scales, and where on the way it stands."""

    asking: Asking
    slug: str
    name: str
    covers: str
    number: int
    professed: str
    practised: str
    stops: tuple[Stop, ...]
    compulsion: str  # empty: not asked
    compulsion_stops: tuple[Stop, ...]
    values: tuple[Stop, ...]
    asks_reason: bool
    said: AnswerDraft
    steps: tuple[Step, ...]
    back_url: str
    answered: int


@dataclass(frozen=True)
class Statement:
    slug: str
    text: str
    said: str


@dataclass(frozen=True)
class VisionPage:
    """Statements of what the organisation wants, and how well they fit."""

    asking: Asking
    statements: tuple[Statement, ...]
    stops: tuple[Stop, ...]
    steps: tuple[Step, ...]
    back_url: str
    number: int
    answered: int


def asking(session: Session, invitation: RunInvitation, link: str, secret: str) -> Asking:
    """The invitation as its owner reads it."""
    run, own = invitation.run, find_own(session, invitation, secret)
    names = steps_of(invitation, secret)
    done = _answered(own)
    first = next((slug for slug in names if slug not in done), names[-1])
    return Asking(
        series_slug=run.series.slug,
        series_title=run.series.title,
        organisation=run.organisation.name,
        coordinator=run.coordinator.display_name,
        state=run.state,
        is_withdrawn=invitation.is_withdrawn,
        is_stopped=invitation.is_stopped,
        closes_at=run.closed_at if run.state == CLOSED else run.closes_at,
        functions=len(run.instrument.functions),
        url=paths.answer_run(link),
        letters_url=paths.run_letters(link),
        begin_url=paths.answer_run(link, first),
        has_begun=own is not None,
        is_done=own is not None and own.is_done,
        minutes=max(2, round(len(run.instrument.functions) * 0.75 + 2)),
    )


def steps_of(invitation: RunInvitation, secret: str) -> list[str]:
    """The way: functions in the order drawn for this person, then the statements."""
    visions = [VISION] if invitation.run.instrument.visions else []
    return [*order_of(invitation, secret), *visions]


def function_of(invitation: RunInvitation, slug: str) -> Function | None:
    return next((one for one in invitation.run.instrument.functions if one.slug == slug), None)


def function_page(
    session: Session, invitation: RunInvitation, function: Function, link: str, secret: str
) -> FunctionPage:
    instrument = invitation.run.instrument
    own = find_own(session, invitation, secret)
    steps = _steps(invitation, own, function.slug, link, secret)
    number = next(at for at, one in enumerate(steps, start=1) if one.slug == function.slug)
    says = dict(zip("12345", instrument.stops, strict=True))
    compels = dict(zip("12345", instrument.compulsion_stops, strict=True))
    return FunctionPage(
        asking=asking(session, invitation, link, secret),
        slug=function.slug,
        name=function.name,
        covers=function.covers,
        number=number,
        professed=instrument.professed,
        practised=instrument.practised,
        stops=_shown(says),
        compulsion=instrument.compulsion if function.asks_compulsion else "",
        compulsion_stops=_shown(compels),
        values=_values(session, invitation) if instrument.asks_values else (),
        asks_reason=instrument.asks_reason,
        said=_said(own, function),
        steps=steps,
        back_url=steps[number - 2].url if number > 1 else "",
        answered=len(_answered(own)),
    )


def vision_page(session: Session, invitation: RunInvitation, link: str, secret: str) -> VisionPage:
    instrument = invitation.run.instrument
    own = find_own(session, invitation, secret)
    fits = {one.vision_id: one.value for one in own.fits} if own else {}
    steps = _steps(invitation, own, VISION, link, secret)
    fit_stops = of_series(invitation.run.series.slug).practice.fit_stops
    return VisionPage(
        asking=asking(session, invitation, link, secret),
        statements=tuple(
            Statement(one.slug, one.text, fits.get(one.id, "")) for one in instrument.visions
        ),
        stops=_shown(dict(zip("12345", map(str, fit_stops), strict=True))),
        steps=steps,
        back_url=steps[-2].url if len(steps) > 1 else "",
        number=len(steps),
        answered=len(_answered(own)),
    )


def next_step(invitation: RunInvitation, slug: str, secret: str) -> str:
    """What comes after a step; END after the last."""
    names = steps_of(invitation, secret)
    at = names.index(slug) + 1 if slug in names else 0
    return names[at] if at < len(names) else END


def count_own(session: Session, invitation: RunInvitation, secret: str) -> int:
    return len(_answered(find_own(session, invitation, secret)))


def _steps(
    invitation: RunInvitation, own: Respondent | None, here: str, link: str, secret: str
) -> tuple[Step, ...]:
    names = {one.slug: one.name for one in invitation.run.instrument.functions}
    done, way = _answered(own), steps_of(invitation, secret)
    now = way.index(here)
    return tuple(
        Step(
            slug,
            names.get(slug, ""),
            paths.answer_run(link, slug),
            "now"
            if at == now
            else "answered"
            if slug in done
            else "passed"
            if at < now
            else "ahead",
        )
        for at, slug in enumerate(way)
    )


def _answered(own: Respondent | None) -> set[str]:
    if own is None:
        return set()
    said = {one.function.slug for one in own.answers if one.professed or one.practised}
    return said | ({VISION} if own.fits else set())


def _said(own: Respondent | None, function: Function) -> AnswerDraft:
    row = (
        next((one for one in own.answers if one.function_id == function.id), None) if own else None
    )
    if row is None:
        return AnswerDraft()
    return AnswerDraft(
        row.professed, row.practised, row.compulsion, tuple(row.values), row.reason, row.may_show
    )


def _shown(says: Mapping[str, str]) -> tuple[Stop, ...]:
    """The centre first, as everywhere on the site."""
    return tuple(Stop(value, says[value]) for value in words.STOPS)


def _values(session: Session, invitation: RunInvitation) -> tuple[Stop, ...]:
    rows = session.execute(
        select(Value.slug, Value.label)
        .where(Value.series_id == invitation.run.series.id)
        .where(Value.retired_at.is_(None))
        .order_by(Value.order)
    )
    return tuple(Stop(slug, label) for slug, label in rows)
