"""The ground: the process starts or says why not, and answers how it is."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from discussion.config import SettingsError, described, from_environment
from discussion.jobs.models import Job
from tests.conftest import SECRET
from tests.factories import NOW, make_position, make_series, make_thread


def test_the_process_says_that_it_lives(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"process": "ok"}


def test_readiness_tells_of_migrations_that_are_outstanding(client: FlaskClient) -> None:
    answer = client.get("/readyz")  # the tests' tables were not made by migrations
    assert answer.json is not None
    assert answer.json == {
        "database": "ok", "writes": "ok", "disk": "ok", "migrations": "behind",
    }  # fmt: skip
    assert answer.status_code == 503


def test_a_published_position_is_kept_with_its_live_revision(session: Session) -> None:
    position = make_position(session, make_thread(session, make_series(session)))
    session.expire_all()
    assert position.live is not None
    assert position.live.claim.startswith("Every pupil")


def test_an_unknown_setting_is_refused_by_its_name() -> None:
    with pytest.raises(SettingsError, match="DISCUSSION_SECRT_KEY"):
        from_environment({"DISCUSSION_SECRT_KEY": SECRET})


@pytest.mark.parametrize(
    ("name", "text"),
    [("PORT", "eighty"), ("DEBUG", "perhaps"), ("WORKER", "sometimes"), ("LOG_LEVEL", "loud")],
)
def test_a_setting_of_the_wrong_kind_is_refused_by_its_name(name: str, text: str) -> None:
    given = {"DISCUSSION_ENVIRONMENT": "test", f"DISCUSSION_{name}": text}
    with pytest.raises(SettingsError, match=f"DISCUSSION_{name}"):
        from_environment(given)


def test_every_setting_says_in_a_sentence_what_it_is() -> None:
    every = list(described())
    assert len(every) > 20
    for name, _kind, _default, says in every:
        assert says.endswith("."), name


def test_a_number_that_is_none_is_kept_by_neither_database(session: Session) -> None:
    session.add(Job(name="any", payload={"x": float("nan")}, created_at=NOW, run_after=NOW))
    with pytest.raises((StatementError, ValueError), match="not JSON compliant"):
        session.flush()
