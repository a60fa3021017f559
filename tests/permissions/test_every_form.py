"""Every form of the site is kept, sent once and, where it edits, put together; or says why not."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, select

from discussion import clock
from discussion.db import session_for
from discussion.kept import words
from discussion.kept.models import KeptForm, SentForm
from discussion.kept.tokens import FormToken, Led, content_of, keyed
from discussion.web.versions import versioned_at
from tests.conftest import SECRET, carry_session, session_of
from tests.permissions.addresses import Address, addresses
from tests.permissions.world import World

TYPED = {"why": "Words that somebody typed.", "sent_on": "2026-11-30"}

# Endpoints that save an edit form: what two change is put together, or they are asked.
VERSIONED = {
    "accounts.send_profile", "duties.keep", "evidence.keep_edit", "evidence.keep_status",
    "members.choose_post", "positions.keep_draft", "positions.keep_revision", "positions.revise_on",
    "positions.write_on", "responses.respond_on", "responses.revise_own_response_on",
    "publications.send_draft", "publications.send_essay", "packages.keep_terms",
    "needed.send_edit", "practice.change", "practice.save_instrument", "practice.save_run",
    "rounds.send_plan", "series.edit", "series.edit_row", "series.keep_targets",
    "series.write_rules", "statements.send_statement_act", "threads.send_act",
    "threads.send_closing", "threads.send_slow", "threads.send_summary", "values.reword",
    "webhooks.keep_edit",
}  # fmt: skip

_NEW = "makes something new"
_PRESS = "a press: it moves one thing from one state to another, and is refused if it stands there"
_SHOWS = "shows what was sent, and keeps nothing"
_ACCOUNT = "one's own account, with the password or a link from a letter"
_DECIDES = "decides once: who is second is told who was first, with what they typed"
_OWN = "one's own answer or choice: the last one counts"
EDITS_NOTHING = {
    "about.choose_theme": _OWN,
    "accounts.send_address": _ACCOUNT,
    "accounts.send_confirm": _ACCOUNT,
    "accounts.send_confirmation": _ACCOUNT,
    "accounts.send_new_password": _ACCOUNT,
    "accounts.send_own_address": _ACCOUNT,
    "accounts.send_password": _ACCOUNT,
    "accounts.send_reset": _ACCOUNT,
    "accounts.send_second": _ACCOUNT,
    "accounts.send_sign_in": _ACCOUNT,
    "accounts.send_sign_up": _ACCOUNT,
    "accounts.sign_out": _PRESS,
    "accounts.sign_out_elsewhere": _PRESS,
    "accounts.sign_out_everywhere": _PRESS,
    "accounts.sign_out_there": _PRESS,
    "accounts.stop_move": _PRESS,
    "accounts.resume": _PRESS,
    "appeals.appeal": _NEW,
    "appeals.review": _DECIDES,
    "evidence.add_one": _NEW,
    "evidence.hide": _DECIDES,
    "evidence.keep_settlement": _DECIDES,
    "packages.make": _PRESS,
    "announcements.send": _NEW,
    "announcements.stop": _PRESS,
    "webhooks.add": _NEW,
    "webhooks.send_act": _PRESS,
    "webhooks.secret": _SHOWS,
    "needed.send_act": _DECIDES,
    "needed.send_decision": _DECIDES,
    "needed.send_looking": _NEW,
    "needed.send_place": _PRESS,
    "needed.send_question": _NEW,
    "needed.send_take_back": _PRESS,
    "practice.act": _PRESS,
    "practice.begin": _PRESS,
    "practice.begin_instrument": _PRESS,
    "practice.invite": _NEW,
    "practice.name": _OWN,
    "practice.open_instrument": _PRESS,
    "practice.register": _NEW,
    "practice.send_answer": _OWN,
    "practice.send_code": _SHOWS,
    "practice.send_join": _NEW,
    "practice.stop_letters": _PRESS,
    "practice.take_back": _PRESS,
    "practice.take_out": _PRESS,
    "publications.begin": _PRESS,
    "publications.send_new_essay": _NEW,
    "publications.send_answer": _DECIDES,
    "publications.send_objection": _OWN,
    "publications.send_publish": _NEW,
    "publications.send_tell": _PRESS,
    "publications.send_archive": _NEW,
    "publications.send_withdraw": _PRESS,
    "kept.forget": _PRESS,
    "kept.show": _PRESS,
    "members.accept": _PRESS,
    "members.admit": _PRESS,
    "members.appoint": _PRESS,
    "members.change_role": "carries the role it was opened with, and who is second is told",
    "members.choose_letters": _OWN,
    "members.choose_post_from_profile": _OWN,
    "members.invite": _NEW,
    "members.join": _PRESS,
    "members.leave": _PRESS,
    "members.revoke": _PRESS,
    "moderation.answer_value": _DECIDES,
    "moderation.approve_many": _DECIDES,
    "moderation.author": _PRESS,
    "moderation.decide_on": _DECIDES,
    "moderation.next_one": _PRESS,
    "moderation.take_one": _PRESS,
    "moderation.undo_many": _PRESS,
    "mutes.add": _PRESS,
    "mutes.end": _PRESS,
    "positions.carry_place": _OWN,
    "positions.part": _OWN,
    "positions.preview": _SHOWS,
    "positions.preview_revision": _SHOWS,
    "positions.withdraw_now": _PRESS,
    "redactions.send": _NEW,
    "redactions.send_undo": _PRESS,
    "reports.answer_them": _DECIDES,
    "reports.send": _NEW,
    "responses.say_it_stands": _PRESS,
    "responses.answer_restated": _OWN,
    "responses.withdraw_own_response_now": _PRESS,
    "rights.ask": _NEW,
    "rights.send_leave": _PRESS,
    "rights.send_stay": _PRESS,
    "rights.send_take_back": _PRESS,
    "rights.send_terms": _PRESS,
    "findings.send_again": _PRESS,
    "rounds.send_close": _PRESS,
    "statements.send_fair": _OWN,
    "rounds.send_planned_act": _PRESS,
    "rounds.send_line": _PRESS,
    "rounds.send_rating": _OWN,
    "statements.send_statement": _NEW,
    "sanctions.sanction_author": _NEW,
    "sanctions.sanction_member": _NEW,
    "sanctions.send_lift": _PRESS,
    "series.add_row": _NEW,
    "series.create": _NEW,
    "series.move": _PRESS,
    "series.move_row": _PRESS,
    "threads.end_warnings": _PRESS,
    "mail.take_bounce": _PRESS,
    "notices.end": _PRESS,
    "notices.seen": _PRESS,
    "notices.keep": _PRESS,
    "notices.send_follow": _PRESS,
    "threads.remove_note": _PRESS,
    "threads.remove_related": _PRESS,
    "threads.send_answer": _OWN,
    "threads.send_heading": _NEW,
    "threads.send_heading_act": "one line, a name",
    "threads.send_let_move": _PRESS,
    "threads.send_look": _DECIDES,
    "threads.send_merge": _PRESS,
    "threads.send_move": _PRESS,
    "threads.send_order": "carries the order it was opened with, and comes back with both",
    "threads.send_position_act": _PRESS,
    "threads.send_proposal": _NEW,
    "threads.send_related": _NEW,
    "threads.send_split": _NEW,
    "threads.send_undo": _PRESS,
    "values.accept": _DECIDES,
    "values.add": _NEW,
    "values.decline": _DECIDES,
    "values.merge": _PRESS,
    "values.move": _PRESS,
}


@pytest.fixture
def forms(walked: Flask, world: World) -> list[Address]:
    """One address of each form."""
    return list({one.rule.endpoint: one for one in addresses(walked, world, "POST")}.values())


def test_every_form_is_kept_or_says_why_not(
    walked: Flask, walked_engine: Engine, forms: list[Address]
) -> None:
    wrong, kept = [], 0
    for form in forms:
        endpoint = str(form.rule.endpoint)
        answered = walked.test_client().post(form.path(walked), data=TYPED)
        with session_for(walked_engine, writes=True) as session:
            rows = session.scalars(select(KeptForm)).all()
            session.execute(delete(KeptForm))
            session.commit()
        should = endpoint not in words.FOR_VISITORS | words.NEVER_KEPT
        if endpoint not in words.FOR_VISITORS and answered.status_code != 401:
            wrong.append(f"{answered.status_code} from {endpoint}")
        if [row.fields for row in rows] != [{n: [v] for n, v in TYPED.items()}] * should:
            wrong.append(f"{endpoint} kept {len(rows)}")
        if should and rows[0].page == "/":
            wrong.append(f"nobody knows on which page {endpoint} stands")
        kept += should
    assert not wrong, "\n".join(["say in kept/words.py why it is not kept:", *wrong])
    assert kept > 60


def test_every_form_is_done_once_or_says_why_not(
    walked: Flask, walked_engine: Engine, world: World, forms: list[Address]
) -> None:
    person = world.people["k"]
    client = carry_session(walked.test_client(), session_of(walked, person))
    wrong, once = [], 0
    for form in forms:
        path, endpoint = form.path(walked), str(form.rule.endpoint)
        token = FormToken("nonce", "", "/about")
        content = content_of([(name, [value]) for name, value in TYPED.items()])
        key = keyed(SECRET, f"person {person.public_id}", f"{path}?", token.nonce, content)
        with session_for(walked_engine, writes=True) as session:
            sealed = Led("/about#first").sealed(SECRET, token.nonce)
            session.add(SentForm(key=key, place="p", sealed=sealed, at=clock.now()))
            session.commit()
        should = endpoint not in words.NOT_ONCE
        sent = {**TYPED, words.TOKEN: token.signed(SECRET)}
        if should:
            led = client.post(path, data=sent).location
            if led != "/about#first":
                wrong.append(f"{endpoint} led to {led}")
        once += should
    with session_for(walked_engine, writes=True) as session:
        session.execute(delete(SentForm))
        session.commit()
    assert not wrong, "\n".join(["say in kept/words.py why it is not once:", *wrong])
    assert once > 90


def test_every_edit_form_is_put_together_or_says_why_not(
    walked: Flask, forms: list[Address]
) -> None:
    with walked.app_context():
        marked = {
            str(form.rule.endpoint) for form in forms if versioned_at(str(form.rule.endpoint))
        }
    assert marked == VERSIONED, "mark it with `versioned`, or say here why it edits nothing"
    others = {str(form.rule.endpoint) for form in forms} - VERSIONED
    assert others == set(EDITS_NOTHING), "say why it edits nothing, or mark it with `versioned`"


def test_what_is_excused_is_there(forms: list[Address]) -> None:
    there: set[Any] = {form.rule.endpoint for form in forms}
    excused = {*words.FOR_VISITORS, *words.NEVER_KEPT, *words.NOT_ONCE, *words.ONCE_WHERE}
    assert excused <= there, sorted(excused - there)
    assert all({**words.FOR_VISITORS, **words.NEVER_KEPT, **words.NOT_ONCE}.values())
