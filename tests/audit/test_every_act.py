"""Every act of power leaves its link in the chain: by the sources, and done in a browser."""

import ast
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.chain import find_breaks
from discussion.audit.models import AuditEvent
from discussion.audit.queries import stream_links
from discussion.series.members.models import Membership
from discussion.series.values.models import ValueProposal
from tests.architecture.reading import modules
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_statement,
    make_theme,
    make_thread,
)
from tests.factories.scenes import Scene
from tests.oversight.moderation.waiting import make_waiting

RIGHTS = frozenset({
    "CREATE_SERIES", "CONVENE", "MANAGE_MEMBERS", "APPOINT_CONVENER", "MODERATE", "CURATE_THREAD",
    "ENTER_ON_BEHALF", "CURATE_POSITION", "DECIDE", "DECIDE_LEFT", "SHOW_AUTHOR", "REDACT",
    "SANCTION",
    "REVIEW_APPEAL", "EDIT_ITEM", "ADMINISTER", "ANSWER_REPORT", "MOVE_POSITION", "JUDGE_ITEM",
    "DRAFT_STATEMENTS", "RUN_ROUND", "COMPOSE", "CURATE_QUESTIONS", "COORDINATE",
})  # fmt: skip
CHAINS = "append_event"
NO_ACT = {
    "rounds.operations.importing.check_import": "looks, and changes nothing",
    "packages.operations.ask_for": "asks the worker for what it makes each night anyway",
    "publications.operations.composing.begin_briefing": "a draft that nobody else reads",
    "publications.operations.essays.keep_essay": "a draft that nobody else reads",
    "publications.operations.composing.keep_draft": "a draft that nobody else reads",
    "publications.operations.composing.take_newest": "a draft that nobody else reads",
    "decisions.operations.claiming.take": "having an item for a while decides nothing",
    "findings.operations.failing.try_again": "asks the worker once more, and changes nothing said",
}


def test_every_operation_that_asks_a_right_of_power_is_chained() -> None:
    """By what it calls, and what that calls in turn; names are enough, since they are verbs."""
    calls: dict[str, set[str]] = {}
    asks: dict[str, tuple[str, set[str]]] = {}
    for module in modules():
        if [part.split("_")[0] for part in module.short.split(".")[1:2]] != ["operations"]:
            continue
        for function in (one for one in ast.walk(module.tree) if isinstance(one, ast.FunctionDef)):
            called = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
            calls.setdefault(function.name, set()).update(_name(one.func) for one in called)
            rights = {name for one in called if _name(one.func) == "require"
                      for name in map(_name, ast.walk(one))}  # fmt: skip
            if rights & RIGHTS:
                asks[f"{module.short}.{function.name}"] = function.name, rights
    chained = {CHAINS}
    while more := {name for name, called in calls.items() if called & chained} - chained:
        chained |= more
    assert len(asks) > 50
    missing = [place for place, (name, _rights) in asks.items()
               if name not in chained and place not in NO_ACT]  # fmt: skip
    assert not missing, "chain these with append_event, or say in NO_ACT why they are no act"


def _name(node: Any) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


