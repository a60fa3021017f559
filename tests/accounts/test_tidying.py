"""What is no longer needed is forgotten, as the privacy notice says."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.accounts.models import Attempt, MailedLink, Person
from discussion.accounts.operations.attempts import count_attempt
from discussion.accounts.tasks import TASKS
from tests.conftest import SECRET
from tests.factories import NOW, make_person


def test_old_attempts_spent_links_and_unconfirmed_sign_ups_are_forgotten(session: Session) -> None:
    kept = make_person(session)
    made = {"email_confirmed_at": None, "password_hash": None}
    waiting = make_person(session, **made, created_at=NOW - timedelta(days=29))
    forgotten = make_person(session, **made, created_at=NOW - timedelta(days=31))
    for person, age in ((kept, 1), (kept, 40), (forgotten, 31)):
        at = NOW - timedelta(days=age)
        session.add(MailedLink(person=person, purpose="confirm", email="x@example.org", carries={},
                               created_at=at, expires_at=at))  # fmt: skip
    session.add_all(Attempt(key="k", at=NOW - timedelta(hours=hours)) for hours in (23, 25))
    session.flush()

    for _ in range(2):
        TASKS["accounts.tidy"](session, {}, NOW)

    assert set(session.scalars(select(Person.id))) == {kept.id, waiting.id}
    assert len(session.scalars(select(MailedLink)).all()) == 1
    assert len(session.scalars(select(Attempt)).all()) == 1


def test_the_table_of_attempts_tells_nobody_who_tried_or_from_where(session: Session) -> None:
    count_attempt(session, "sign_in", "o@example.org", "192.0.2.7", secret=SECRET, now=NOW)

    rows = session.execute(select(Attempt.key, Attempt.part)).all()
    keys = [key for row in rows for key in row if key]

    assert len(set(keys)) == 4
    assert all(len(key) == 64 and "example" not in key and "192" not in key for key in keys)


def test_a_household_on_ipv6_counts_as_one_address(session: Session) -> None:
    waits = [
        count_attempt(session, "sign_in", f"{n}@example.org", f"2001:db8::{n:x}", secret=SECRET,
                      now=NOW)
        for n in range(101)
    ]  # fmt: skip

    assert waits[:100] == [0] * 100
    assert waits[100] == 15 * 60
