"""What forms hand over: instruments, organisations, runs and answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from discussion.language import _
from discussion.problems import Problem, too_long
from discussion.weighing.practice import words


@dataclass(frozen=True)
class FunctionDraft:
    """One function; without a slug a new one."""

    slug: str
    name: str
    covers: str = ""
    asks_compulsion: bool = False


@dataclass(frozen=True)
class InstrumentDraft:
    """All of a version. Stops from the nearest decision to the most central."""

    functions: Sequence[FunctionDraft]
    professed: str
    practised: str
    stops: Sequence[str]
    compulsion: str
    compulsion_stops: Sequence[str]
    visions: Sequence[str]
    asks_values: bool = True
    asks_reason: bool = True
    shuffles: bool = True

    def problems(self) -> Iterator[Problem]:
        """What keeps it from being asked."""
        names = [one.name.casefold() for one in self.functions]
        many = len(names)
        if not words.FEWEST_FUNCTIONS <= many <= words.MOST_FUNCTIONS:
            yield Problem(
                "functions",
                _(
                    "Ask of %(fewest)s to %(most)s functions.",
                    fewest=words.FEWEST_FUNCTIONS,
                    most=words.MOST_FUNCTIONS,
                ),
            )
        if len(set(names)) < many:
            yield Problem("functions", _("Two functions have one name. Give each its own."))
        for one in self.functions:
            yield from too_long("functions", one.name, words.MAX_NAME)
            yield from too_long("functions", one.covers, words.MAX_COVERS)
        for field, said in (("professed", self.professed), ("practised", self.practised)):
            if not said:
                yield Problem(field, _("Write the question."))
            yield from too_long(field, said, words.MAX_QUESTION)
        for field, stops in (("stops", self.stops), ("compulsion_stops", self.compulsion_stops)):
            if len(stops) != 5 or len({one.casefold() for one in stops}) != 5 or not all(stops):
                yield Problem(field, _("Give each of the five stops words of its own."))
            for said in stops:
                yield from too_long(field, said, words.MAX_STOP)
        if len(self.visions) > words.MOST_VISIONS:
            yield Problem(
                "visions", _("Ask of at most %(most)s statements.", most=words.MOST_VISIONS)
            )
        for said in self.visions:
            yield from too_long("visions", said, words.MAX_STATEMENT)


@dataclass(frozen=True)
class OrganisationDraft:
    """Who may hold runs, whose addresses its people have, and who holds them."""

    name: str
    domains: Sequence[str]
    coordinators: Sequence[str]  # addresses of accounts

    def problems(self) -> Iterator[Problem]:
        if not self.name:
            yield Problem("name", _("Write the name of the organisation."))
        yield from too_long("name", self.name, words.MAX_ORGANISATION)
        if not self.domains:
            yield Problem(
                "domains", _("Give at least one domain: only addresses there can answer.")
            )
        if len(self.domains) > words.MOST_DOMAINS:
            yield Problem("domains", _("Give at most %(most)s domains.", most=words.MOST_DOMAINS))
        for one in self.domains:
            if not _DOMAIN.fullmatch(one):
                yield Problem("domains", _("“%(domain)s” is no domain.", domain=one))
            elif is_everybodys(one):
                yield Problem(
                    "domains",
                    _(
                        "Anybody can have an address at %(domain)s, so it cannot show who belongs"
                        " to the organisation.",
                        domain=one,
                    ),
                )
        if not self.coordinators:
            yield Problem("coordinators", _("Give the address of at least one coordinator."))


def is_everybodys(domain: str) -> bool:
    """Whether anybody can have an address there, or a domain below it."""
    labels = domain.split(".")
    is_ending = len(labels) == 2 and labels[0] in words.COMMON_ENDINGS and len(labels[1]) == 2
    is_sold = len(labels) == 2 or (len(labels) == 3 and labels[1] in ("co", "com"))
    return is_ending or (is_sold and labels[0] in words.EVERYBODYS)


_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")


@dataclass(frozen=True)
class RunDraft:
    """How a run is set up."""

    units: Sequence[str]
    has_centre: bool
    consent: bool
    consent_by: str
    letter: str
    opens_on: date | None  # None, or a day that has come: as soon as it is sent
    closes_on: date | None
    reminds_on: date | None
    is_shared: bool = False


@dataclass(frozen=True)
class AnswerDraft:
    """What one person says of one function; empty where nothing is chosen."""

    professed: str = ""
    practised: str = ""
    compulsion: str = ""
    values: tuple[str, ...] = ()
    reason: str = ""
    may_show: bool = False

    @property
    def is_empty(self) -> bool:
        return self == AnswerDraft()
