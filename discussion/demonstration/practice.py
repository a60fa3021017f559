"""Invented organisations that asked their invented people: closed runs, and one that is open.

Rows are written many at a time: no letter is promised, and nobody here has an account but the
coordinator, who is the demonstration's contributor.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from discussion.demonstration.files import read
from discussion.demonstration.people import Staff
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.series.series.models import Series
from discussion.vocabulary import of_series
from discussion.weighing.practice.keys import address_key, hash_of, link_of, respondent_key
from discussion.weighing.practice.models import (
    CLOSED,
    OPEN,
    Answer,
    Coordinator,
    Fit,
    Instrument,
    Organisation,
    Respondent,
    Run,
    RunInvitation,
    Unit,
)
from discussion.weighing.practice.operations.instruments import begin_instrument, open_instrument
from discussion.weighing.practice.words import CONSENT, LEADER, STAFF

UNKNOWN = {"?": "dont_know"}
VARIES = (0, 0, 0, 1, 0, -1, 0, 0, -1, 1, 0)  # around what most say
Says = Mapping[str, tuple[str, str]]  # function → professed and practised, a digit a person


@dataclass(frozen=True)
class Cast:
    """Who is asked, and what they say."""

    name: str
    domains: Sequence[str]
    units: Sequence[str]
    people: Sequence[tuple[str, int]]  # role, and place among the units
    says: Says
    fits: Mapping[str, str]
    reasons: Mapping[str, Sequence[tuple[int, str]]]
    consent_by: str
    letter: str = ""
    waits: frozenset[int] = frozenset()  # who has not answered yet where it is open


def add_practice(
    session: Session, series: Series, staff: Staff, now: datetime, *, secret: str
) -> None:
    """An instrument as it ships, a trust with its three schools, and six others."""
    content = read("practice.toml")
    convener = viewer_of(session, staff.convener, now)
    opened = now - timedelta(days=40)
    instrument = begin_instrument(session, convener, series, now=opened)
    open_instrument(session, convener, instrument, now=opened)
    centre = str(of_series(series.slug).practice.centre)
    trust = _trust(content["trust"], centre, instrument)
    maker = _Maker(session, series, instrument, staff, secret)
    organisation = maker.add(trust)
    organisation.coordinators = [Coordinator(person_id=staff.contributor.id, made_at=now)]
    maker.hold(organisation, trust, now - timedelta(days=12), is_open=False)
    maker.hold(organisation, trust, now, is_open=True)
    for at, entry in enumerate(content["more"]):
        cast = _varied(entry, at, instrument)
        maker.hold(maker.add(cast), cast, now - timedelta(days=20 - at), is_open=False)
    session.flush()


def _trust(entry: Mapping[str, Any], centre: str, instrument: Instrument) -> Cast:
    places = {"A": 0, "L": 1, "T": 2, "C": 3}
    roles = {"l": LEADER, "s": STAFF}
    return Cast(
        entry["name"],
        entry["domains"],
        [*entry["units"], centre],
        [(roles[one[0]], places[one[1]]) for one in entry["people"].split()],
        {slug: (said[0], said[1]) for slug, said in entry["says"].items()},
        {
            one.slug: said
            for one, said in zip(instrument.visions, entry["fits"].values(), strict=True)
        },
        entry["reasons"],
        entry["consent_by"],
        entry["letter"],
        frozenset(place - 1 for place in entry["not_yet"]),
    )


def _varied(entry: Mapping[str, Any], at: int, instrument: Instrument) -> Cast:
    """Everybody says what most say, or a stop beside it; staff see behaviour as more central."""
    many, units = entry["people"], entry["units"]
    people = [(LEADER if n % 11 < 4 else STAFF, n % units) for n in range(many)]
    says = {}
    for number, (slug, (professed, practised)) in enumerate(entry["says"].items()):
        turns = [1 if role == STAFF else -1 for role, _unit in people]
        shift = turns if slug == "behaviour" and at < 5 else [0] * many
        says[slug] = (
            "".join(_near(int(professed), n * 7 + number * 3 + at) for n in range(many)),
            "".join(
                _near(int(practised) + shift[n], n * 5 + number * 4 + at * 2) for n in range(many)
            ),
        )
    fits = {
        one.slug: "".join(_near(4 - place % 2, n * 3 + place + at) for n in range(many))
        for place, one in enumerate(instrument.visions)
    }
    names = [f"School {n + 1}" for n in range(units)]
    return Cast(entry["name"], [entry["domain"]], names, people, says, fits, {}, "The board")


def _near(stop: int, turn: int) -> str:
    return str(min(5, max(1, stop + VARIES[turn % len(VARIES)])))


class _Maker:
    """Writes organisations and runs of one series."""

    def __init__(
        self, session: Session, series: Series, instrument: Instrument, staff: Staff, secret: str
    ) -> None:
        self.session, self.series, self.instrument = session, series, instrument
        self.staff, self.secret = staff, secret
        self.functions = {one.slug: one for one in instrument.functions}
        self.visions = {one.slug: one for one in instrument.visions}

    def add(self, cast: Cast) -> Organisation:
        made = Organisation(
            series_id=self.series.id,
            name=cast.name,
            domains=list(cast.domains),
            is_invented=True,
            made_by_id=self.staff.convener.id,
            made_at=self.instrument.made_at,
        )
        self.session.add(made)
        self.session.flush()
        return made

    def hold(
        self, organisation: Organisation, cast: Cast, ended: datetime, *, is_open: bool
    ) -> None:
        """A run that closed then, or that is half way now."""
        run = self._run(organisation, cast, ended, is_open=is_open)
        rows = [
            {
                "public_id": (public_id := _drawn(f"{run.code}/{n}", 10)),
                "run_id": run.id,
                "unit_id": run.units[unit].id,
                "role": role,
                "email": (email := f"colleague{n + 1}@{cast.domains[unit % len(cast.domains)]}")
                if is_open
                else "",
                "address_key": address_key(self.secret, run.public_id, f"{n}@{email}")
                if is_open
                else _drawn(f"gone/{run.code}/{n}", 64),
                "link_hash": hash_of(link_of(self.secret, public_id)),
                "is_joined": False,
                "is_stopped": False,
                "is_withdrawn": False,
            }
            for n, (role, unit) in enumerate(cast.people)
        ]
        self.session.execute(insert(RunInvitation), rows)
        waits = cast.waits if is_open else frozenset()
        asked = {n: str(row["public_id"]) for n, row in enumerate(rows) if n not in waits}
        self._answer(run, cast, asked, is_open=is_open)

    def _run(
        self, organisation: Organisation, cast: Cast, ended: datetime, *, is_open: bool
    ) -> Run:
        began = ended - timedelta(days=4 if is_open else 14)
        run = Run(
            organisation_id=organisation.id,
            instrument_id=self.instrument.id,
            coordinator_id=self.staff.contributor.id,
            state=OPEN if is_open else CLOSED,
            code=_drawn(f"{cast.name}/{is_open}", 8),
            consent_text=str(CONSENT),
            consent_by=cast.consent_by,
            consented_at=began - timedelta(days=3),
            letter=cast.letter,
            opened_at=began,
            closes_at=ended + timedelta(days=10) if is_open else ended,
            closed_at=None if is_open else ended,
            forgot_at=None if is_open else ended,
            shared_at=None if is_open else began,
            made_at=began - timedelta(days=5),
        )
        said = of_series(self.series.slug).practice
        run.units = [
            Unit(
                name=name,
                level=said.centre_level if name == str(said.centre) else said.unit_level,
                code=_drawn(f"{run.code}/unit/{order}", 8),
                order=order,
            )
            for order, name in enumerate(cast.units, start=1)
        ]
        self.session.add(run)
        self.session.flush()
        return run

    def _answer(self, run: Run, cast: Cast, asked: Mapping[int, str], *, is_open: bool) -> None:
        keys = {
            n: respondent_key(self.secret, run.public_id, public_id)
            if is_open
            else _drawn(f"key/{run.code}/{public_id}", 64)
            for n, public_id in asked.items()
        }
        self.session.execute(
            insert(Respondent),
            [
                {
                    "run_id": run.id,
                    "unit_id": run.units[cast.people[n][1]].id,
                    "key": key,
                    "role": cast.people[n][0],
                    "order": list(self.functions),
                    "is_done": True,
                }
                for n, key in keys.items()
            ],
        )
        found = self.session.execute(
            select(Respondent.key, Respondent.id).where(Respondent.run_id == run.id)
        )
        ids = {row.key: row.id for row in found}
        people = {n: ids[key] for n, key in keys.items()}
        self.session.execute(insert(Answer), list(self._answers(cast, people)))
        self.session.execute(insert(Fit), list(self._fits(cast, people)))

    def _answers(self, cast: Cast, people: Mapping[int, int]) -> Iterator[dict[str, Any]]:
        for slug, (professed, practised) in cast.says.items():
            function = self.functions[slug]
            reasons = {place - 1: said for place, said in cast.reasons.get(slug, ())}
            for n, id in people.items():
                yield {
                    "respondent_id": id,
                    "function_id": function.id,
                    "professed": UNKNOWN.get(professed[n], professed[n]),
                    "practised": UNKNOWN.get(practised[n], practised[n]),
                    "compulsion": str(2 + n % 3) if function.asks_compulsion else "",
                    "values": _values(practised[n], n),
                    "reason": reasons.get(n, ""),
                    "may_show": n in reasons,
                }

    def _fits(self, cast: Cast, people: Mapping[int, int]) -> Iterator[dict[str, Any]]:
        for slug, said in cast.fits.items():
            for n, id in people.items():
                yield {
                    "respondent_id": id,
                    "vision_id": self.visions[slug].id,
                    "value": said[n],
                }


def _values(practised: str, n: int) -> list[str]:
    """What a choice serves: consistency where it is central, local judgement where it is not."""
    if practised == "?":
        return []
    stop = int(practised)
    first = "consistency" if stop > 3 else "local_autonomy" if stop < 3 else "relationships"
    return [
        *([first] if n % 4 else []),
        *(["equality"] if n % 2 else []),
        *(["priority"] if n % 5 == 0 else []),
    ]


def _drawn(said: str, length: int) -> str:
    """What looks drawn and is the same whenever the demonstration is made."""
    return sha256(f"demonstration practice {said}".encode()).hexdigest()[:length]
