"""Every form, sent by those who have no business with it: it is refused and changes nothing."""

from collections.abc import Mapping

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from discussion.db import Base, session_for
from tests.conftest import sign_in
from tests.factories import make_person
from tests.permissions.addresses import Address, addresses
from tests.permissions.world import World

ENDS_THE_WALK = {"accounts.sign_out", "accounts.sign_out_everywhere"}  # everybody's own to do
REFUSED = {303, 401, 403, 404, 405, 410, 422, 429}  # 410: a mailed link that works no more
# what is everybody's to write: attempts are counted, and what somebody typed is never lost
ANYBODY = {
    "accounts.send_sign_in": {"attempt"},
    "accounts.send_sign_up": {"attempt", "person", "consent", "mailed_link", "job"},
    "accounts.send_reset": {"attempt", "job"},
    "accounts.send_password": {"attempt"},
    "accounts.send_own_address": {"attempt"},
    "positions.write_on": {"attempt", "kept_draft"},
    "positions.keep_draft": {"attempt", "kept_draft"},
    "responses.respond_on": {"attempt", "kept_draft"},
    "reports.send": {"attempt", "report", "job"},  # alerts, and hides nothing
    "practice.send_code": {"attempt"},  # counts guesses at a code
}
# signed in, one keeps one's own account, and may answer privately where everybody reads
STRANGER = {
    "positions.part": {"part"},
    "accounts.send_profile": {"person"},
    "rights.ask": {"data_copy", "job"},
    "accounts.sign_out_elsewhere": {"account_session"},
    "notices.keep": {"notice_hours", "notice_choice"},
}
SHOWN = {
    "positions.preview",
    "positions.preview_revision",
    "positions.keep_draft",
    "positions.write_on",
    "responses.respond_on",
    "mail.take_bounce",  # tells nobody what counted
}  # answer with a page or with what was kept: their answer may be 200
FORMS: dict[str, dict[str, str]] = {
    "an empty form": {},
    "a full form": {
        "action": "approve", "reason": "unclear", "why": "Because.", "version_id": "1",
        "do": "publish", "claim": "A claim", "reasoning": "Because.", "served-0-value": "equality",
        "is_without_study": "y", "level": "school", "confidence": "3", "change_mind": "evidence",
        "attribution": "role", "nobody_identified": "y", "posting_role": "headteacher",
        "posting_phase": "secondary", "type": "asks", "text": "How?", "stance": "2",
        "title": "A title", "slug": "a-slug", "question": "A question?", "label": "A label",
        "definition": "What it is", "family": "purpose", "email": "new@example.org",
        "role": "convener", "stage": "closed", "note": "A note", "kind": "survey",
        "question_type": "what_is_happening", "authors": "Donnelly, M.", "year": "2019",
        "status": "retracted", "low": "Low", "high": "High", "rules": "None",
        "cause": "safeguarding",
    },
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("letter", ["v", "s", "u", "r"])
def test_strangers_are_refused_and_nothing_changes(
    walked: Flask, walked_engine: Engine, world: World, letter: str, form: str
) -> None:
    wrong = []
    cookie = _cookie_of(walked, world, letter)
    rows = Rows(walked_engine)
    for address in addresses(walked, world, "POST"):
        endpoint = str(address.rule.endpoint)
        if endpoint in ENDS_THE_WALK and cookie:
            continue
        client = walked.test_client()
        if cookie:
            client.set_cookie("session", cookie)
        answered = client.post(address.path(walked), data=FORMS[form])
        changed = rows.changed()
        changed -= ANYBODY.get(endpoint, set())
        if letter == "v":  # a form of who may be back is kept for them, wherever it was sent
            changed -= {"kept_form"}
        else:
            changed -= STRANGER.get(endpoint, set())
        if changed:
            wrong.append(f"{sorted(changed)} changed by {_say(address)}: {answered.status_code}")
        if answered.status_code not in REFUSED and endpoint not in SHOWN:
            wrong.append(f"{answered.status_code} from {_say(address)}")
        if answered.status_code >= 500:
            wrong.append(f"{answered.status_code} from {_say(address)}")
    rows.close()
    assert not wrong, f"{len(wrong)} with {form}:\n" + "\n".join(wrong[:30])


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=lambda headers: "-".join(headers.values()),
)
def test_a_form_sent_from_another_site_is_refused(
    walked: Flask, walked_engine: Engine, world: World, headers: Mapping[str, str]
) -> None:
    client = sign_in(walked.test_client(), world.people["k"])
    rows = Rows(walked_engine)
    # where a form comes from is asked before it is asked what the address names
    for address in {one.rule.rule: one for one in addresses(walked, world, "POST")}.values():
        answered = client.post(address.path(walked), data=FORMS["a full form"], headers=headers)
        assert answered.status_code == 403, _say(address)
    assert not rows.changed()
    rows.close()


def test_a_change_is_seen_once(walked: Flask, walked_engine: Engine, world: World) -> None:
    rows = Rows(walked_engine)
    assert rows.changed() == set()
    with session_for(walked_engine, writes=True) as session:
        make_person(session)
        session.commit()
    assert rows.changed() == {"person", "consent", "search_entry", "search_text"}
    assert rows.changed() == set()
    rows.close()


def _cookie_of(app: Flask, world: World, letter: str) -> str:
    """What each new browser of theirs begins with."""
    if letter == "v":
        return ""
    given = sign_in(app.test_client(), world.people[letter]).get_cookie("session")
    assert given is not None
    return given.value


class Rows:
    """What the tables hold; SQLite says whether anybody committed, so most looks cost nothing."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        self._version = self._data_version()
        self._seen = self._read()

    def changed(self) -> set[str]:
        """The tables that hold something else than at the look before."""
        version = self._data_version()
        if version == self._version:
            return set()
        before, self._seen, self._version = self._seen, self._read(), version
        return {name for name, held in self._seen.items() if held != before[name]}

    def close(self) -> None:
        self._connection.close()

    def _data_version(self) -> int:
        self._connection.rollback()  # so that it sees what others committed since
        return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def _read(self) -> dict[str, int]:
        """Each table as one number."""
        return {
            table.name: hash(repr(self._connection.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
            if table.name != "state_number"  # what is looked at here changes it
        }


def _say(address: Address) -> str:
    return f"{address.rule.rule} ({address.rule.endpoint}; {address.values})"
