"""The application starts and its shell answers."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_position, make_series, make_thread


def test_the_process_says_that_it_lives(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"process": "ok"}


def test_a_published_position_is_kept_with_its_live_revision(session: Session) -> None:
    position = make_position(session, make_thread(session, make_series(session)))
    session.expire_all()
    assert position.live is not None and position.live.claim.startswith("Every pupil")
