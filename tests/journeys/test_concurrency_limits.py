"""What may be done so many times is done no more often by sixteen who try at once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.evidence.drafts import ItemDraft
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations.keeping import add_item
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.operations.publishing import publish_position, revise_position
from discussion.debate.positions.words import FLOOD_MOST
from discussion.debate.responses.operations.responding import respond
from discussion.debate.threads.drafts import ThreadDraft
from discussion.debate.threads.models import RelatedThread, Thread
from discussion.debate.threads.operations import propose_thread
from discussion.debate.threads.operations.relating import relate_threads
from discussion.debate.threads.words_arranging import MAX_RELATED
from discussion.oversight.rights.operations.copying import ask_copy
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.series.members.drafts import InvitationDraft
from discussion.series.members.invitations import hash_of
from discussion.series.members.models import Invitation, Membership
from discussion.series.members.operations.inviting import join_by_invitation, make_invitation
from discussion.series.series.drafts import ValueDraft
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from discussion.series.values.operations import add_value
from discussion.series.values.words import MAX_VALUES
from tests.factories import NOW, make_member, make_person, make_position, make_series, make_thread
from tests.journeys.handed_in import DRAFT, RESPONSE
from tests.journeys.together import together

MANY = 16
STUDY = ItemDraft(
    title="A study", kind="rct", question_type="what_works", url="https://example.org/a"
)
Act = Callable[[Session, Viewer], Any]


def at_once(own_engine: Engine, acts: list[tuple[int, Act]]) -> Counter[str]:
    """Each act by its person, in a transaction of its own; how often each ended how."""

    def run(person_id: int, act: Act) -> None:
        with transaction(own_engine) as session:
            act(session, viewer_of(session, session.get_one(Person, person_id), NOW))

    def begin(person_id: int, act: Act) -> Callable[[], None]:
        return lambda: run(person_id, act)

    ends = together([begin(*each) for each in acts])
    return Counter("done" if end is None else type(end).__name__ for end in ends)


def test_of_all_that_one_person_hands_in_at_once_no_more_is_stored_than_may_be(
    own_engine: Engine,
) -> None:
    """Positions, new versions, responses and proposals are counted together."""
    with transaction(own_engine) as session:
        series = make_series(session, moderation="post")
        person = make_member(session, series)
        fresh = [make_thread(session, series, created_at=NOW - timedelta(days=9)).id
                 for _ in range(4)]  # fmt: skip
        long_ago: dict[str, Any] = {"submitted_at": NOW - timedelta(days=9)}
        others = make_thread(session, series, created_at=NOW - timedelta(days=9))
        answered = [make_position(session, others, revision=long_ago).id for _ in range(4)]
        own = [
            make_position(session, make_thread(session, series, created_at=NOW - timedelta(days=9)),
                          person, revision=long_ago).id
            for _ in range(4)
        ]  # fmt: skip
        series_id, theme, person_id = series.id, series.themes[0].slug, person.id

    def publish(thread_id: int) -> Act:
        return lambda session, actor: publish_position(
            session, actor, session.get_one(Thread, thread_id), DRAFT, now=NOW
        )

    def revise(position_id: int) -> Act:
        again = replace(DRAFT, change_reason="clearer", claim="Said more clearly.")
        return lambda session, actor: revise_position(
            session, actor, session.get_one(Position, position_id), again, now=NOW
        )

    def answer(position_id: int) -> Act:
        return lambda session, actor: respond(
            session, actor, session.get_one(Position, position_id), RESPONSE, now=NOW
        )

    def propose(session: Session, actor: Viewer) -> None:
        draft = ThreadDraft(question="Should homework be optional?", themes=(theme,),
                            levels=("school",), attribution="role",
                            nobody_identified=True)  # fmt: skip
        propose_thread(session, actor, session.get_one(Series, series_id), draft, now=NOW)

    acts = [*map(publish, fresh), *map(revise, own), *map(answer, answered), *[propose] * 4]
    ends = at_once(own_engine, [(person_id, act) for act in acts])

    assert ends == {"done": FLOOD_MOST, "Invalid": MANY - FLOOD_MOST}, ends
    with transaction(own_engine, writes=False) as session:
        stored = [
            *session.scalars(select(Revision.held_for).join(Revision.position)
                             .where(Position.author_id == person_id, Revision.submitted_at == NOW)),
            *session.scalars(select(ResponseText.held_for).join(ResponseText.response)
                             .where(Response.author_id == person_id)),
        ]  # fmt: skip
        slugs = session.scalars(select(Thread.slug).where(Thread.proposed_by_id == person_id)).all()
    assert len(stored) + len(slugs) == FLOOD_MOST
    assert len(set(slugs)) == len(slugs)


def test_a_link_lets_in_as_many_as_it_says(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        series = make_series(session)
        convener = make_member(session, series, role="convener")
        actor = viewer_of(session, convener, NOW)
        draft = InvitationDraft(role="contributor", days=7, max_uses=3)
        _row, secret = make_invitation(session, actor, series, draft, key="k", now=NOW)
        people = [make_person(session).id for _ in range(MANY)]
        before = session.scalar(select(func.count()).select_from(Membership)) or 0

    def join(session: Session, actor: Viewer) -> None:
        shown = select(Invitation).where(Invitation.secret_hash == hash_of(secret))
        assert session.scalar(shown)  # as the page has read it already
        join_by_invitation(session, actor, secret, now=NOW)

    ends = at_once(own_engine, [(person, join) for person in people])

    assert ends == {"done": 3, "Refused": MANY - 3}
    with transaction(own_engine, writes=False) as session:
        after = session.scalar(select(func.count()).select_from(Membership)) or 0
    assert after == before + 3


def test_one_copy_of_ones_data_is_made_at_a_time(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        person = make_person(session).id

    ends = at_once(
        own_engine, [(person, lambda session, actor: ask_copy(session, actor, now=NOW))] * 6
    )

    assert ends == {"done": 1, "Refused": 5}


def test_a_set_of_values_does_not_outgrow_what_it_may_hold(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        series = make_series(session)
        convener = make_member(session, series, role="convener").id
        series_id = series.id

    def add(number: int) -> Act:
        draft = ValueDraft(
            slug=f"value_{number}",
            family="shares",
            label=f"Value {number}",
            definition="What it means.",
        )
        return lambda session, actor: add_value(
            session, actor, session.get_one(Series, series_id), draft, now=NOW
        )

    ends = at_once(own_engine, [(convener, add(number)) for number in range(MANY)])

    assert ends["done"] == MAX_VALUES - 16
    with transaction(own_engine, writes=False) as session:
        kept = session.scalar(
            select(func.count()).select_from(Value).where(Value.series_id == series_id)
        )
    assert kept == MAX_VALUES


def test_no_thread_is_related_to_more_than_may_be(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        series = make_series(session)
        convener = make_member(session, series, role="convener").id
        thread_id = make_thread(session, series).id
        others = [make_thread(session, series).id for _ in range(MANY)]

    def relate(other_id: int) -> Act:
        return lambda session, actor: relate_threads(
            session, actor, session.get_one(Thread, thread_id), session.get_one(Thread, other_id),
            why="They ask about the same pupils.", now=NOW,
        )  # fmt: skip

    ends = at_once(own_engine, [(convener, relate(other)) for other in others])

    assert ends == {"done": MAX_RELATED, "Refused": MANY - MAX_RELATED}
    with transaction(own_engine, writes=False) as session:
        assert session.scalar(select(func.count()).select_from(RelatedThread)) == MAX_RELATED


def test_one_study_is_in_the_library_once(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        series = make_series(session)
        people = [make_member(session, series).id for _ in range(8)]
        series_id = series.id

    def add(session: Session, actor: Viewer) -> None:
        add_item(session, actor, session.get_one(Series, series_id), STUDY, now=NOW)

    ends = at_once(own_engine, [(person, add) for person in people])

    assert ends == {"done": 1, "AlreadyThere": 7}
    with transaction(own_engine, writes=False) as session:
        assert session.scalar(select(func.count()).select_from(EvidenceItem)) == 1
