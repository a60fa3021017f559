"""Who belongs, who is admitted, and that a series never loses its last convener."""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.db import Base, transaction
from discussion.jobs.models import Job
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed
from discussion.problems import Refused
from discussion.series.members.drafts import InvitationDraft
from discussion.series.members.models import Membership
from discussion.series.members.operations import members
from discussion.series.members.operations.inviting import (
    join_by_invitation,
    make_invitation,
    revoke_invitation,
)
from discussion.series.members.queries.page import find_member
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_position, make_series, make_thread
from tests.factories import viewer as as_viewer
from tests.factories.scenes import Scene

KEY = "a key"


def invite(scene: Scene, *, now: datetime = NOW, **changes: object) -> str:
    draft = replace(InvitationDraft(role="contributor", days=7), **changes)  # type: ignore[arg-type]
    _row, secret = make_invitation(
        scene.session, scene.as_convener, scene.series, draft, key=KEY, now=now
    )
    return secret


def membership(session: Session, series: Series, person: object) -> Membership | None:
    return find_member(session, series, person.public_id)  # type: ignore[attr-defined]


def test_the_last_convener_cannot_be_demoted_or_leave(scene: Scene) -> None:
    own = membership(scene.session, scene.series, scene.convener)
    assert own
    with pytest.raises(Refused):
        members.change_role(scene.session, scene.as_convener, own, "moderator", now=NOW)
    with pytest.raises(Refused):
        members.leave_series(scene.session, scene.as_convener, scene.series, now=NOW)


def test_a_convener_may_go_once_there_is_another(scene: Scene) -> None:
    other = membership(scene.session, scene.series, scene.moderator)
    assert other
    members.change_role(scene.session, scene.as_convener, other, "convener", now=NOW)
    members.leave_series(scene.session, scene.as_convener, scene.series, now=NOW)
    own = membership(scene.session, scene.series, scene.convener)
    assert own
    assert own.removed_at == NOW
    assert own.admitted_at is None


def test_a_convener_who_left_the_site_does_not_count_as_one(scene: Scene) -> None:
    make_member(scene.session, scene.series, make_person(scene.session, left_at=NOW),
                role="convener")  # fmt: skip
    with pytest.raises(Refused):
        members.leave_series(scene.session, scene.as_convener, scene.series, now=NOW)


def test_two_conveners_who_leave_at_once_do_not_both_go(engine: Engine) -> None:
    with transaction(engine) as session:
        series = make_series(session)
        people = [make_member(session, series, role="convener") for _each in range(2)]
        viewers = [as_viewer(session, person) for person in people]
        series_id = series.id
    try:
        refused = race(engine, series_id, viewers)
        with transaction(engine) as session:
            left = session.scalars(
                select(Membership)
                .where(Membership.series_id == series_id)
                .where(Membership.removed_at.is_(None))
                .where(Membership.role == "convener")
            ).all()
    finally:
        empty(engine)
    assert (len(left), len(refused)) == (1, 1)


