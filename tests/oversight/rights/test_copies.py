"""A copy of one's data: everything about oneself, nothing of others, and for a week."""

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.db import Base
from discussion.jobs.models import Job
from discussion.jobs.worker import Worker
from discussion.oversight.rights.archive import write_copy
from discussion.oversight.rights.folder import folder_of
from discussion.oversight.rights.models import DataCopy
from discussion.oversight.rights.operations.copying import ask_copy, forget_copies
from discussion.oversight.rights.queries.own import Asked, list_sections
from discussion.oversight.rights.words_copy import FIELDS
from discussion.problems import Refused
from tests.conftest import sign_in
from tests.factories import NOW, make_person, make_position, viewer
from tests.oversight.rights.leaver import SECRET, leave, make_leaver

HOSTILE = "<script>alert('qzxpublished')</script>"
# Every column that points at a person → the section in which it is copied, or why it is not.
COPIED = {
    "consent.person_id": "consents",
    "membership.person_id": "memberships",
    "position.author_id": "positions",
    "response.author_id": "responses",
    "voice.person_id": "positions",  # the letter is in how their author is shown
    "kept_draft.person_id": "drafts",
    "kept_form.person_id": "kept_forms",
    "evidence_item.added_by_id": "evidence",
    "thread.proposed_by_id": "threads",
    "value_proposal.proposed_by_id": "values",
    "part.person_id": "private_answers",
    "confirmation.person_id": "confirmations",
    "round_post.person_id": "posts",
    "report.reporter_id": "reports",
    "decision.addressed_to_id": "decisions",
    "decision.decided_by_id": "acts",
    "appeal.made_by_id": "appeals",
    "appeal_outcome.reviewed_by_id": "acts",
    "sanction.person_id": "sanctions",
    "mute.person_id": "mutes",
    "audit_event.actor_id": "acts",
    "stage_move.moved_by_id": "acts",
    "regrouping.undone_by_id": "acts",
    "editors_note.written_by_id": "official",
    "thread_summary.written_by_id": "official",
    "statement_version.written_by_id": "official",
    "announcement.written_by_id": "announcements",
    "statement.made_by_id": "official",
    "duty_record.written_by_id": "official",
    "invitation.made_by_id": "invitations",
    "mailed_link.person_id": "links",
    "known_device.person_id": "devices",
    "account_session.person_id": "sessions",
    "address_change.person_id": "address_changes",
    "address_change.seconded_by_id": "acts",
    "needed_looking.person_id": "looking_into",
    "notice.person_id": "notices",
    "notice_choice.person_id": "hearing",
    "notice_hours.person_id": "hearing",
    "follow.person_id": "follows",
    "visit.person_id": "visits",
    "data_copy.person_id": "rights",
    "leaving.person_id": "rights",
    "coordinator.person_id": "coordinated",
    "practice_run.coordinator_id": "coordinated",
}
NOT_COPIED = {
    "mute.muted_id": "who muted them is others' own",
    "position.entered_by_id": "a guest's words, entered for them",
    "consent.recorded_by_id": "a guest's consent",
    "sent_form.saved_by_id": "gone within a day, and sealed",
    "claim.person_id": "gone within a quarter of an hour",
    "batch.made_by_id": "its approvals are among the acts",
    "needed_looking.decided_by_id": "among the acts",
    "notice_letter.person_id": "each notice says when it was told",
    "publication_version.made_by_id": "in their office; each is among the acts",
    "round.made_by_id": "among the acts",
    "webhook.made_by_id": "among the acts",
    "instrument.made_by_id": "among the acts",
    "organisation.made_by_id": "among the acts",
    "statement_version.withheld_by_id": "among the acts",
}


@pytest.fixture
def pieces(app: Flask) -> Iterator[Any]:
    """The templates of a copy, piece by piece, as the worker renders them."""
    with app.test_request_context():
        yield lambda template, **given: app.jinja_env.get_template(template).generate(**given)


def test_a_copy_holds_everything_about_somebody_and_nothing_of_others(
    session: Session, tmp_path: Path, pieces: Any
) -> None:
    made = make_leaver(session)
    made.moderator.display_name = "Modestine Brackley"
    make_position(session, made.threads[1], revision={"claim": "Somebody else's claim"})
    live = made.positions[0].live
    assert live is not None
    live.claim = HOSTILE
    session.flush()

    files = _unpacked(session, made.person, tmp_path, pieces)

    data = json.loads(files["data.json"])
    assert list(data) == ["format", "site", "made_at", *(one.name for one in list_sections())]
    empty = {name for name, records in data.items() if records == []}
    assert empty == set(), "somebody who has done everything has something everywhere"
    for name in ("data.json", "index.html"):
        missing = [word for word in made.marks.everything if word not in files[name]]
        assert missing == [], name
        for secret in ("Modestine", made.moderator.email, "Somebody else", "f" * 64, SECRET,
                       made.person.password_hash, made.moderator.public_id):  # fmt: skip
            assert secret is not None
            assert secret not in files[name].replace(_muted(data), ""), secret
    assert HOSTILE not in files["index.html"]
    assert "&lt;script&gt;" in files["index.html"]
    fetched = re.findall(r"\ssrc\s*=|<link[^>]*>|url\(|@import", files["index.html"])
    assert fetched == ['<link rel="stylesheet" href="style.css">']
    assert not re.search(r"url\(|@import", files["style.css"])


