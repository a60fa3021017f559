"""Findings say how many positions the other side restated fairly."""

from sqlalchemy.orm import Session

from discussion.weighing.findings.queries.tagged import read_tags
from tests.factories import make_position, make_response, make_series, make_thread


def test_positions_are_counted_and_not_restatements(session: Session) -> None:
    thread = make_thread(session, make_series(session))
    twice, never, unfair = (make_position(session, thread) for _ in range(3))
    for position, fair in ((twice, "yes"), (twice, "yes"), (unfair, "no"), (never, "")):
        row = make_response(session, position, type="restates")
        assert row.live is not None
        row.live.fair = fair
    session.flush()
    assert read_tags(session, thread).restated == 1
