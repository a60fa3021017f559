"""What a stranger, a forger or somebody who has left does to letters and their links: nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.mail.kinds import KINDS, NEVER
from discussion.reach.notices.drafts import HearDraft
from discussion.reach.notices.models import Notice, NoticeChoice
from discussion.reach.notices.operations.choosing import choose
from discussion.reach.notices.operations.composing import compose
from discussion.reach.notices.queries.tokens import stop_token
from tests.conftest import SECRET
from tests.factories import make_person, make_position
from tests.reach.notices.world import Hearing

THEN = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def test_who_wants_to_hear_of_nothing_is_sent_nothing_that_still_waits(session: Session) -> None:
    world = Hearing(session)
    world.answer(make_position(session, world.thread, world.member), THEN)
    never = {kind.name: NEVER for kind in KINDS if NEVER in kind.rhythms}
    choose(session, world.as_(world.member, THEN), HearDraft(never), now=THEN)
    session.add(
        Notice(person_id=world.member.id, kind="answered", what="answered", ids={"response": 1},
               key="waits", at=THEN)
    )  # fmt: skip
    session.commit()
    assert compose(session, world.member.id, THEN + timedelta(days=30)) is None


def test_a_link_of_somebody_who_has_left_keeps_nothing(app: Flask, session: Session) -> None:
    person = make_person(session, email=None, left_at=THEN)
    session.commit()
    token = stop_token(person.public_id, ("answered",), SECRET)
    client = app.test_client()
    for answered in (client.get(f"/notices/stop/{token}"), client.post(f"/notices/stop/{token}")):
        assert answered.status_code == 200
    assert session.scalar(select(func.count()).select_from(NoticeChoice)) == 0


@pytest.mark.parametrize("how", ["another", "cut", "longer", "another key", "empty", "kinds"])
def test_a_forged_link_stops_nothing(app: Flask, session: Session, how: str) -> None:
    person, other = make_person(session), make_person(session)
    session.commit()
    token = stop_token(person.public_id, ("answered",), SECRET)
    said, _dot, sign = token.rpartition(".")
    others = stop_token(other.public_id, ("answered",), SECRET).rpartition(".")[0]
    forged = {
        "another": f"{others}.{sign}", "cut": token[:-1], "longer": f"{token}A",
        "another key": stop_token(person.public_id, ("answered",), "x" * 40),
        "empty": f".{sign}", "kinds": f"{said}%22.{sign}",
    }[how]  # fmt: skip
    client = app.test_client()
    assert client.get(f"/notices/stop/{forged}").status_code == 404
    assert client.post(f"/notices/stop/{forged}").status_code == 404
    assert session.scalar(select(func.count()).select_from(NoticeChoice)) == 0
