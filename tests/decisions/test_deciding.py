"""How everything is decided: in one order, whatever it is about, and wholly or not at all."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Claim, Decision
from discussion.decisions.operations.claiming import Taken, take
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.refusing import AlreadyDecided, NeedsReason, TooLong
from discussion.decisions.words import MAX_WHY
from discussion.jobs.models import Job
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Reason, Series
from tests.factories import NOW, make_member, make_series, viewer

LINE = ("threads", "bcdfghjkmn")


class Room:
    """A room that notes which of its steps came, in what order."""

    def __init__(self, series: Series, author: Person, *, refuses: bool = False) -> None:
        self.steps: list[str] = []
        self._case = Case("thread", LINE[1], series, addressed_to_id=author.id, waits_as=(LINE,))
        self._refuses = refuses

    def effect(self) -> Steps:
        return Steps(self._hold, self._check, self._apply, needs_reason=True)

    def _hold(self) -> Case:
        self.steps.append("hold")
        return self._case

    def _check(self, _ruling: Ruling) -> None:
        self.steps.append("check")
        if self._refuses:
            raise AlreadyDecided

    def _apply(self, ruling: Ruling) -> Ruling:
        self.steps.append("apply")
        return replace(ruling, facts="As applied.", details={"into": "another"})


@pytest.fixture
def series(session: Session) -> Series:
    made = make_series(session)
    retired = Reason(series=made, slug="retired", label="It was too long", order=2, retired_at=NOW)
    session.add(retired)
    return made


@pytest.fixture
def room(session: Session, series: Series) -> Room:
    return Room(series, make_member(session, series))


@pytest.fixture
def moderator(session: Session, series: Series) -> Viewer:
    return viewer(session, make_member(session, series, role="moderator"))


def test_what_is_decided_is_written_chained_told_and_off_the_desk(
    session: Session, series: Series, room: Room, moderator: Viewer
) -> None:
    take(session, moderator, *LINE, series, now=NOW)
    ruling = Ruling("hide", "unclear", "Say which year.", decided="")
    decision = carry_out(session, moderator, ruling, room.effect(), now=NOW)
    assert room.steps == ["hold", "check", "apply"]
    assert (decision.reason and decision.reason.slug, decision.facts) == ("unclear", "As applied.")
    assert decision.decided_by_role == "moderator"
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event is not None
    assert event.details["into"] == "another"
    assert event.details["said"] == decision.fingerprint
    assert [job.payload["ids"] for job in _letters(session)] == [{"decision": decision.id}]
    assert session.scalar(select(func.count()).select_from(Claim)) == 0


def test_what_another_moderator_has_is_not_even_looked_at(
    session: Session, series: Series, room: Room, moderator: Viewer
) -> None:
    other = viewer(session, make_member(session, series, role="moderator"))
    take(session, other, *LINE, series, now=NOW)
    with pytest.raises(Taken):
        carry_out(session, moderator, Ruling("hide", "unclear"), room.effect(), now=NOW)
    assert room.steps == ["hold"]


@pytest.mark.parametrize(
    ("ruling", "refused"),
    [
        (Ruling("hide"), NeedsReason),
        (Ruling("hide", "retired"), NeedsReason),
        (Ruling("hide", "unclear", "x" * (MAX_WHY + 1)), TooLong),
        (Ruling("hide", "unclear", decided="another"), AlreadyDecided),
    ],
)
def test_what_is_refused_has_no_effect(
    session: Session,
    room: Room,
    moderator: Viewer,
    ruling: Ruling,
    refused: type[Exception],
) -> None:
    with pytest.raises(refused):
        carry_out(session, moderator, ruling, room.effect(), now=NOW)
    assert "apply" not in room.steps
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
    assert _letters(session) == []


def test_the_room_refuses_before_anything_said_is_weighed(
    session: Session, series: Series, moderator: Viewer
) -> None:
    room = Room(series, make_member(session, series), refuses=True)
    with pytest.raises(AlreadyDecided):
        carry_out(session, moderator, Ruling("hide"), room.effect(), now=NOW)
    assert room.steps == ["hold", "check"]


def test_what_the_room_tells_itself_is_not_told_twice(
    session: Session, room: Room, moderator: Viewer
) -> None:
    told: list[Decision] = []
    effect = replace(room.effect(), follow=told.append)
    decision = carry_out(session, moderator, Ruling("restore"), effect, now=NOW)
    assert (told, _letters(session)) == ([decision], [])


def _letters(session: Session) -> list[Job]:
    return list(session.scalars(select(Job).where(Job.name == "mail.send")))
