"""A closed run's answers, for arithmetic: who said them is known to nobody.

Respondents are numbered in an order that says nothing of when they answered. Words that may be
shown stand apart from them, since a way of writing would tell whose the rest is.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.analysis.suppression import FEWEST
from discussion.text import identifying
from discussion.vocabulary import Vocabulary, of_series
from discussion.weighing.practice.models import (
    CLOSED,
    Answer,
    Fit,
    Function,
    Respondent,
    Run,
    Unit,
    Vision,
)
from discussion.weighing.practice.queries.comparing import wording_of

DONT_KNOW = "dont_know"
# A stop: 1 is decided nearest to the work, or freely chosen, or not us at all; 5 is decided
# centrally, or required, or exactly us. None: not answered.
Stop = Literal[1, 2, 3, 4, 5, "dont_know"] | None
_STOPS: Mapping[str, Stop] = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
    DONT_KNOW: "dont_know",
}


@dataclass(frozen=True)
class AskedFunction:
    """A function as this run asked it."""

    slug: str
    name: str
    covers: str
    asks_compulsion: bool
    wording: tuple[str, ...] = ()  # all that makes it another function where it differs


@dataclass(frozen=True)
class AskedVision:
    """A statement of vision as this run asked it."""

    slug: str
    text: str


@dataclass(frozen=True)
class RunUnit:
    """A part of the organisation."""

    id: int
    name: str
    level: str  # a key of the vocabulary's levels


@dataclass(frozen=True)
class Said:
    """What one person said of one function."""

    professed: Stop = None
    practised: Stop = None
    compulsion: Stop = None
    values: tuple[str, ...] = ()  # slugs of the series' values, at most three


@dataclass(frozen=True)
class OneRespondent:
    """One person's answers, under a number from 1 that is drawn, not counted."""

    number: int
    role: Literal["leader", "staff"]
    unit_id: int
    says: Mapping[str, Said]  # by the slug of a function; only those answered
    fits: Mapping[str, Stop]  # by the slug of a vision statement


@dataclass(frozen=True)
class ColleaguesWord:
    """A reason whose writer lets colleagues read it, and which names nobody."""

    function: str  # its slug
    text: str


@dataclass(frozen=True)
class RunAnswers:
    """All answers of a run that is closed."""

    run_id: str  # public
    instrument_version: int
    functions: tuple[AskedFunction, ...]  # in the instrument's order
    visions: tuple[AskedVision, ...]
    units: tuple[RunUnit, ...]
    respondents: tuple[OneRespondent, ...]
    words: tuple[ColleaguesWord, ...]  # by function, each in an order of its own drawn by lot


def closed_answers(session: Session, run: Run) -> RunAnswers:
    """All that was answered; raises ValueError for a run that is not closed.

    Whoever calls it decides who may read what is made of it: no page shows a row of it.
    """
    if run.state != CLOSED:
        raise ValueError("answers are read of a closed run alone")
    instrument = run.instrument
    people = session.scalars(
        select(Respondent).where(Respondent.run_id == run.id).order_by(Respondent.key)
    ).all()
    said = _said(session, run)
    fits = _fits(session, run)
    return RunAnswers(
        run_id=run.public_id,
        instrument_version=instrument.version,
        functions=tuple(
            AskedFunction(
                one.slug, one.name, one.covers, one.asks_compulsion, wording_of(instrument, one)
            )
            for one in instrument.functions
        ),
        visions=tuple(AskedVision(one.slug, one.text) for one in instrument.visions),
        units=tuple(RunUnit(one.id, one.name, one.level) for one in run.units),
        respondents=tuple(
            OneRespondent(
                number,
                "leader" if one.role == "leader" else "staff",
                one.unit_id,
                said.get(one.id, {}),
                fits.get(one.id, {}),
            )
            for number, one in enumerate(people, start=1)
        ),
        words=_words(session, run, Counter(slug for each in said.values() for slug in each)),
    )


def _said(session: Session, run: Run) -> dict[int, dict[str, Said]]:
    rows = session.execute(
        select(
            Answer.respondent_id,
            Function.slug,
            Answer.professed,
            Answer.practised,
            Answer.compulsion,
            Answer.values,
        )
        .join_from(Answer, Respondent, Respondent.id == Answer.respondent_id)
        .join(Function, Function.id == Answer.function_id)
        .where(Respondent.run_id == run.id)
    )
    found: dict[int, dict[str, Said]] = {}
    for respondent_id, slug, professed, practised, compulsion, values in rows:
        said = Said(
            _STOPS.get(professed), _STOPS.get(practised), _STOPS.get(compulsion), tuple(values)
        )
        if said != Said():
            found.setdefault(respondent_id, {})[slug] = said
    return found


def _fits(session: Session, run: Run) -> dict[int, dict[str, Stop]]:
    rows = session.execute(
        select(Fit.respondent_id, Vision.slug, Fit.value)
        .join_from(Fit, Respondent, Respondent.id == Fit.respondent_id)
        .join(Vision, Vision.id == Fit.vision_id)
        .where(Respondent.run_id == run.id)
    )
    found: dict[int, dict[str, Stop]] = {}
    for respondent_id, slug, value in rows:
        found.setdefault(respondent_id, {})[slug] = _STOPS.get(value)
    return found


def _words(session: Session, run: Run, answered: Mapping[str, int]) -> tuple[ColleaguesWord, ...]:
    """What passes the guard against naming, of functions of which five people said anything.

    The keys, drawn at the close, are the lot; with the function, so that who is first in one is not
    first in the next, and nobody's words can be put side by side.
    """
    rows = session.execute(
        select(Function.order, Function.slug, Answer.reason, Respondent.key)
        .join_from(Answer, Respondent, Respondent.id == Answer.respondent_id)
        .join(Function, Function.id == Answer.function_id)
        .where(Respondent.run_id == run.id)
        .where(Answer.may_show.is_(True))
        .where(Answer.reason != "")
    ).all()
    names = session.scalars(select(Unit.name).where(Unit.run_id == run.id)).all()
    series = run.series
    return tuple(
        ColleaguesWord(slug, reason)
        for _place, slug, reason, _key in sorted(
            rows, key=lambda row: (row[0], _lot(row[1], row[3]))
        )
        if answered[slug] >= FEWEST and may_be_shown(reason, names, series.slug)
    )


def _lot(function: str, key: str) -> bytes:
    return sha256(f"{function}/{key}".encode()).digest()


def may_be_shown(reason: str, names: Sequence[str], series_slug: str) -> bool:
    """Whether words name nobody and no place, as far as the guard can tell.

    A unit is named by any word of its name that is no common word of the sector.
    """
    vocabulary = of_series(series_slug)
    telling = _words_of(*names) - _common_words(vocabulary)
    said = _words_of(reason)
    return not said & telling and not identifying(reason, vocabulary.signs)


def _common_words(vocabulary: Vocabulary) -> set[str]:
    """Those of which roles, phases, levels and kinds of organisation are called."""
    labels = (
        *vocabulary.role_labels.values(),
        *vocabulary.phase_labels.values(),
        *vocabulary.level_labels.values(),
        *vocabulary.organisation_types.values(),
    )
    return _words_of(*map(str, labels))


def _words_of(*said: str) -> set[str]:
    """Words of four letters or more, folded."""
    return set(re.findall(r"[^\W\d_]{4,}", " ".join(said).casefold()))