def race(engine: Engine, series_id: int, viewers: list[Viewer]) -> list[int]:
    """Both leave at the same moment; returns who was refused."""
    barrier, refused = Barrier(2), []

    def leave(at: int) -> None:
        barrier.wait()
        try:
            with transaction(engine) as session:
                series = session.get_one(Series, series_id)
                members.leave_series(session, viewers[at], series, now=NOW)
        except Refused:
            refused.append(at)

    threads = [Thread(target=leave, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def empty(engine: Engine) -> None:
    """What was committed here must not be seen by other tests."""
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


def test_an_administrator_can_appoint_a_convener_and_nobody_else_can(scene: Scene) -> None:
    person = make_person(scene.session)
    with pytest.raises(Forbidden):
        members.appoint_convener(
            scene.session, scene.as_convener, scene.series, str(person.email), now=NOW
        )
    members.appoint_convener(
        scene.session, scene.as_administrator, scene.series, f" {person.email} ".upper(), now=NOW
    )
    own = membership(scene.session, scene.series, person)
    assert own
    assert (own.role, own.admitted_how) == ("convener", "invited")


def test_nobody_unconfirmed_is_admitted_promoted_or_appointed(scene: Scene) -> None:
    person = make_person(scene.session, email_confirmed_at=None)
    make_member(scene.session, scene.series, person, admitted_at=None, admitted_how="")
    own = membership(scene.session, scene.series, person)
    assert own
    for attempt in (
        lambda: members.admit_member(scene.session, scene.as_convener, own, now=NOW),
        lambda: members.change_role(scene.session, scene.as_convener, own, "moderator", now=NOW),
        lambda: members.appoint_convener(
            scene.session, scene.as_administrator, scene.series, str(person.email), now=NOW
        ),
    ):
        with pytest.raises(Refused):
            attempt()


def test_what_conveners_do_to_somebody_is_audited_and_mailed(scene: Scene) -> None:
    person = make_member(scene.session, scene.series, admitted_at=None, admitted_how="")
    own = membership(scene.session, scene.series, person)
    assert own
    members.admit_member(scene.session, scene.as_convener, own, now=NOW)
    members.change_role(scene.session, scene.as_convener, own, "moderator", now=NOW)
    verbs = scene.session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)).all()
    assert list(verbs[-2:]) == ["admit_member", "change_role"]
    jobs = scene.session.scalars(select(Job).order_by(Job.id)).all()
    assert [job.payload["template"] for job in jobs[-2:]] == [
        "series/admitted", "series/role_changed"
    ]  # fmt: skip


def test_an_invitation_works_once_and_admits(scene: Scene) -> None:
    secret = invite(scene)
    first, second = (
        make_person(scene.session, roles=["parent"], phases=["primary"]),
        make_person(scene.session),
    )
    own = join_by_invitation(scene.session, scene.as_(first), secret, now=NOW)
    assert (own.admitted_how, own.posting_role, own.posting_phase) == (
        "invited", "parent", "primary",
    )  # fmt: skip
    with pytest.raises(Refused, match="used"):
        join_by_invitation(scene.session, scene.as_(second), secret, now=NOW)


def test_an_invitation_runs_out_at_its_moment(scene: Scene) -> None:
    secret = invite(scene, days=1)
    person = scene.as_(make_person(scene.session))
    with pytest.raises(Refused, match="run out"):
        join_by_invitation(scene.session, person, secret, now=NOW + timedelta(days=1))
    almost = NOW + timedelta(days=1, seconds=-1)
    assert join_by_invitation(scene.session, person, secret, now=almost)


def test_a_withdrawn_or_unknown_invitation_is_refused(scene: Scene) -> None:
    draft = InvitationDraft(role="contributor", days=3, max_uses=3)
    invitation, secret = make_invitation(
        scene.session, scene.as_convener, scene.series, draft, key=KEY, now=NOW
    )
    revoke_invitation(scene.session, scene.as_convener, invitation, now=NOW)
    person = scene.as_(make_person(scene.session))
    for given in (secret, "f" * 40):
        with pytest.raises(Refused):
            join_by_invitation(scene.session, person, given, now=NOW)


def test_an_invitation_to_an_address_works_for_that_address_only(scene: Scene) -> None:
    right, wrong = make_person(scene.session), make_person(scene.session)
    secret = invite(scene, email=f"{right.email}".upper(), role="moderator", max_uses=9)
    with pytest.raises(Refused, match="another address"):
        join_by_invitation(scene.session, scene.as_(wrong), secret, now=NOW)
    assert join_by_invitation(scene.session, scene.as_(right), secret, now=NOW).role == "moderator"
    jobs = scene.session.scalars(select(Job)).all()
    assert jobs[-1].payload["template"] == "series/invited"
    assert secret not in str(jobs[-1].payload)


def test_the_unconfirmed_confirm_before_they_join(scene: Scene) -> None:
    person = make_person(scene.session, email_confirmed_at=None)
    with pytest.raises(Refused, match="Confirm"):
        join_by_invitation(scene.session, scene.as_(person), invite(scene), now=NOW)


