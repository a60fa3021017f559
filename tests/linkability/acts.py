"""What moderators, conveners, readers and the clock can do, each done to one voice; or why not.

A form that no act and no reason here names fails the gate, and so does a periodic task.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from discussion.debate.threads.models import Regrouping
from discussion.oversight.moderation.models import Batch
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.sanctions.models import Sanction
from discussion.wiring.later import everything_later
from tests.conftest import json_of, sign_in
from tests.linkability.scene import VOICES, Voiced, write_on


@dataclass
class Telling:
    """One world while something is done in it: who does it, to which voice, and what they read."""

    app: Flask
    scene: Voiced
    voice: str
    clock: time_machine.Traveller
    now: datetime
    is_joined: bool
    told: dict[str, str] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, letter: str) -> FlaskClient:
        if letter not in self.clients:
            client = self.app.test_client()
            self.clients[letter] = (
                sign_in(client, self.scene.people[letter]) if letter != "v" else client
            )
        return self.clients[letter]

    def json(self, letter: str, path: str) -> Any:
        return json_of(self.client(letter).get(f"{path}.json"))

    def post(self, letter: str, path: str, *, code: int = 303, **typed: Any) -> None:
        """Send a form; what it is answered is among what is compared."""
        self.scene.session.flush()
        answered = self.client(letter).post(path, data=typed)
        wrong = re.findall(r'class="(?:error|problems|wrong)[^>]*>(.*?)<', answered.text, re.DOTALL)
        is_done = answered.status_code == code or (self.is_joined and answered.status_code < 500)
        assert is_done, (path, answered.status_code, wrong)
        place = f"{len(self.told)} {letter} POST {path}"
        self.told[place] = f"{answered.status_code} {answered.location}\n{answered.text}"
        self.scene.session.expire_all()

    def later(self, **passed: int) -> None:
        self.now += timedelta(**passed)
        self.clock.move_to(self.now)
        self.clients.clear()  # a session ends when nothing is done with it

    @property
    def position(self) -> str:
        return self.scene.positions[self.voice].public_id

    @property
    def response(self) -> str:
        return self.scene.responses[self.voice].public_id

    @property
    def slug(self) -> str:
        return self.scene.threads[self.voice].slug

    @property
    def item(self) -> str:
        return f"/evidence/{self.scene.series.slug}/{self.scene.items[self.voice].public_id}"


Run = Callable[[Telling], None]
SAID: dict[str, Any] = {"reason": "unclear", "facts": "It says so.", "why": "Because it is so."}


def _decide(action: str, kind: str = "positions") -> Run:
    def run(t: Telling) -> None:
        rows: Any = t.scene.positions if kind == "positions" else t.scene.waiting
        path = f"/moderation/{kind}/{rows[t.voice].public_id}"
        item = t.json("n", path)["item"]
        t.post("n", f"{path}/decide", action=action, version_id=item["version_id"] or "",
               sources=item["sources"], **SAID)  # fmt: skip

    return run


def _look(t: Telling) -> None:
    """Recorded; the answer names the author to whoever looked, and to nobody else."""
    told = dict(t.told)
    t.post("m", f"/moderation/positions/{t.position}/author", code=200, why="To know.")
    t.told = told


def _tick(t: Telling) -> None:
    response = t.scene.waiting[t.voice]
    line = f"responses/{response.public_id}/{response.texts[0].id}"
    t.post("n", "/moderation/batch", item=line)


def _untick(t: Telling) -> None:
    batch = t.scene.session.scalars(select(Batch).order_by(Batch.id.desc())).first()
    assert batch is not None
    t.post("n", f"/moderation/batch/{batch.public_id}/undo")


def _answer_report(t: Telling) -> None:
    path = f"/reports/desk/{t.scene.reports[t.voice].public_id}"
    newest = t.json("n", path)["newest"]
    t.post("n", path, action="hide", newest=newest, **SAID)


def _redact(t: Telling) -> None:
    path = f"/redactions/positions/{t.position}"
    words = t.scene.positions[t.voice].live.claim.split()[0]  # type: ignore[union-attr]
    typed: dict[str, Any] = {
        "phrases": words,
        "what": "name",
        "reason": "unclear",
        "days": "9",
        "why": "Named.",
    }
    shown = t.client("m").post(path, data=typed | {"do": "preview"})
    seen = shown.text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    t.post("m", path, seen=seen, do="redact", **typed)


def _put_back(t: Telling) -> None:
    row = t.scene.session.scalars(select(Redaction).order_by(Redaction.id.desc())).first()
    assert row is not None
    t.post("m", f"/redactions/{row.public_id}/undo", why="They were needed.")


def _sanction(kind: str) -> Run:
    def run(t: Telling) -> None:
        t.post("m", f"/sanctions/positions/{t.position}", kind=kind, days="20", **SAID)

    return run


def _sanction_answer(t: Telling) -> None:
    t.post("m", f"/sanctions/responses/{t.response}", kind="pre_moderation", days="20", **SAID)


def _note_another(t: Telling) -> None:
    """As what its author belongs to the series is known of the name alone."""
    answer = t.scene.responses["role"].public_id
    t.post("m", f"/sanctions/responses/{answer}", kind="note", days="20", **SAID)


def _by_name(kind: str) -> Run:
    def run(t: Telling) -> None:
        path = f"/sanctions/members/{t.scene.series.slug}/{t.scene.people['Ann'].public_id}"
        t.post("k", path, kind=kind, days="20", **SAID)

    return run


def _lift(t: Telling) -> None:
    rows = t.scene.session.scalars(
        select(Sanction).where(Sanction.about_id == t.position).order_by(Sanction.id)
    ).all()
    for public_id in [row.public_id for row in rows]:
        t.post("k", f"/sanctions/lift/{public_id}", why="It was enough.")


def _role(role: str) -> Run:
    def run(t: Telling) -> None:
        ann = t.scene.people["Ann"].public_id
        t.post("k", f"/series/{t.scene.series.slug}/members/{ann}/role", role=role)

    return run


def _admit(t: Telling) -> None:
    ann = t.scene.people["Ann"].public_id
    t.post("k", f"/series/{t.scene.series.slug}/members/{ann}/admit")


def _in_thread(act: str, **typed: Any) -> Run:
    def run(t: Telling) -> None:
        t.post("m", f"/threads/{t.slug}/curate/{act}",
               **{f"{act}-{name}": said for name, said in typed.items()})  # fmt: skip

    return run


def _tighten(t: Telling) -> None:
    """The thread asks for more: what stood under names stands under letters."""
    thread = t.scene.threads[t.voice]
    _in_thread(
        "edit", question=thread.question, themes=thread.themes[0].slug, levels="school",
        attribution="chatham_house",
    )(t)  # fmt: skip


def _mark(act: str, **typed: Any) -> Run:
    def run(t: Telling) -> None:
        t.post("m", f"/threads/{t.slug}/curate/positions/{t.position}/{act}", **typed)

    return run


def _other(t: Telling) -> str:
    """Where another voice wrote without a name."""
    return t.scene.threads["second" if t.voice == "chatham" else "chatham"].slug


def _move(t: Telling) -> None:
    t.post("m", f"/threads/{t.slug}/regroup/move/{t.position}", into=_other(t),
           why="It answers that.")  # fmt: skip


def _merge(t: Telling) -> None:
    t.post("m", f"/threads/{t.slug}/regroup/merge", into=_other(t), why="They ask the same.")


def _split(t: Telling) -> None:
    thread = t.scene.threads[t.voice]
    t.post("m", f"/threads/{t.slug}/regroup/split", question="And should it be longer?",
           themes=thread.themes[0].slug, levels="school", attribution=thread.attribution,
           positions=t.position, why="It asks another thing.")  # fmt: skip


def _unregroup(t: Telling) -> None:
    row = t.scene.session.scalars(select(Regrouping).order_by(Regrouping.id.desc())).first()
    assert row is not None
    t.post("m", f"/threads/{row.target.slug}/regroup/undo/{row.public_id}", why="Better so.")


def _summarise(t: Telling) -> None:
    typed: dict[str, Any] = {f"steelman-{t.position}": "It is only fair."}
    t.post("m", f"/threads/{t.slug}/summary", text="What parts them.", version="0", **typed)


def _draft_statement(t: Telling) -> None:
    t.post("m", f"/rounds/{t.slug}/statements/draft", sources=t.position, kind="end",
           text="Every pupil should be offered it.", answer_by="2026-12-20")  # fmt: skip


def _respond(t: Telling) -> None:
    write_on(t.scene, t.voice, t.now, by="o")


def _part(t: Telling) -> None:
    t.post("o", f"/positions/{t.position}/part", stance="2", over="values", reasonable="yes")


def _mute(t: Telling) -> None:
    t.post("o", "/mutes", kind="position", id=t.position)


def _follow(t: Telling) -> None:
    """A thread; a position under the Chatham House Rule is not there to be followed."""
    t.post("o", "/notices/follow", what="thread", subject=t.slug, act="follow")


def _report(t: Telling) -> None:
    """What a member says is urgent hides it at once; a visitor's waits."""
    t.post("o", f"/reports/response/{t.response}", cause="safeguarding", text="Somebody is named.")
    t.post("v", f"/reports/position/{t.position}", cause="abuse", text="Look.")


