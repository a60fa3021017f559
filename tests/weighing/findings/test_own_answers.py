"""What whoever rated reads of their own answers is kept for them alone, while those stand."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.states.shapes import Head
from discussion.weighing.findings.queries.head import findings_head
from discussion.weighing.rounds.models import Rating
from tests.factories import viewer
from tests.weighing.findings.worlds import KEY, Weighed, leader, weighed


def test_findings_are_kept_for_who_rated_alone_and_anew_once_answers_go(session: Session) -> None:
    world = weighed(session)
    world.compute()
    stranger = leader(session, world.series)
    before = [_head(world, person) for person in (*world.leaders[:2], stranger)]
    assert [one.is_own for one in before] == [True, True, False]
    assert not any(one.is_passing for one in before)
    assert len({one.states[4:] for one in before}) == 3
    last = world.session.get(Rating, before[0].states[-1])
    session.execute(delete(Rating).where(Rating.id == before[0].states[-1]))
    assert last is not None
    assert _head(world, world.leaders[0]).states[4:] != before[0].states[4:]
    session.execute(delete(Rating).where(Rating.rater_key == last.rater_key))
    assert not _head(world, world.leaders[0]).is_own


def _head(world: Weighed, person: Person) -> Head:
    found = findings_head(
        world.session, viewer(world.session, person), world.thread.slug, secret=KEY
    )
    assert found is not None
    return found