def test_every_field_of_a_copy_is_explained(session: Session, tmp_path: Path, pieces: Any) -> None:
    files = _unpacked(session, make_leaver(session).person, tmp_path, pieces)
    data = json.loads(files["data.json"])
    used = set(_names([data[section.name] for section in list_sections()]))
    assert used - set(FIELDS) == set()
    assert all(f"  {name}: " in files["README.txt"] for name in used)


def test_every_column_that_points_at_a_person_is_copied_or_excused() -> None:
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert pointing - set(COPIED) - set(NOT_COPIED) == set(), "say in which section it is copied"
    assert set(COPIED.values()) <= {section.name for section in list_sections()}


def test_a_copy_is_made_by_the_worker_and_fetched_by_its_owner_alone(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person, stranger = make_person(session), make_person(session)
    with time_machine.travel(NOW, tick=False):
        sign_in(client, person)
        assert client.post("/rights/copies").status_code == 303
        assert "A copy is being made." in client.get("/rights").text
        Worker(app).sweep()
        session.expire_all()
        row = session.scalars(select(DataCopy)).one()
        address = f"/rights/copies/{row.public_id}"
        assert address in client.get("/rights").text
        fetched, listed = client.get(address), client.get("/rights").text
    file = BytesIO(fetched.data)
    fetched.close()
    folder = folder_of(app.extensions["site"].settings.data_dir)
    assert [oct(path.stat().st_mode & 0o777) for path in (folder, *folder.iterdir())] == [
        "0o700", "0o600",
    ]  # fmt: skip
    assert (fetched.status_code, fetched.headers["Cache-Control"]) == (200, "no-store")
    assert row.file_name not in f"{fetched.headers}{listed}"
    assert len(file.getvalue()) == row.size
    assert zipfile.ZipFile(file).testzip() is None
    letters = [job.payload["template"] for job in session.scalars(select(Job))
               if job.name == "mail.send"]  # fmt: skip
    assert letters == ["rights/copy_ready"]

    others = app.test_client()
    with time_machine.travel(NOW, tick=False):
        assert others.get(address).status_code == 404
        assert sign_in(others, stranger).get(address).status_code == 404
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert sign_in(client, person).get(address).status_code == 404
        forget_copies(session, folder, NOW + timedelta(days=7))
    assert list(folder.iterdir()) == []
    assert (row.file_name, row.deleted_at) == ("", NOW + timedelta(days=7))


def test_one_copy_at_a_time_and_three_a_day(client: FlaskClient, session: Session) -> None:
    person = make_person(session)
    actor = viewer(session, person)
    for number in range(3):
        row = ask_copy(session, actor, now=NOW + timedelta(hours=number))
        with pytest.raises(Refused, match="being made already"):
            ask_copy(session, actor, now=NOW + timedelta(hours=number, minutes=1))
        row.ready_at, row.expires_at = NOW, NOW + timedelta(days=7)
        session.flush()
    with pytest.raises(Refused, match="3 copies within a day"):
        ask_copy(session, actor, now=NOW + timedelta(hours=23))
    ask_copy(session, viewer(session, make_person(session)), now=NOW)
    ask_copy(session, actor, now=NOW + timedelta(hours=25))
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        said = sign_in(client, person).post("/rights/copies")
    assert (said.status_code, "being made already" in said.text) == (429, True)


def test_what_a_killed_worker_left_is_swept_up_and_copies_go_with_their_owner(
    session: Session, tmp_path: Path
) -> None:
    made = make_leaver(session)
    kept = DataCopy(person_id=made.moderator.id, asked_at=NOW, file_name="kept.zip",
                    expires_at=NOW + timedelta(days=300))  # fmt: skip
    own = DataCopy(person_id=made.person.id, asked_at=NOW, file_name="own.zip",
                   expires_at=NOW + timedelta(days=300))  # fmt: skip
    session.add_all([kept, own])
    for name in ("kept.zip", "own.zip", "nobodys.zip", "half.part", "notes.txt"):
        (tmp_path / name).write_text("x")
    leave(session, made, "keep")

    forget_copies(session, tmp_path, NOW + timedelta(days=40))

    assert {path.name for path in tmp_path.iterdir()} == {"kept.zip", "notes.txt"}
    assert own.deleted_at == NOW + timedelta(days=40)


def _unpacked(session: Session, person: Any, folder: Path, render: Any) -> dict[str, str]:
    name, size = write_copy(session, Asked(person, SECRET, NOW), folder,
                            site=("Discussion", "https://discussion.example"),
                            render=render)  # fmt: skip
    path = folder / name
    assert path.stat().st_size == size
    with zipfile.ZipFile(path) as made:
        return {entry: made.read(entry).decode() for entry in made.namelist()}


def _muted(data: dict[str, Any]) -> str:
    """Whom one muted by name one knows by name."""
    return str(data["mutes"][0]["who"])


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _names(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            if name not in ("typed", "placements"):  # whose names are those of forms and scales
                yield from _names(one)