def _evidence(act: str, **typed: Any) -> Run:
    def run(t: Telling) -> None:
        t.post("m", f"{t.item}/{act}", **typed)

    return run


def _answer_value(t: Telling) -> None:
    t.post("m", f"/moderation/values/{t.scene.proposals[t.voice].public_id}/decide",
           action="decline", why="It is a mood.")  # fmt: skip


def _review(t: Telling) -> None:
    t.post("n", f"/appeals/desk/{t.scene.appeals[t.voice].public_id}", outcome="overturned",
           why="It was clear.")  # fmt: skip


def _take(t: Telling) -> None:
    t.post("n", "/moderation/take", item=f"responses/{t.scene.waiting[t.voice].public_id}")


def _next(t: Telling) -> None:
    t.post("n", "/moderation/next", left=f"responses/{t.scene.waiting[t.voice].public_id}")


def _lift_by_name(t: Telling) -> None:
    row = t.scene.session.scalars(select(Sanction).order_by(Sanction.id.desc())).first()
    assert row is not None
    t.post("k", f"/sanctions/lift/{row.public_id}", why="It was enough.")


def _write_on(t: Telling) -> None:
    """Not an act of others: what held for one voice would show on the next of another."""
    for voice in VOICES:
        if voice != t.voice:
            write_on(t.scene, voice, t.now)