def test_an_invitation_never_lowers_a_role_nor_lets_a_removed_member_back(scene: Scene) -> None:
    secret = invite(scene, max_uses=5)
    own = join_by_invitation(scene.session, scene.as_convener, secret, now=NOW)
    assert own.role == "convener"
    other = membership(scene.session, scene.series, scene.moderator)
    assert other
    later = NOW + timedelta(hours=1)
    members.end_for_a_while(scene.session, other, later)
    with pytest.raises(Refused, match="removed"):
        join_by_invitation(scene.session, scene.as_(scene.moderator), secret, now=later)
    fresh = invite(scene, now=later + timedelta(minutes=1))
    again = join_by_invitation(scene.session, scene.as_(scene.moderator), fresh, now=later)
    assert (again.role, again.removed_at) == ("contributor", None)


def test_a_confirmed_address_joins_every_open_series_that_lists_its_domain(
    session: Session,
) -> None:
    listed = {"who_may_post": "domain", "domains": ["school.example"]}
    make_series(session, who_may_post="open", domains=["school.example"])
    make_series(session, status="draft", **listed)
    make_series(session, who_may_post="domain", domains=["other.example"])
    matched = make_series(session, **listed)
    made = [
        members.join_by_domain(session, make_person(session, email=email, **more), NOW)
        for email, more in (
            ("a@school.example", {}),
            ("b@sub.school.example", {}),
            ("c@school.example", {"email_confirmed_at": None}),
            ("d@notschool.example", {}),
        )
    ]
    assert [[row.series_id for row in rows] for rows in made] == [[matched.id], [], [], []]
    assert made[0][0].admitted_how == "domain"


def test_somebody_removed_neither_joins_by_domain_nor_walks_in(session: Session) -> None:
    series = make_series(session, who_may_post="domain", domains=["example.org"])
    person = make_member(session, series, removed_at=NOW)
    assert members.join_by_domain(session, person, NOW) == []
    series.who_may_post = "open"
    with pytest.raises(Forbidden):
        members.walk_in(session, as_viewer(session, person), series, NOW)


def test_walking_in_makes_a_member_who_counts_only_after_approval(session: Session) -> None:
    series = make_series(session)
    person = make_person(session)
    own = members.walk_in(session, as_viewer(session, person), series, NOW)
    assert own.admitted_at is None
    assert members.walk_in(session, as_viewer(session, person), series, NOW) is own
    members.admit_by_approval(session, series, person, NOW)
    assert own.admitted_at == NOW
    assert own.admitted_how == "wrote"


def test_nobody_walks_into_a_series_by_invitation_nor_is_admitted_there_by_approval(
    session: Session,
) -> None:
    series = make_series(session, who_may_post="invited")
    with pytest.raises(Forbidden):
        members.walk_in(session, as_viewer(session, make_person(session)), series, NOW)
    person = make_member(session, series, admitted_at=None)
    members.admit_by_approval(session, series, person, NOW)
    own = membership(session, series, person)
    assert own
    assert own.admitted_at is None


def test_who_was_removed_no_longer_changes_what_they_wrote_in_an_open_series(
    session: Session,
) -> None:
    series = make_series(session, who_may_post="open")
    author, newcomer = make_member(session, series, removed_at=NOW), make_person(session)
    position = make_position(session, make_thread(session, series), author)
    elsewhere = make_thread(session, make_series(session, who_may_post="open"))
    actor = as_viewer(session, author)
    assert not allowed(actor, May.REVISE_POSITION, position)
    assert not allowed(actor, May.POST, position.thread)
    assert allowed(actor, May.WITHDRAW_POSITION, position)
    assert allowed(actor, May.POST, elsewhere)
    assert allowed(as_viewer(session, newcomer), May.POST, position.thread)


@pytest.mark.parametrize("number", ["9" * 400, "-1", ""])
def test_an_invitation_for_an_absurd_number_of_people_is_refused_beside_the_field(
    client: FlaskClient, scene: Scene, number: str
) -> None:
    sign_in(client, scene.convener)
    sent = client.post(f"/series/{scene.series.slug}/members/invite",
                       data={"role": "contributor", "days": "7", "max_uses": number})  # fmt: skip
    assert sent.status_code == 422