class Acting(Scene):
    """Rows to act on, by the words that stand for them in addresses."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        series, thread = self.series, self.thread
        own = make_thread(
            session, series, stage="proposed", proposed_by=make_member(session, series)
        )
        into = make_thread(session, series)
        make_position(session, into)
        newcomer = make_member(session, series, admitted_at=None, admitted_how="")
        joy, calm = (self._proposed(label) for label in ("Joy", "Calm"))
        first, waiting = self.position, make_waiting(session, thread)
        drafted, other = (
            make_statement(session, thread, first, kind=kind) for kind in ("end", "means")
        )
        self.people = {
            "convener": self.convener, "moderator": self.moderator,
            "administrator": self.administrator,
        }  # fmt: skip
        self.words = {
            "series": series.slug, "theme": make_theme(session, series).slug,
            "thread": thread.slug, "own": own.slug, "into": into.slug, "first": first.public_id,
            "second": make_position(session, thread).public_id, "waiting": waiting.public_id,
            "version": str(waiting.revisions[0].id), "statement": drafted.public_id,
            "other": other.public_id, "item": self.item.public_id,
            "newcomer": newcomer.public_id, "email": str(make_person(session).email),
            "joy": joy.public_id, "calm": calm.public_id,
        }  # fmt: skip

    def _proposed(self, label: str) -> ValueProposal:
        made = ValueProposal(series_id=self.series.id, label=label, created_at=NOW,
                             proposed_by_id=self.member.id)  # fmt: skip
        self.session.add(made)
        self.session.flush()
        return made


@pytest.fixture
def scene(session: Session) -> Acting:
    return Acting(session)


SETTINGS = "/series/{series}/settings"
CURATE = "/threads/{thread}/curate"
WHY = "Because it is so."
TIMES = {
    f"{name}_unit": "hours" for name in ("contribution", "report", "appeal", "upkeep")
} | dict.fromkeys(("contribution", "report", "urgent", "appeal", "upkeep"), "9")
# (who, where, what, the verb that the chain then ends with), in an order that can be done
ACTS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("administrator", "/series/new", {"slug": "new-one", "title": "New", "question": "What for?",
     "language": "en-GB", "visibility": "public", "who_may_post": "open", "moderation": "pre",
     "attribution": "named", "min_group": "5"}, "create_series"),
    ("administrator", "/series/{series}/members/appoint", {"email": "{email}"}, "appoint_convener"),
    ("convener", SETTINGS, {"title": "Other", "question": "What for?", "language": "en-GB",
     "visibility": "public", "who_may_post": "open", "moderation": "pre", "attribution": "named",
     "min_group": "5"}, "edit_series"),
    ("convener", f"{SETTINGS}/targets", TIMES, "set_targets"),
    ("convener", f"{SETTINGS}/rules-text", {"rules": "Be fair."}, "write_rules"),
    ("convener", f"{SETTINGS}/themes", {"question": "Why now?"}, "add_theme"),
    ("convener", f"{SETTINGS}/themes/why-now", {"question": "Why today?"}, "edit_theme"),
    ("convener", f"{SETTINGS}/themes/why-now/up", {}, "move_theme"),
    ("convener", f"{SETTINGS}/themes/why-now/retire", {}, "retire_theme"),
    ("convener", f"{SETTINGS}/themes/why-now/restore", {}, "restore_theme"),
    ("convener", f"{SETTINGS}/rules", {"slug": "late", "label": "It is late"}, "add_reason"),
    ("convener", f"{SETTINGS}/values", {"label": "Care", "definition": "For all",
     "family": "counts"}, "add_value"),
    ("convener", f"{SETTINGS}/values/care", {"label": "Care", "definition": "For each",
     "family": "counts"}, "reword_value"),
    ("convener", f"{SETTINGS}/values/care/retire", {}, "retire_value"),
    ("convener", f"{SETTINGS}/close", {}, "close_series"),
    ("convener", f"{SETTINGS}/reopen", {}, "reopen_series"),
    ("convener", "/series/{series}/members/{newcomer}/admit", {}, "admit_member"),
    ("convener", "/series/{series}/members/{newcomer}/role", {"role": "moderator"}, "change_role"),
    ("convener", "/series/{series}/members/invite", {"role": "contributor", "days": "3",
     "max_uses": "1"}, "invite"),
    ("moderator", "/moderation/values/{joy}/decide", {"action": "decline", "why": WHY},
     "decline"),
    ("moderator", "/moderation/values/{calm}/decide", {"action": "new", "label": "Calm",
     "definition": "Less haste", "family": "counts"}, "approve"),
    ("moderator", "/threads/{own}/curate/open", {}, "open"),
    ("moderator", f"{CURATE}/note", {"note-note": "A note."}, "note"),
    ("moderator", f"{CURATE}/positions/{{first}}/feature", {}, "feature"),
    ("moderator", f"{CURATE}/positions/{{second}}/first", {}, "order"),
    ("moderator", "/rounds/{thread}/statements/draft", {"kind": "end", "text": "Music matters.",
     "sources": "{first}", "answer_by": "2999-01-01"}, "draft_statement"),
    ("moderator", "/rounds/{thread}/statements/{statement}/reword", {"reword-text": "Art matters.",
     "reword-why": WHY, "reword-is_editorial": "y", "reword-seen": "1"}, "reword_statement"),
    ("moderator", "/rounds/{thread}/statements/{statement}/sort", {"sort-kind": "means"},
     "sort_statement"),
    ("moderator", "/rounds/{thread}/statements/{statement}/place",
     {"place-along": "requirement:1"}, "place_statement"),
    ("moderator", "/rounds/{thread}/statements/{statement}/redraw", {"redraw-sources": "{second}",
     "redraw-answer_by": "2999-01-01"}, "redraw_statement"),
    ("moderator", "/rounds/{thread}/statements/{other}/first", {}, "order_statement"),
    ("moderator", "/rounds/{thread}/statements/{statement}/retire", {"retire-why": WHY},
     "retire_statement"),
    ("moderator", "/rounds/{thread}/statements/{statement}/restore", {}, "restore_statement"),
    ("moderator", "/threads/{thread}/regroup/merge", {"into": "{into}", "why": WHY}, "merge"),
    ("moderator", "/moderation/positions/{waiting}/author", {"why": WHY}, "show_author"),
    ("moderator", "/moderation/positions/{waiting}/decide", {"action": "approve",
     "version_id": "{version}"}, "approve"),
    ("moderator", "/moderation/positions/{first}/decide", {"action": "hide", "reason": "unclear"},
     "hide"),
    ("moderator", "/evidence/{series}/{item}/status", {"status": "retracted", "note": "By its "
     "journal."}, "edit"),
    ("moderator", "/sanctions/positions/{second}", {"kind": "pause", "days": "3",
     "reason": "unclear", "facts": WHY}, "pause"),
)  # fmt: skip


def test_each_act_in_the_browser_adds_to_a_chain_that_holds(
    session: Session, scene: Acting, client: FlaskClient
) -> None:
    wrong = []
    for who, where, what, verb in ACTS:
        sign_in(client, scene.people[who])
        before = _newest(session)
        typed = {name: str(given).format(**scene.words) for name, given in what.items()}
        path = where.format(**scene.words)
        answered = client.post(path, data=typed)
        verbs = list(session.scalars(select(AuditEvent.verb).where(AuditEvent.number > before)))
        if answered.status_code not in (200, 303) or verb not in verbs:
            wrong.append(f"{answered.status_code} {path} left {verbs} and not {verb}")
    assert not wrong, "\n".join(wrong)
    assert list(find_breaks(stream_links(session))) == []
    actors = set(session.scalars(select(AuditEvent.actor_id)))
    assert {person.id for person in scene.people.values()} <= actors
    assert session.scalar(select(Membership.id)) is not None


def _newest(session: Session) -> int:
    return session.scalar(select(AuditEvent.number).order_by(AuditEvent.number.desc())) or 0