def _clock(t: Telling) -> None:
    """Six weeks pass: everything that is regular is done, and what it promised."""
    t.later(days=42)
    tasks = everything_later()
    with t.app.test_request_context():
        for name in tasks.periodic:
            if name in tasks.tasks:
                tasks.tasks[name](t.scene.session, {}, t.now)


# act → (the form that it sends, how)
ACTS: dict[str, tuple[str, Run]] = {
    "take": ("moderation.take_one", _take),
    "next": ("moderation.next_one", _next),
    "look": ("moderation.author", _look),
    "ask for an edit": ("moderation.decide_on", _decide("ask_edit")),
    "hide": ("moderation.decide_on", _decide("hide")),
    "restore": ("moderation.decide_on", _decide("restore")),
    "remove": ("moderation.decide_on", _decide("remove")),
    "approve": ("moderation.decide_on", _decide("approve", "responses")),
    "tick": ("moderation.approve_many", _tick),
    "untick": ("moderation.undo_many", _untick),
    "answer report": ("reports.answer_them", _answer_report),
    "redact": ("redactions.send", _redact),
    "put back": ("redactions.send_undo", _put_back),
    "read position first": ("sanctions.sanction_author", _sanction("pre_moderation")),
    "read first": ("sanctions.sanction_author", _sanction_answer),
    "pause": ("sanctions.sanction_author", _sanction("pause")),
    "note another": ("sanctions.sanction_author", _note_another),
    "lift": ("sanctions.send_lift", _lift),
    "pause by name": ("sanctions.sanction_member", _by_name("pause")),
    "read first by name": ("sanctions.sanction_member", _by_name("pre_moderation")),
    "remove by name": ("sanctions.sanction_member", _by_name("removal")),
    "promote": ("members.change_role", _role("moderator")),
    "demote": ("members.change_role", _role("contributor")),
    "admit": ("members.admit", _admit),
    "review": ("appeals.review", _review),
    "value": ("moderation.answer_value", _answer_value),
    "mute": ("mutes.add", _mute),
    "follow": ("notices.send_follow", _follow),
    "part": ("positions.part", _part),
    "respond": ("responses.respond_on", _respond),
    "report": ("reports.send", _report),
    "status": ("evidence.keep_status", _evidence("status", status="retracted", note="Withdrawn.")),
    "hide source": ("evidence.hide", _evidence("hide", action="hide", **SAID)),
    "pin": ("threads.send_position_act", _mark("pin")),
    "feature": ("threads.send_position_act", _mark("feature")),
    "tighten": ("threads.send_act", _tighten),
    "hide thread": ("threads.send_act", _in_thread("hide", why="For a while.")),
    "restore thread": ("threads.send_act", _in_thread("restore", why="Again.")),
    "move": ("threads.send_move", _move),
    "merge": ("threads.send_merge", _merge),
    "split": ("threads.send_split", _split),
    "undo": ("threads.send_undo", _unregroup),
    "summarise": ("threads.send_summary", _summarise),
    "statement": ("statements.send_statement", _draft_statement),
    "lift by name": ("sanctions.send_lift", _lift_by_name),
    "write on": ("", _write_on),
    "clock": ("", _clock),
}

# What is told one after the other of one voice; at the end everything is read by everybody.
STORIES: dict[str, tuple[str, ...]] = {
    "decided": (
        "follow", "take", "next", "look", "ask for an edit", "tick", "untick", "approve",
        "read position first",
        "read first", "read first by name", "pause", "lift", "promote", "note another",
        "review", "report", "value", "mute", "part", "respond", "status", "pin", "feature",
        "summarise", "statement", "demote", "admit", "answer report", "redact", "put back",
        "restore", "hide", "restore", "hide source", "hide thread", "restore thread", "remove",
        "write on",
    ),
    "carried": (
        "mute", "pause by name", "lift by name", "split", "undo", "tighten", "move", "write on",
        "remove by name", "merge", "clock",
    ),
}  # fmt: skip


