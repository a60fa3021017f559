"""What another program hears of a series: a real one, on this machine, checking who wrote."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.debate.evidence.checking import Asker
from discussion.debate.evidence.tasks import ASKER
from discussion.debate.threads.operations.proposing import enter_open
from discussion.jobs.models import Job
from discussion.jobs.registry import collect
from discussion.jobs.worker import Worker
from discussion.permissions.rules import Forbidden
from discussion.reach.webhooks import signing, tasks
from discussion.reach.webhooks.drafts import HookDraft
from discussion.reach.webhooks.models import Telling, Webhook
from discussion.reach.webhooks.operations import add_webhook, edit_webhook, try_webhook
from discussion.reach.webhooks.signing import in_words
from discussion.reach.webhooks.words import KINDS
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.factories import NOW, make_position, make_round, make_statement, make_thread
from tests.factories.scenes import Scene
from tests.reach.webhooks.listening import Heard, Listener, listening

CLAIM = "Every ward should be visited twice a year, and the visit should name its reason."
SOON = NOW + timedelta(minutes=2)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made


class Hooked(Scene):
    """A series whose conveners have a program told of everything."""

    app: Flask
    listener: Listener

    def hook(self, form: str = "whole", **changes: Any) -> Webhook:
        draft = HookDraft("Ward chat", self.listener.url(), tuple(KINDS), form)
        return add_webhook(
            self.session, self.as_convener, self.series, replace(draft, **changes), now=NOW
        )

    def position(self, at: datetime = SOON, **changes: Any) -> Any:  # type: ignore[override]
        revision = {"claim": CLAIM, "live_at": at, "submitted_at": at}
        return make_position(
            self.session, self.thread, revision=revision, first_published_at=at, **changes
        )

    def work(self, at: datetime) -> list[Heard]:
        """What is heard when the worker has done all that is due at that moment."""
        before = len(self.listener.heard)
        self.session.commit()
        with time_machine.travel(at, tick=False):
            worker = Worker(self.app, collect(tasks))
            worker.tick()
            worker.sweep()
        self.session.expire_all()
        return self.listener.heard[before:]

    @property
    def tellings(self) -> list[Telling]:
        return list(self.session.scalars(select(Telling).order_by(Telling.id)))


@pytest.fixture
def scene(app: Flask, session: Session, listener: Listener) -> Hooked:
    site(app).settings = replace(site(app).settings, webhooks=True)
    app.extensions[ASKER] = asker(listener)
    made = Hooked(session)
    made.app, made.listener = app, listener
    return made


def asker(listener: Listener, *addresses: str, **changes: Any) -> Asker:
    """One for whom this machine is public, and every name means it, or these addresses."""
    fields: dict[str, Any] = {
        "look_up": lambda _host, _port: list(addresses) or ["127.0.0.1"],
        "is_allowed": lambda address: address == "127.0.0.1",
        "ports": frozenset({listener.port}),
        "total_seconds": 5.0,
    }
    return Asker("test", **fields | changes)


def test_a_position_is_told_once_signed_and_as_a_visitor_reads_it(scene: Hooked) -> None:
    hook = scene.hook()
    position = scene.position(attribution="role")
    [heard] = scene.work(SOON + timedelta(minutes=1))
    assert scene.work(SOON + timedelta(minutes=5)) == []

    secret = in_words(secret_of(hook))
    assert heard.is_from(secret)
    assert heard.headers["content-type"] == "application/json"
    assert heard.headers["webhook-id"] == scene.tellings[0].public_id
    assert int(heard.headers["webhook-timestamp"]) == int(SOON.timestamp()) + 60
    assert heard.said["type"] == "position.published"
    assert heard.said["data"]["title"] == CLAIM
    assert heard.said["data"]["url"].endswith(f"/positions/{position.public_id}")
    assert heard.said["timestamp"] == "2026-11-23T00:00:00+00:00"
    assert position.author.display_name not in heard.body.decode()
    assert [(one.state, one.status) for one in scene.tellings] == [("sent", 204)]


def test_threads_rounds_and_findings_are_told_and_nothing_from_before(scene: Hooked) -> None:
    earlier = make_thread(scene.session, scene.series, stage="proposed")
    enter_open(scene.session, earlier, None, NOW - timedelta(hours=1))
    scene.hook()
    thread = make_thread(scene.session, scene.series, stage="proposed", question="What of nights?")
    enter_open(scene.session, thread, None, SOON)
    statement = make_statement(scene.session, thread)
    make_round(scene.session, thread, statement, state="open", opened_at=SOON,
               closes_at=TOMORROW, closed_at=None)  # fmt: skip
    heard = scene.work(SOON + timedelta(minutes=1))
    assert [one.said["type"] for one in heard] == ["thread.opened", "round.opened"]
    assert all("What of nights?" in one.said["data"]["title"] for one in heard)


def test_a_chat_hears_one_message_that_calls_nobody(scene: Hooked) -> None:
    scene.hook(form="chat")
    thread = make_thread(
        scene.session, scene.series, stage="proposed",
        question="Should @channel and <!here> see [this](https://evil.example) & that?",
    )  # fmt: skip
    enter_open(scene.session, thread, None, SOON)
    [heard] = scene.work(SOON + timedelta(minutes=1))
    assert list(heard.said) == ["text"]
    assert "@\u200bchannel and &lt;!here&gt;" in heard.said["text"]
    assert "](" not in heard.said["text"]
    assert "https://evil" not in heard.said["text"]
    assert heard.said["text"].splitlines()[-1].endswith(f"/threads/{thread.slug}")


def secret_of(hook: Webhook) -> bytes:
    return signing.secret_of(hook.public_id, hook.turn, SECRET)


Change = Callable[[Hooked, Any], None]


def _state(state: str) -> Change:
    return lambda _scene, position: setattr(position, "state", state)


def _of_series(**values: Any) -> Change:
    def change(scene: Hooked, _position: Any) -> None:
        for name, value in values.items():
            setattr(scene.series, name, value)

    return change


def _redact(_scene: Hooked, position: Any) -> None:
    position.live.claim = "Every ward should be ███."


def _of_thread(**values: Any) -> Change:
    def change(scene: Hooked, _position: Any) -> None:
        for name, value in values.items():
            setattr(scene.thread, name, value)

    return change


# what it is when it is to be sent → whether its words go out
STATES: dict[str, tuple[Change, bool]] = {
    "as it was": (lambda _scene, _position: None, True),
    "hidden": (_state("hidden"), False),
    "removed": (_state("removed"), False),
    "withdrawn": (_state("withdrawn"), False),
    "waiting again": (_state("draft"), False),
    "redacted": (_redact, False),
    "for members": (_of_series(visibility="members"), False),
    "unlisted": (_of_series(visibility="unlisted"), False),
    "of a draft": (_of_series(status="draft"), False),
    "of a hidden thread": (_of_thread(is_hidden=True), False),
    "of a proposed thread": (_of_thread(stage="proposed"), False),
}


@pytest.mark.parametrize("when", ["before it is promised", "before it is tried again"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_goes_out_that_a_visitor_may_not_read_at_that_moment(
    scene: Hooked, state: str, when: str
) -> None:
    change, goes_out = STATES[state]
    scene.hook()
    position = scene.position()
    at = SOON + timedelta(minutes=1)
    if when == "before it is tried again":
        scene.listener.answers = [503]
        assert len(scene.work(at)) == 1
        at += timedelta(minutes=5)
    change(scene, position)
    words = b"".join(one.body for one in scene.work(at)).decode()
    assert (CLAIM in words) is goes_out
    if state != "redacted":
        assert bool(words) is goes_out


def test_the_chatham_house_rule_is_kept_until_the_next_day(scene: Hooked) -> None:
    scene.hook()
    first = scene.position(attribution="chatham_house")
    second = scene.position(SOON + timedelta(hours=3), attribution="chatham_house")
    assert scene.work(SOON + timedelta(hours=6)) == []
    heard = scene.work(TOMORROW.replace(hour=0, minute=1))
    told = [one.said["data"]["url"].rpartition("/")[2] for one in heard]
    assert told == sorted([first.public_id, second.public_id])
    assert {one.said["timestamp"] for one in heard} == {"2026-11-01T00:00:00+00:00"}
    assert {one.said["data"]["byline"][:11] for one in heard} == {"Contributor"}
    assert "23" not in "".join(one.said["timestamp"] for one in heard)


def test_what_is_tightened_before_it_is_sent_waits_for_the_next_day(scene: Hooked) -> None:
    scene.hook()
    position = scene.position()
    scene.listener.answers = [503]
    scene.work(SOON + timedelta(minutes=1))
    position.attribution = "chatham_house"
    assert scene.work(SOON + timedelta(hours=1)) == []
    [heard] = scene.work(TOMORROW)
    assert heard.said["timestamp"] == "2026-11-01T00:00:00+00:00"


def test_what_is_not_taken_is_tried_again_under_the_same_id_with_growing_pauses(
    scene: Hooked,
) -> None:
    scene.hook()
    scene.position()
    scene.listener.answers = [503, 429]
    at = SOON + timedelta(minutes=1)
    [first] = scene.work(at)
    assert scene.work(at + timedelta(seconds=5)) == []
    [second] = scene.work(at + timedelta(seconds=20))
    [third] = scene.work(at + timedelta(seconds=80))
    ids = {one.headers["webhook-id"] for one in (first, second, third)}
    assert len(ids) == 1
    assert first.headers["webhook-timestamp"] < third.headers["webhook-timestamp"]
    [telling] = scene.tellings
    assert (telling.state, telling.attempts, telling.problem) == ("sent", 3, "")


def test_a_webhook_stops_when_the_program_there_wants_no_more_and_when_nothing_arrives(
    scene: Hooked,
) -> None:
    hook = scene.hook()
    scene.position()
    scene.listener.answers = [410]
    scene.work(SOON + timedelta(minutes=1))
    assert (hook.is_on, hook.stopped_why) == (False, "gone")

    other = scene.hook(name="Other")
    try_webhook(scene.session, scene.as_convener, other, now=SOON)
    scene.listener.answers = [500] * 20
    scene.session.flush()
    job = scene.session.scalars(select(Job).where(Job.done_at.is_(None), Job.failed_at.is_(None))
                                .where(Job.name == "webhooks.send")).one()  # fmt: skip
    job.attempts = 19
    scene.work(SOON + timedelta(minutes=2))
    assert (other.is_on, other.stopped_why) == (False, "failing")
    assert "failed" in {one.state for one in scene.tellings if one.webhook is other}


@pytest.mark.parametrize(
    ("status", "problem"), [(302, "redirect"), (404, "answer"), (401, "answer")]
)
def test_what_is_refused_is_given_up_and_a_redirect_is_not_followed(
    scene: Hooked, status: int, problem: str
) -> None:
    scene.hook()
    scene.position()
    scene.listener.answers = [status]
    assert len(scene.work(SOON + timedelta(minutes=1))) == 1
    assert [(one.state, one.problem, one.status) for one in scene.tellings] == [
        ("failed", problem, status)
    ]


@pytest.mark.parametrize(
    "addresses",
    [("10.0.0.8",), ("127.0.0.1", "10.0.0.8"), ("169.254.169.254",), ("::1",), ("fd00::1",),
     ("::ffff:10.0.0.8",), ("100.64.0.1",), ("0.0.0.0",)],
)  # fmt: skip
def test_a_name_that_means_another_address_now_is_not_asked(
    scene: Hooked, addresses: tuple[str, ...]
) -> None:
    """Every address of a name must be public when it is sent, whatever it meant before."""
    scene.hook()
    scene.position()
    scene.app.extensions[ASKER] = asker(scene.listener, *addresses)
    assert scene.work(SOON + timedelta(minutes=1)) == []
    assert [(one.state, one.problem) for one in scene.tellings] == [("waiting", "not_public")]


def test_this_machine_is_not_public_without_a_word_of_the_test(scene: Hooked) -> None:
    scene.hook()
    scene.position()
    scene.app.extensions[ASKER] = Asker(
        "test", look_up=lambda _host, _port: ["127.0.0.1"], ports=frozenset({scene.listener.port})
    )
    assert scene.work(SOON + timedelta(minutes=1)) == []
    assert scene.tellings[0].problem == "not_public"


def test_nothing_is_sent_while_the_settings_say_so(scene: Hooked) -> None:
    scene.hook()
    scene.position()
    site(scene.app).settings = replace(site(scene.app).settings, webhooks=False)
    assert scene.work(SOON + timedelta(minutes=1)) == []
    assert scene.tellings == []


class Convening:
    """The pages, as a convener uses them."""

    def __init__(self, client: FlaskClient, scene: Hooked) -> None:
        self.client, self.scene = sign_in(client, scene.convener), scene
        self.url = f"/webhooks/{scene.series.slug}"

    def add(self, **changes: Any) -> Any:
        typed = {"name": "Ward chat", "url": "https://chat.example.org/hooks/9f2c", "form": "whole",
                 "kinds": ["thread.opened"]}  # fmt: skip
        return self.client.post(self.url, data=typed | changes)


def test_conveners_add_try_stop_and_remove_one_and_each_act_is_chained(
    client: FlaskClient, scene: Hooked
) -> None:
    pages = Convening(client, scene)
    assert pages.add().status_code == 303
    hook = scene.session.scalars(select(Webhook)).one()
    page = client.get(pages.url).text
    assert "chat.example.org/…9f2c" in page
    assert "/hooks/9f2c" not in page
    here = f"{pages.url}/{hook.public_id}"
    shown = client.post(f"{here}/secret")
    assert in_words(secret_of(hook)) in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    before = secret_of(hook)
    for act in ("renew", "try", "stop", "start"):
        assert client.post(here, data={"act": act}).status_code == 303
    assert secret_of(hook) != before
    assert client.post(here, data={"act": "remove"}).status_code == 303
    assert scene.session.scalars(select(Webhook)).all() == []
    verbs = scene.session.scalars(select(AuditEvent.verb).order_by(AuditEvent.number)).all()
    assert list(verbs) == [
        "add_webhook", "show_webhook_secret", "renew_webhook_secret", "try_webhook",
        "stop_webhook", "start_webhook", "remove_webhook",
    ]  # fmt: skip
    chained = str([one.details for one in scene.session.scalars(select(AuditEvent))])
    assert "chat.example.org" in chained
    assert "9f2c" not in chained


@pytest.mark.parametrize(
    "url",
    ["http://chat.example.org/x", "https://localhost/x", "https://127.0.0.1/x", "https://[::1]/x",
     "https://10.1.2.3/x", "https://intranet/x", "https://me:pass@chat.example.org/x",
     "https://chat.example.org:8443/x", "chat", "", "https://169.254.169.254/latest"],
)  # fmt: skip
def test_an_address_that_may_never_be_asked_is_said_beside_the_field(
    client: FlaskClient, scene: Hooked, url: str
) -> None:
    shown = Convening(client, scene).add(url=url)
    assert shown.status_code == 422
    assert 'id="url-error"' in shown.text
    assert "Ward chat" in shown.text


def test_nobody_but_conveners_and_the_administrator_sees_or_sets_them(
    app: Flask, scene: Hooked
) -> None:
    hook = scene.hook()
    here = f"/webhooks/{scene.series.slug}"
    people = {scene.member: 403, scene.moderator: 403, scene.convener: 200,
              scene.administrator: 200}  # fmt: skip
    for person, status in people.items():
        client = sign_in(app.test_client(), person)
        assert client.get(here).status_code == status
        if status == 403:
            for path in (here, f"{here}/{hook.public_id}", f"{here}/{hook.public_id}/secret"):
                assert client.post(path, data={"act": "stop"}).status_code == 403
    assert app.test_client().get(here).status_code == 303
    assert hook.is_on


def test_what_is_changed_is_told_from_now_on_and_nothing_else_is_lost(scene: Hooked) -> None:
    hook = scene.hook(kinds=("thread.opened",))
    key, turn = hook.url, hook.turn
    scene.position(SOON)
    assert scene.work(SOON + timedelta(minutes=1)) == []
    later = NOW + timedelta(days=2)
    chat = HookDraft("Ward chat", "", ("thread.opened", "position.published"), "chat")
    assert edit_webhook(scene.session, scene.as_convener, hook, chat, now=later) is False
    assert (hook.url, hook.turn, hook.form) == (key, turn, "chat")
    assert scene.work(later + timedelta(minutes=1)) == []
    scene.position(later + timedelta(minutes=2))
    assert len(scene.work(later + timedelta(minutes=3))) == 1
    assert scene.work(later + timedelta(minutes=4)) == []
    elsewhere = replace(chat, url="https://other.example.org/hooks/1")
    assert edit_webhook(scene.session, scene.as_convener, hook, elsewhere, now=later) is True
    assert hook.turn == turn + 1
    with pytest.raises(Forbidden):
        edit_webhook(scene.session, scene.as_(scene.member), hook, chat, now=later)


def test_the_form_shows_no_address_and_keeps_what_was_typed(
    scene: Hooked, client: FlaskClient
) -> None:
    hook = scene.hook()
    scene.session.commit()
    sign_in(client, scene.convener)
    address = f"/webhooks/{scene.series.slug}/{hook.public_id}/edit"
    page = client.get(address).text
    assert hook.url not in page
    wrong = {"name": "Team chat", "url": "http://10.0.0.1/x", "kinds": "thread.opened",
             "form": "chat"}  # fmt: skip
    answered = client.post(address, data=wrong)
    assert answered.status_code == 422
    assert "Team chat" in answered.text
    kept = client.post(address, data=wrong | {"url": ""})
    assert kept.status_code == 303, kept.text
    scene.session.expire_all()
    assert (hook.name, hook.kinds, hook.form) == ("Team chat", ["thread.opened"], "chat")
    verbs = scene.session.scalars(select(AuditEvent.verb)).all()
    assert "edit_webhook" in verbs
