"""The pages of a series, of its administrator, and of a coordinator."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.vocabulary import of_series
from discussion.weighing.practice import words
from discussion.weighing.practice.models import (
    CLOSED,
    DRAFT,
    Coordinator,
    Instrument,
    Organisation,
    Run,
    RunInvitation,
)
from discussion.weighing.practice.queries.comparing import Compared, compare
from discussion.weighing.practice.queries.counts import Counts, count_answers
from discussion.weighing.practice.queries.finding import count_asked, find_draft, find_open
from discussion.weighing.practice.queries.missing import missing_of


@dataclass(frozen=True)
class OwnRun:
    """A run as its coordinator's list names it."""

    state: str
    url: str
    version: int
    closes_at: datetime | None


@dataclass(frozen=True)
class OwnOrganisation:
    name: str
    begin_url: str  # empty while a run goes on
    runs: tuple[OwnRun, ...]


@dataclass(frozen=True)
class PracticePage:
    """What it is for, what is asked, and what the reader can do."""

    series_slug: str
    series_title: str
    functions: tuple[str, ...]
    version: int | None  # of the open instrument
    instrument_url: str
    organisations_url: str  # empty: the reader is no administrator
    can_convene: bool
    own: tuple[OwnOrganisation, ...]
    join_url: str


def practice_page(session: Session, viewer: Viewer | None, slug: str) -> PracticePage | None:
    """For whoever reads the series; organisations are named to their coordinators alone."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    instrument = find_open(session, series)
    return PracticePage(
        series_slug=slug,
        series_title=series.title,
        functions=tuple(one.name for one in instrument.functions) if instrument else (),
        version=instrument.version if instrument else None,
        instrument_url=paths.instrument(slug),
        organisations_url=paths.organisations(slug) if allowed(viewer, May.ADMINISTER) else "",
        can_convene=allowed(viewer, May.CONVENE, series),
        own=_own(session, viewer, series),
        join_url=paths.join_run(),
    )


def _own(session: Session, viewer: Viewer | None, series: Series) -> tuple[OwnOrganisation, ...]:
    if viewer is None or not viewer.is_confirmed:
        return ()
    rows = session.scalars(
        select(Organisation)
        .join(Coordinator, Coordinator.organisation_id == Organisation.id)
        .where(Organisation.series_id == series.id)
        .where(Coordinator.person_id == viewer.person_id)
        .order_by(Organisation.name)
    ).all()
    runs = session.scalars(
        select(Run).where(Run.organisation_id.in_([one.id for one in rows])).order_by(Run.id.desc())
    ).all()
    return tuple(
        OwnOrganisation(
            one.name,
            ""
            if any(run.organisation_id == one.id and run.state != CLOSED for run in runs)
            else f"{paths.organisation(series.slug, one.public_id)}/runs",
            tuple(
                OwnRun(run.state, paths.run(run.public_id), run.instrument.version, run.closes_at)
                for run in runs
                if run.organisation_id == one.id
            ),
        )
        for one in rows
    )


@dataclass(frozen=True)
class Version:
    """A version of the instrument in the list of them."""

    number: int
    is_draft: bool
    at: datetime
    url: str


@dataclass(frozen=True)
class AskedFunctionLine:
    slug: str
    name: str
    covers: str
    asks_compulsion: bool


@dataclass(frozen=True)
class InstrumentPage:
    """What is asked in one version; with its draft, for a convener."""

    series_slug: str
    series_title: str
    url: str
    practice_url: str
    can_convene: bool
    version: int | None
    is_draft: bool
    saves: int
    functions: tuple[AskedFunctionLine, ...]
    professed: str
    practised: str
    stops: tuple[str, ...]  # the centre first
    compulsion: str
    compulsion_stops: tuple[str, ...]
    visions: tuple[str, ...]
    asks_values: bool
    asks_reason: bool
    shuffles: bool
    versions: tuple[Version, ...]
    compared: Compared | None  # with the version before
    left_out: tuple[tuple[str, str], ...]  # offered besides: slug and name
    minutes: int


def instrument_page(
    session: Session, viewer: Viewer | None, slug: str, version: int | None
) -> InstrumentPage | None:
    """A convener sees the draft first, if there is one; everybody else what is open."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    can_convene = allowed(viewer, May.CONVENE, series)
    row = find_draft(session, series) if can_convene and version is None else None
    row = row or find_open(session, series, version)
    if row is None and (version is not None or not can_convene):
        return None
    versions = session.scalars(
        select(Instrument)
        .where(Instrument.series_id == series.id)
        .order_by(Instrument.version.desc())
    ).all()
    before = next((one for one in versions if row and one.version == row.version - 1), None)
    known = {one.slug for one in row.functions} if row else set()
    return InstrumentPage(
        series_slug=slug,
        series_title=series.title,
        url=paths.instrument(slug),
        practice_url=paths.practice(slug),
        can_convene=can_convene,
        version=row.version if row else None,
        is_draft=row is not None and row.state == DRAFT,
        saves=row.saves if row else 0,
        functions=tuple(
            AskedFunctionLine(one.slug, one.name, one.covers, one.asks_compulsion)
            for one in row.functions
        )
        if row
        else (),
        professed=row.professed if row else "",
        practised=row.practised if row else "",
        stops=tuple(reversed(row.stops)) if row else (),
        compulsion=row.compulsion if row else "",
        compulsion_stops=tuple(reversed(row.compulsion_stops)) if row else (),
        visions=tuple(one.text for one in row.visions) if row else (),
        asks_values=row.asks_values if row else False,
        asks_reason=row.asks_reason if row else False,
        shuffles=row.shuffles if row else False,
        versions=tuple(
            Version(
                one.version,
                one.state == DRAFT,
                one.opened_at or one.saved_at,
                paths.instrument(slug) + ("" if one.state == DRAFT else f"?version={one.version}"),
            )
            for one in versions
            if one.state != DRAFT or can_convene
        ),
        compared=compare(before, row) if row and before else None,
        left_out=tuple(
            (one.slug, str(one.name))
            for one in of_series(slug).practice.functions
            if one.slug not in known
        ),
        minutes=round(len(known) * 0.75 + 2),
    )


