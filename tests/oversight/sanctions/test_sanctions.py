"""Asking something of a member: who may, until when, what stays theirs, and what others see."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from html import unescape

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.db import Identified
from discussion.debate.evidence.drafts import ItemDraft
from discussion.debate.evidence.operations import add_item
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.publishing import withdraw_position
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.oversight.sanctions.drafts import SanctionDraft
from discussion.oversight.sanctions.models import Sanction
from discussion.oversight.sanctions.operations import end_removals, lift, sanction
from discussion.oversight.sanctions.queries import list_active, list_own
from discussion.oversight.sanctions.queries.finding import covers
from discussion.oversight.sanctions.words import ACTIONS
from discussion.people.accounts.models import Person
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed
from discussion.problems import Refused
from discussion.series.members.models import Membership
from discussion.subjects.finding import subject_of
from tests.conftest import sign_in, without_tokens
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
)
from tests.factories.scenes import Scene

FACTS = "You posted the same paragraph in four threads."


class Sanctioned(Scene):
    """A series with a moderator and a convener, and somebody who wrote a position in it."""

    @cached_property
    def position(self) -> Position:
        return make_position(self.session, self.thread, attribution="role")

    @property
    def membership(self) -> Membership:
        return self.membership_of(self.author)

    def ask(
        self, kind: str, by: Person | None = None, *, about: Identified | None = None,
        days: int = 7, now: datetime = NOW, reason: str = "unclear", facts: str = FACTS,
    ) -> Sanction:  # fmt: skip
        draft = SanctionDraft(kind, days, reason, facts, "Please write to us.")
        return sanction(self.session, self.as_(by or self.convener), self.membership, draft,
                        about=subject_of(about) if about else None, now=now)  # fmt: skip


@pytest.fixture
def scene(session: Session) -> Sanctioned:
    made = Sanctioned(session)
    assert made.member  # noise
    assert made.moderator
    assert made.position
    return made


@pytest.mark.parametrize("kind", ACTIONS)
def test_each_is_decided_with_a_reason_chained_and_told(scene: Sanctioned, kind: str) -> None:
    made = scene.ask(kind)
    decision = scene.session.get_one(Decision, made.decision_id)
    event = scene.session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    job = scene.session.scalars(select(Job)).one()
    assert (decision.action, decision.subject_id) == (ACTIONS[kind], scene.author.public_id)
    assert (decision.addressed_to_id, decision.reason and decision.reason.slug) == (
        scene.author.id, "unclear",
    )  # fmt: skip
    assert "30 November 2026, 12:00 GMT" in decision.facts
    assert FACTS in decision.facts
    assert event
    assert event.verb == ACTIONS[kind]
    assert job.payload == {"template": "moderation/decision", "person_id": scene.author.id,
                           "ids": {"decision": decision.id}}  # fmt: skip


@pytest.mark.parametrize("days", [0, 366, -1])
def test_nothing_is_without_an_end_or_longer_than_a_year(scene: Sanctioned, days: int) -> None:
    with pytest.raises(Refused, match="from 1 to 365"):
        scene.ask("pause", days=days)


@pytest.mark.parametrize("days", [1, 365])
def test_it_holds_from_its_first_moment_to_its_last_and_then_no_more(
    scene: Sanctioned, days: int
) -> None:
    scene.ask("pause", days=days)
    end = NOW + timedelta(days=days)

    def holds(now: datetime) -> tuple[bool, bool]:
        who = scene.as_(scene.author, now)
        return bool(list_active(scene.session, scene.author.id, now)), bool(who.paused_in)

    assert holds(NOW - timedelta(seconds=1)) == (False, False)
    assert holds(NOW) == holds(end - timedelta(microseconds=1)) == (True, True)
    assert holds(end) == (False, False)


@pytest.mark.parametrize("missing", [{"reason": ""}, {"reason": "made-up"}, {"facts": " "}])
def test_a_reason_of_the_list_and_the_facts_are_asked_for(
    scene: Sanctioned, missing: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        scene.ask("note", **missing)  # type: ignore[arg-type]


def test_moderators_ask_contributors_conveners_also_moderators_and_nobody_themself(
    scene: Sanctioned,
) -> None:
    scene.ask("pause", scene.moderator)
    with pytest.raises(Forbidden):
        scene.ask("pause", scene.author)
    other = make_member(scene.session, scene.series, role="moderator")
    draft = SanctionDraft("note", 7, "unclear", FACTS)
    for by, of in ((other, scene.moderator), (scene.convener, scene.convener),
                   (scene.moderator, scene.convener)):  # fmt: skip
        with pytest.raises(Forbidden):
            sanction(scene.session, scene.as_(by), scene.membership_of(of), draft, now=NOW)
    sanction(scene.session, scene.as_(scene.convener), scene.membership_of(other), draft, now=NOW)


def test_removal_is_for_conveners_only(scene: Sanctioned) -> None:
    with pytest.raises(Forbidden):
        scene.ask("removal", scene.moderator)


def test_who_is_paused_writes_nothing_and_keeps_every_other_right(scene: Sanctioned) -> None:
    other = make_position(scene.session, make_thread(scene.session, scene.series))
    elsewhere = make_thread(scene.session, make_series(scene.session))
    made = scene.ask("pause", scene.moderator, about=scene.position)
    paused = scene.as_(scene.author)
    for right, subject in (
        (May.POST, other.thread), (May.RESPOND, other), (May.PROPOSE_THREAD, scene.series),
        (May.ADD_ITEM, scene.series), (May.PROPOSE_VALUE, scene.series),
        (May.REVISE_POSITION, scene.position),
    ):  # fmt: skip
        assert not allowed(paused, right, subject), right
    assert allowed(paused, May.APPEAL, scene.session.get_one(Decision, made.decision_id))
    assert allowed(paused, May.KEEP_ACCOUNT)
    assert allowed(paused, May.POST, elsewhere)
    for right in (May.READ_POSITION, May.REPORT, May.PART):
        assert allowed(paused, right, other), right
    withdraw_position(scene.session, paused, scene.position, now=NOW)
    assert scene.position.state == "withdrawn"


def test_what_somebody_adds_does_not_tell_that_they_are_read_first(scene: Sanctioned) -> None:
    """It stands beside the first position that cites it, and would tell whose that is."""
    scene.series.moderation = "post"
    scene.ask("pre_moderation")
    draft = ItemDraft(kind="survey", question_type="what_is_happening", title="A study",
                      url="https://example.org/study")  # fmt: skip
    assert add_item(scene.session, scene.as_(scene.author), scene.series, draft, now=NOW).is_listed


def test_who_wrote_without_a_name_is_asked_whatever_they_are_and_removed_by_name_alone(
    scene: Sanctioned, client: FlaskClient
) -> None:
    """A refusal would tell that it is the one who has become a moderator since."""
    scene.membership.role = "moderator"
    scene.session.flush()
    path = f"/sanctions/positions/{scene.position.public_id}"
    with time_machine.travel(NOW, tick=False):
        sign_in(client, scene.moderator)
        assert client.post(path, data=GIVEN).status_code == 303
        listed = client.get(f"/sanctions/{scene.series.slug}.json").json
        assert listed
        lift_url = listed["holding"][0]["lift_url"]
        assert client.post(lift_url, data={"why": "It was enough."}).status_code == 303
        sign_in(client, scene.convener)
        assert "removal" not in client.get(path).text
        assert client.post(path, data=GIVEN | {"kind": "removal"}).status_code == 422
        scene.position.attribution = "named"
        scene.session.flush()
        assert "removal" in client.get(path).text
        sign_in(client, scene.moderator)
        assert client.post(path, data=GIVEN | {"kind": "note"}).status_code == 403


def test_what_is_read_first_is_what_one_voice_writes(scene: Sanctioned) -> None:
    """Elsewhere it would tell, on each text that waits, that its author is the same."""
    session, author = scene.session, scene.author
    here, elsewhere = scene.position.thread, make_thread(session, scene.series)
    others = {one: make_position(session, one) for one in (here, elsewhere)}
    by_voice = scene.ask("pre_moderation", about=scene.position)
    by_name = scene.ask("pre_moderation")
    written = {
        how: make_response(session, others[thread], author, attribution=how[1])
        for how, thread in {
            ("here", "role"): here, ("here", "chatham_house"): here, ("here", "named"): here,
            ("elsewhere", "role"): elsewhere, ("elsewhere", "named"): elsewhere,
        }.items()
    }  # fmt: skip
    assert [how for how, row in written.items() if covers(session, by_voice, row)] == [
        ("here", "role")
    ]
    assert [how for how, row in written.items() if covers(session, by_name, row)] == [
        ("here", "named"), ("elsewhere", "named"),
    ]  # fmt: skip
    assert "in this thread, named as you were there" in by_voice.decision.facts
    assert "what you write by name" in by_name.decision.facts


@time_machine.travel(NOW, tick=False)
def test_nobody_is_banned_in_secret(scene: Sanctioned, client: FlaskClient) -> None:
    """Their pages say so, with the end and the way to appeal; what they wrote stays for all."""
    made = scene.ask("pause", scene.moderator, about=scene.position)
    claim = scene.position.live.claim if scene.position.live else ""
    thread = f"/threads/{scene.position.thread.slug}"
    told = ("You are paused from posting", "30 November 2026, 12:00 GMT",
            f"/appeals/{made.decision.public_id}")  # fmt: skip
    assert claim in client.get(thread).text
    assert "paused" not in client.get(thread).text

    other = make_thread(scene.session, scene.series)
    sign_in(client, scene.author)
    for path in (thread, f"/positions/write/{other.slug}", "/positions/mine",
                 "/accounts/profile", f"/threads/propose/{scene.series.slug}"):  # fmt: skip
        page = unescape(client.get(path).text)
        assert all(words in page for words in told), path
    elsewhere = make_thread(scene.session, make_series(scene.session))
    assert "You are paused" not in client.get(f"/threads/{elsewhere.slug}").text

    sign_in(client, make_member(scene.session, scene.series))
    assert claim in client.get(thread).text
    assert "paused" not in client.get(thread).text


def test_who_was_removed_comes_back_as_a_contributor_when_it_ends(scene: Sanctioned) -> None:
    scene.membership.role = "moderator"
    scene.ask("removal", days=30)
    own = scene.membership
    assert (own.was_removed, own.role) == (True, "contributor")
    assert not allowed(scene.as_(scene.author), May.POST, scene.position.thread)
    assert allowed(None, May.READ_POSITION, scene.position)

    assert end_removals(scene.session, NOW + timedelta(days=30) - timedelta(seconds=1)) == 0
    assert end_removals(scene.session, NOW + timedelta(days=30)) == 1
    assert (own.removed_at, own.removed_how, own.admitted_at) == (None, "", NOW)
    assert end_removals(scene.session, NOW + timedelta(days=31)) == 0
    last = scene.session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert last
    assert (last.verb, last.actor_id) == ("return_member", None)


def test_of_two_removals_the_longer_one_counts_and_who_had_left_does_not_come_back(
    scene: Sanctioned,
) -> None:
    scene.ask("removal", days=10)
    scene.ask("removal", days=20, now=NOW + timedelta(days=1), about=make_position(
        scene.session, make_thread(scene.session, scene.series), scene.author,
        attribution="named",
    ))  # fmt: skip
    assert end_removals(scene.session, NOW + timedelta(days=11)) == 0
    assert end_removals(scene.session, NOW + timedelta(days=22)) >= 1
    own = scene.membership
    assert own.removed_at is None

    later = NOW + timedelta(days=30)
    own.removed_at, own.removed_how = later, "left"
    scene.ask("removal", days=1, now=later + timedelta(days=1))
    assert own.was_removed
    end_removals(scene.session, later + timedelta(days=3))
    assert (own.removed_at, own.removed_how) == (later, "left")


def test_who_is_invited_back_before_the_end_is_told_of_no_removal_any_more(
    scene: Sanctioned, client: FlaskClient
) -> None:
    scene.ask("removal")
    own = scene.membership
    told = list_own(scene.session, scene.as_(scene.author), NOW)
    assert [one.kind for one in told] == ["removal"]
    own.removed_at, own.removed_how = None, ""
    scene.session.flush()
    assert list_own(scene.session, scene.as_(scene.author), NOW) == ()
    with time_machine.travel(NOW, tick=False):
        sign_in(client, scene.convener)
        assert "invited back since" in client.get(f"/sanctions/{scene.series.slug}").text
    end_removals(scene.session, NOW + timedelta(days=8))
    assert own.removed_at is None


def test_labels_coarsen_at_once_when_somebody_is_removed_and_when_they_return(
    scene: Sanctioned,
) -> None:
    people = [make_member(scene.session, scene.series, posting_role="governor") for _n in range(4)]
    scene.membership.posting_role = "governor"
    position = make_position(scene.session, make_thread(scene.session, scene.series), people[0],
                             attribution="role", label_role="governor", label_step=0)  # fmt: skip
    scene.ask("removal")
    assert position.label_step == 3

    left_over = make_position(scene.session, make_thread(scene.session, scene.series), people[0],
                              attribution="role", label_role="governor", label_step=2)  # fmt: skip
    end_removals(scene.session, NOW + timedelta(days=8))
    assert left_over.label_step == 2, "five share it again, and nothing is left over beside them"


def test_lifting_needs_a_why_and_is_told_once(scene: Sanctioned) -> None:
    made = scene.ask("removal")
    with pytest.raises(Refused):
        lift(scene.session, scene.as_(scene.convener), made, why=" ", now=NOW)
    with pytest.raises(Forbidden):
        lift(scene.session, scene.as_(scene.moderator), made, why="It was a mistake.", now=NOW)
    lift(scene.session, scene.as_(scene.convener), made, why="It was a mistake.", now=NOW)
    assert scene.membership.removed_at is None
    assert not list_active(scene.session, scene.author.id, NOW)
    with pytest.raises(Refused):
        lift(scene.session, scene.as_(scene.convener), made, why="Again.", now=NOW)
    actions = scene.session.scalars(select(Decision.action).order_by(Decision.id)).all()
    assert list(actions) == ["removal", "lift"]


def test_the_same_is_not_asked_twice_about_one_thing_and_may_be_about_another(
    scene: Sanctioned,
) -> None:
    other = make_position(scene.session, make_thread(scene.session, scene.series), scene.author)
    scene.ask("pause", about=scene.position)
    with pytest.raises(Refused, match="already"):
        scene.ask("pause", scene.moderator, about=scene.position)
    scene.ask("pause", about=other)
    scene.ask("pause")


@pytest.fixture
def moderating(scene: Sanctioned, client: FlaskClient) -> FlaskClient:
    return sign_in(client, scene.moderator)


GIVEN = {"kind": "pause", "days": "3", "reason": "unclear", "facts": FACTS, "why": ""}


def test_from_what_somebody_wrote_nobody_is_named(
    scene: Sanctioned, moderating: FlaskClient
) -> None:
    scene.author.display_name = "Quillon Brackenridge-Voss"
    path = f"/sanctions/positions/{scene.position.public_id}"
    listed = f"/sanctions/{scene.series.slug}"
    page = moderating.get(path)
    assert "The author of this position" in page.text
    assert "removal" not in page.text
    assert moderating.post(path, data=GIVEN | {"days": "366"}).status_code == 422
    assert moderating.post(path, data=GIVEN | {"kind": "removal"}).status_code == 422
    assert moderating.post(path, data=GIVEN).headers["Location"] == listed
    found = moderating.get(listed).text
    assert "A pause from posting" in found
    for body in (page.text, found, moderating.get(f"{listed}.json").text):
        assert "Quillon" not in body
        assert scene.author.public_id not in body
    made = scene.session.scalars(select(Sanction)).one()
    assert moderating.post(f"/sanctions/lift/{made.public_id}", data={"why": ""}).status_code == 422
    lifted = moderating.post(f"/sanctions/lift/{made.public_id}", data={"why": "Settled."})
    assert lifted.status_code == 303


def test_by_name_it_is_asked_on_the_members_page_by_conveners_alone(
    scene: Sanctioned, client: FlaskClient
) -> None:
    path = f"/sanctions/members/{scene.series.slug}/{scene.author.public_id}"
    sign_in(client, scene.moderator)
    assert path not in client.get(f"/series/{scene.series.slug}/members").text
    assert client.get(path).status_code == 404
    sign_in(client, scene.convener)
    assert path in client.get(f"/series/{scene.series.slug}/members").text
    assert scene.author.display_name in client.get(path).text
    assert client.post(path, data=GIVEN | {"kind": "removal"}).status_code == 303
    assert scene.author.display_name in client.get(f"/sanctions/{scene.series.slug}").text
    own = f"/sanctions/members/{scene.series.slug}/{scene.convener.public_id}"
    assert client.get(own).status_code == 403


def test_what_was_asked_by_name_does_not_tell_who_wrote_something(
    scene: Sanctioned, moderating: FlaskClient
) -> None:
    """Neither the page nor its refusals differ for an author of whom the same was asked by name."""
    path = f"/sanctions/positions/{scene.position.public_id}"
    before = without_tokens(moderating.get(path).text)
    scene.ask("pause", scene.convener)
    assert without_tokens(moderating.get(path).text) == before
    assert moderating.post(path, data=GIVEN).status_code == 303


@pytest.mark.parametrize("who", ["author", "stranger"])
def test_only_those_who_moderate_see_the_pages(
    scene: Sanctioned, client: FlaskClient, who: str
) -> None:
    own: dict[str, Callable[[], Person]] = {
        "author": lambda: scene.author,
        "stranger": lambda: make_member(scene.session, make_series(scene.session)),
    }
    sign_in(client, own[who]())
    assert client.get(f"/sanctions/{scene.series.slug}").status_code == 403
    assert client.get(f"/sanctions/positions/{scene.position.public_id}").status_code == 404
