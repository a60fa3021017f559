"""What moderators write in that role is signed as theirs by the page, and by nobody's name."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import EditorsNote
from discussion.debate.threads.models import Heading
from discussion.people.accounts.words_names import name_problem
from tests.factories import NOW, make_member, make_person, make_position, make_series, make_thread

NAME = "Ottoline Zqx"


def test_notes_summary_and_headings_say_whose_they_are_and_name_no_moderator(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    moderator = make_member(session, series, make_person(session, display_name=NAME),
                            role="moderator")  # fmt: skip
    thread = make_thread(session, series, summary="Zqx-summary.")
    position = make_position(session, thread)
    position.heading_id = _heading(session, thread.id)
    for on in ({"thread_id": thread.id}, {"position_id": position.id}):
        session.add(EditorsNote(text=f"Zqx-note on {next(iter(on))}.", written_on=NOW.date(),
                                written_by_id=moderator.id, **on))  # fmt: skip
    session.flush()
    session.expire_all()
    in_thread = client.get(f"/threads/{thread.slug}").text
    alone = client.get(f"/positions/{position.public_id}").text
    for page, words, label in (
        (in_thread, "Zqx-summary.", "The moderators’ summary so far"),
        (in_thread, "Zqx-note on thread_id.", "Moderators’ note."),
        (in_thread, "Zqx-heading", "The headings are the moderators’."),
        (alone, "Zqx-note on position_id.", "Moderators’ note."),
    ):
        assert label in _before(page, words), (words, label)
        assert NAME not in page
        assert name_problem(label), label


def _heading(session: Session, thread_id: int) -> int:
    heading = Heading(thread_id=thread_id, text="Zqx-heading")
    session.add(heading)
    session.flush()
    return heading.id


def _before(page: str, words: str) -> str:
    """What a reader has just read where these words begin."""
    body = page.partition("<main")[2]
    plain = re.sub(r"<[^>]*>", " ", body.partition(words)[0])
    return re.sub(r"\s+", " ", plain)[-400:]