@dataclass(frozen=True)
class OrganisationLine:
    name: str
    domains: tuple[str, ...]
    coordinators: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class OrganisationsPage:
    series_slug: str
    series_title: str
    url: str
    practice_url: str
    lines: tuple[OrganisationLine, ...]

    def of(self, url: str) -> "OrganisationsPage":
        """The page of one of them."""
        return replace(self, url=url, lines=tuple(one for one in self.lines if one.url == url))


def organisations_page(
    session: Session, viewer: Viewer | None, slug: str
) -> OrganisationsPage | None:
    """For an administrator alone."""
    series = find_series(session, viewer, slug)
    if series is None or not allowed(viewer, May.ADMINISTER):
        return None
    rows = session.scalars(
        select(Organisation).where(Organisation.series_id == series.id).order_by(Organisation.name)
    ).all()
    return OrganisationsPage(
        series_slug=slug,
        series_title=series.title,
        url=paths.organisations(slug),
        practice_url=paths.practice(slug),
        lines=tuple(
            OrganisationLine(
                one.name,
                tuple(one.domains),
                emails_of(session, one),
                paths.organisation(slug, one.public_id),
            )
            for one in rows
        ),
    )


def emails_of(session: Session, row: Organisation) -> tuple[str, ...]:
    """The addresses of its coordinators' accounts."""
    found = session.scalars(
        select(Person.email)
        .join(Coordinator, Coordinator.person_id == Person.id)
        .where(Coordinator.organisation_id == row.id)
        .order_by(Person.email)
    )
    return tuple(one for one in found if one)


@dataclass(frozen=True)
class Invited:
    """Somebody who is listed, before anything is sent."""

    public_id: str
    email: str
    role: str
    unit: str


@dataclass(frozen=True)
class UnitLine:
    name: str
    code: str
    join_url: str
    leaders: int
    staff: int


@dataclass(frozen=True)
class RunPage:
    """Everything that its coordinator sees: never a link, nor who has answered."""

    series_slug: str
    series_title: str
    practice_url: str
    instrument_url: str
    url: str
    organisation: str
    domains: tuple[str, ...]
    state: str
    version: int
    functions: int
    saves: int
    consent_text: str
    consent_by: str
    consented_at: datetime | None
    letter: str
    units: tuple[UnitLine, ...]
    asked: int
    invited: tuple[Invited, ...]  # while it is set up
    missing: tuple[tuple[str, str], ...]  # field and sentence
    opens_at: datetime | None
    opened_at: datetime | None
    closes_at: datetime | None
    reminds_at: datetime | None
    closed_at: datetime | None
    reminders: int
    reminded_at: datetime | None
    is_shared: bool
    shared_at: datetime | None
    named_by: str
    counts: Counts | None  # once it is open
    centre: str
    unit_word: str
    units_word: str


def run_page(session: Session, run: Run, now: datetime) -> RunPage:
    """Of a run that the viewer coordinates: whoever calls it has asked."""
    is_set_up = run.state in (DRAFT, "planned")
    rows = session.scalars(
        select(RunInvitation).where(RunInvitation.run_id == run.id).order_by(RunInvitation.id)
    ).all()
    said = of_series(run.series.slug).practice
    return RunPage(
        series_slug=run.series.slug,
        series_title=run.series.title,
        practice_url=paths.practice(run.series.slug),
        instrument_url=f"{paths.instrument(run.series.slug)}?version={run.instrument.version}",
        url=paths.run(run.public_id),
        organisation=run.organisation.name,
        domains=tuple(run.organisation.domains),
        state=run.state,
        version=run.instrument.version,
        functions=len(run.instrument.functions),
        saves=run.saves,
        consent_text=run.consent_text or str(words.CONSENT),
        consent_by=run.consent_by,
        consented_at=run.consented_at,
        letter=run.letter,
        units=tuple(
            UnitLine(
                one.name,
                one.code,
                paths.join_run(one.code),
                sum(row.unit_id == one.id and row.role == words.LEADER for row in rows),
                sum(row.unit_id == one.id and row.role == words.STAFF for row in rows),
            )
            for one in run.units
        ),
        asked=count_asked(session, run),
        invited=tuple(
            Invited(row.public_id, row.email, str(said.roles[row.role]), row.unit.name)
            for row in rows
            if is_set_up
        ),
        missing=tuple((one.field, one.sentence) for one in missing_of(session, run, now))
        if run.state == DRAFT
        else (),
        opens_at=run.opens_at,
        opened_at=run.opened_at,
        closes_at=run.closes_at,
        reminds_at=run.reminds_at,
        closed_at=run.closed_at,
        reminders=run.reminders,
        reminded_at=run.reminded_at,
        is_shared=run.is_shared,
        shared_at=run.shared_at,
        named_by=run.named_by,
        counts=None if is_set_up else count_answers(session, run),
        centre=str(said.centre),
        unit_word=str(said.unit),
        units_word=str(said.units),
    )