_OWN = "what somebody does with their own account, words or answers, by themselves"
_SERIES = "about a series and what stands in its settings, which name no voice"
_THREAD = "about a thread and how it is laid out, which names no voice"
_ROUND = "about a round and private answers, whose raters nobody sees"
_QUOTES = "about a briefing of what is published: what it tells of voices is asked anew when read"
_QUESTIONS = "about a question of what is published; who looks into it is told as they typed it"
_ORGANISATION = "about an organisation and private answers: no voice of a series is in them"
_ACCOUNT = "about the address of an account, by name: it names no voice"
_SOURCE = "about a source; who added it is told of what is judged or hidden, which acts do"
# A form that no act sends, and why.
NO_VOICE: dict[str, str] = {
    **dict.fromkeys(
        (
            "about.choose_theme", "accounts.send_own_address", "accounts.send_address",
            "accounts.send_confirm",
            "accounts.send_confirmation", "accounts.send_password", "accounts.send_profile",
            "accounts.send_reset", "accounts.send_new_password", "members.choose_post_from_profile",
            "accounts.send_sign_in", "accounts.sign_out", "accounts.sign_out_everywhere",
            "accounts.sign_out_elsewhere", "accounts.sign_out_there",
            "accounts.send_sign_up", "appeals.appeal", "evidence.add_one", "mutes.end",
            "responses.answer_restated",
            "responses.revise_own_response_on", "responses.withdraw_own_response_now",
            "responses.say_it_stands",
            "positions.revise_on", "positions.keep_revision", "positions.preview_revision",
            "positions.withdraw_now", "positions.write_on", "positions.keep_draft",
            "positions.preview", "positions.carry_place",
            "rights.send_take_back", "rights.ask", "rights.send_leave",
            "rights.send_stay", "rights.send_terms", "statements.send_fair", "members.accept",
            "members.join", "members.choose_post", "members.leave", "members.choose_letters",
            "threads.send_answer", "threads.send_proposal", "threads.end_warnings",
            "notices.end", "notices.seen", "notices.keep", "mail.take_bounce",
            "kept.show", "kept.forget",
        ),
        _OWN,
    ),
    **dict.fromkeys(
        (
            "series.create", "series.edit", "series.move", "series.add_row", "series.edit_row",
            "series.move_row", "series.write_rules", "series.keep_targets", "members.invite",
            "members.revoke", "members.appoint", "values.add", "values.reword", "values.move",
            "values.merge", "values.accept", "values.decline", "duties.keep",
            "packages.keep_terms", "packages.make", "webhooks.add", "webhooks.send_act",
            "announcements.send", "announcements.stop",
            "webhooks.secret", "webhooks.keep_edit",
        ),
        _SERIES,
    ),
    **dict.fromkeys(
        (
            "threads.send_heading", "threads.send_heading_act", "threads.send_let_move",
            "threads.send_look", "threads.remove_note", "threads.send_order",
            "threads.send_related", "threads.remove_related", "threads.send_slow",
            "threads.send_closing",
        ),
        _THREAD,
    ),
    **dict.fromkeys(
        ("findings.send_again", "rounds.send_close", "rounds.send_rating", "rounds.send_plan",
         "rounds.send_planned_act", "rounds.send_line", "statements.send_statement_act"),
        _ROUND,
    ),
    **dict.fromkeys(
        ("publications.begin", "publications.send_draft", "publications.send_tell",
         "publications.send_publish", "publications.send_withdraw", "publications.send_answer",
         "publications.send_new_essay", "publications.send_essay",
         "publications.send_archive"),
        _QUOTES,
    ),
    **dict.fromkeys(
        ("practice.act", "practice.begin", "practice.begin_instrument", "practice.change",
         "practice.invite", "practice.name", "practice.open_instrument", "practice.register",
         "practice.save_instrument", "practice.save_run", "practice.send_answer",
         "practice.send_code", "practice.send_join", "practice.stop_letters", "practice.take_back",
         "practice.take_out"),
        _ORGANISATION,
    ),
    "publications.send_objection": _OWN,
    **dict.fromkeys(
        ("needed.send_question", "needed.send_edit", "needed.send_place", "needed.send_act",
         "needed.send_decision"),
        _QUESTIONS,
    ),
    **dict.fromkeys(("needed.send_looking", "needed.send_take_back"), _OWN),
    **dict.fromkeys(("evidence.keep_edit", "evidence.keep_settlement"), _SOURCE),
    **dict.fromkeys(("accounts.send_second", "accounts.stop_move", "accounts.resume"), _ACCOUNT),
}  # fmt: skip
