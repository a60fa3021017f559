"""Proposing and curating: what is asked, what is kept, and who may."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.threads.drafts import EditDraft, ThreadDraft
from discussion.debate.threads.models import OldAddress, Thread
from discussion.debate.threads.operations import (
    edit_thread,
    mark_position,
    note_on_position,
    note_on_thread,
    order_position,
    propose_thread,
    take_note_away,
)
from discussion.debate.threads.queries import thread_page
from discussion.decisions.models import Decision
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    make_series,
    make_theme,
    make_thread,
    viewer,
)


@pytest.fixture
def thread(session: Session) -> Thread:
    return make_thread(session, make_series(session))


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


def draft_for(thread: Thread, **changes: Any) -> ThreadDraft:
    return replace(
        ThreadDraft(
            question="Should homework be optional?",
            context="Some schools **have stopped**.",
            themes=(thread.series.themes[0].slug,),
            levels=("school",),
            scales=("who-decides", "requirement"),
            attribution="role",
            nobody_identified=True,
        ),
        **changes,
    )


def edit_of(thread: Thread, **changes: Any) -> EditDraft:
    given = EditDraft(
        question=thread.question,
        context=thread.context,
        themes=tuple(theme.slug for theme in thread.themes),
        levels=tuple(thread.levels),
        scales=tuple(scale.slug for scale in thread.scales),
        attribution=thread.attribution,
    )
    return replace(given, **changes)


def order_of(session: Session, thread: Thread) -> list[str]:
    page = thread_page(session, None, thread.slug)
    assert page is not None
    return [card.id for group in page.groups for card in group.cards]


def test_a_proposal_waits_for_a_moderator_with_everything_it_said(
    session: Session, thread: Thread
) -> None:
    proposer = make_member(session, thread.series)
    made = propose_thread(
        session, viewer(session, proposer), thread.series, draft_for(thread), now=NOW
    )
    session.flush()
    session.expire_all()
    assert (made.stage, made.slug) == ("proposed", "should-homework-be-optional")
    assert made.proposed_by_id == proposer.id
    assert "<strong>" in made.context_html
    assert [scale.slug for scale in made.scales] == ["who-decides", "requirement"]


WRONG = [
    ({"question": ""}, "question"),
    ({"question": "Homework should be optional."}, "question"),
    ({"question": "a" * 200 + "?"}, "question"),
    ({"context": "a" * 4_001}, "context"),
    ({"themes": ()}, "themes"),
    ({"themes": ("no-such-theme",)}, "themes"),
    ({"levels": ()}, "levels"),
    ({"levels": ("galaxy",)}, "levels"),
    ({"scales": ("no-such-scale",)}, "scales"),
    ({"attribution": ""}, "attribution"),
    ({"use_of_result": "a" * 601}, "use_of_result"),
    ({"nobody_identified": False}, "nobody_identified"),
]


@pytest.mark.parametrize(("changes", "wrong"), WRONG)
def test_a_proposal_is_refused_beside_the_field(
    session: Session, thread: Thread, changes: dict[str, object], wrong: str
) -> None:
    actor = viewer(session, make_member(session, thread.series))
    with pytest.raises(Invalid) as error:
        propose_thread(session, actor, thread.series, draft_for(thread, **changes), now=NOW)
    assert [problem.field for problem in error.value.problems] == [wrong]


def test_a_proposal_cannot_be_looser_than_its_series(session: Session, thread: Thread) -> None:
    thread.series.attribution = "chatham_house"
    actor = viewer(session, make_member(session, thread.series))
    with pytest.raises(Invalid):
        propose_thread(session, actor, thread.series, draft_for(thread), now=NOW)


def test_an_address_is_never_given_twice(session: Session, thread: Thread) -> None:
    session.add(OldAddress(slug="should-homework-be-optional", thread_id=thread.id))
    session.flush()
    actor = viewer(session, make_member(session, thread.series))
    slugs = [
        propose_thread(session, actor, thread.series, draft, now=NOW).slug
        for draft in (draft_for(thread), draft_for(thread), draft_for(thread, question="Propose?"))
    ]
    assert slugs[:2] == ["should-homework-be-optional-2", "should-homework-be-optional-3"]
    assert slugs[2] != "propose"


def test_editing_changes_the_words_and_keeps_the_old_address(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    other = make_theme(session, thread.series)
    session.refresh(thread.series)
    old = thread.slug
    draft = edit_of(thread, question="Who should decide?", themes=(other.slug,),
                    has_new_address=True, summary="They differ.")  # fmt: skip
    edit_thread(session, moderator, thread, draft, now=NOW)
    assert (thread.slug, thread.summary) == ("who-should-decide", "They differ.")
    assert session.get_one(OldAddress, old).thread_id == thread.id
    assert [theme.slug for theme in thread.themes] == [other.slug]
    page = thread_page(session, None, thread.slug)
    assert page is not None
    assert page.is_said_by_moderators


def test_only_dates_ahead_change_and_they_come_in_order(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    thread.stage, thread.open_on, thread.weighing_on = "weighing", NOW.date(), NOW.date()
    early, late = NOW.date().replace(year=2027), NOW.date().replace(year=2028)
    draft = edit_of(thread, making_sense_on=late, closed_on=early)
    with pytest.raises(Invalid):
        edit_thread(session, moderator, thread, draft, now=NOW)
    draft = edit_of(thread, weighing_on=None, making_sense_on=early, closed_on=late)
    edit_thread(session, moderator, thread, draft, now=NOW)
    assert thread.weighing_on == NOW.date()
    assert (thread.making_sense_on, thread.closed_on) == (early, late)


@pytest.mark.parametrize(
    ("before", "after", "is_allowed"),
    [
        ("named", "named", True),
        ("named", "role", True),
        ("named", "chatham_house", True),
        ("role", "chatham_house", True),
        ("role", "named", False),
        ("chatham_house", "role", False),
        ("chatham_house", "named", False),
    ],
)
def test_attribution_only_tightens_and_everything_written_tightens_with_it(
    session: Session, thread: Thread, moderator: Viewer, before: str, after: str, is_allowed: bool
) -> None:
    thread.attribution = before
    position = make_position(session, thread)
    response = make_response(session, position)
    strict = make_position(session, thread, attribution="chatham_house")
    draft = edit_of(thread, attribution=after)
    if not is_allowed:
        with pytest.raises(Invalid):
            edit_thread(session, moderator, thread, draft, now=NOW)
        assert thread.attribution == position.attribution == before
        return
    edit_thread(session, moderator, thread, draft, now=NOW)
    assert thread.attribution == position.attribution == response.attribution == after
    assert strict.attribution == "chatham_house"


def test_positions_move_first_up_and_down(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    for _each in range(4):
        make_position(session, thread)
    make_position(session, make_thread(session, thread.series))
    by_id = {position.public_id: position for position in thread.positions}
    a, b, c, d = order_of(session, thread)
    for id, to, expected in (
        (c, "up", [a, c, b, d]),
        (d, "first", [d, a, c, b]),
        (d, "down", [a, d, c, b]),
        (a, "up", [a, d, c, b]),
        (b, "down", [a, d, c, b]),
    ):
        order_position(session, moderator, by_id[id], to, now=NOW)
        assert order_of(session, thread) == expected
    mark_position(session, moderator, by_id[b], "pin", now=NOW)
    order_position(session, moderator, by_id[c], "first", now=NOW)
    assert order_of(session, thread) == [b, c, a, d]
    with pytest.raises(Refused):
        order_position(session, moderator, by_id[c], "sideways", now=NOW)


def test_marks_and_notes_show_on_the_page_and_leave_decisions(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    position = make_position(session, thread)
    mark_position(session, moderator, position, "feature", now=NOW)
    mark_position(session, moderator, position, "pin", now=NOW)
    mark_position(session, moderator, position, "unpin", now=NOW)
    note_on_position(session, moderator, position, "Read it beside the next.", now=NOW)
    note = note_on_thread(session, moderator, thread, "This closes early.", now=NOW)
    page = thread_page(session, None, thread.slug)
    assert page is not None
    [card] = page.groups[0].cards
    assert (card.is_featured, card.is_pinned) == (True, False)
    assert [each.text for each in card.notes] == ["Read it beside the next."]
    assert [(each.text, each.written_on) for each in page.notes] == [
        ("This closes early.", NOW.date())
    ]
    take_note_away(session, moderator, thread, note.id, now=NOW)
    with pytest.raises(Refused):
        take_note_away(session, moderator, thread, note.id, now=NOW)
    page = thread_page(session, None, thread.slug)
    assert page is not None
    assert page.notes == ()
    rows = session.execute(select(Decision.subject_kind, Decision.action).order_by(Decision.id))
    assert [tuple(row) for row in rows] == [
        ("position", "feature"), ("position", "pin"), ("position", "unpin"), ("position", "note"),
        ("thread", "note"), ("thread", "unnote")]  # fmt: skip


def test_a_note_of_another_thread_cannot_be_taken_away_from_here(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    elsewhere = make_thread(session, thread.series)
    note = note_on_thread(session, moderator, elsewhere, "Stay.", now=NOW)
    with pytest.raises(Refused):
        take_note_away(session, moderator, thread, note.id, now=NOW)


def test_moderators_do_not_mark_order_or_note_their_own_position(
    session: Session, thread: Thread
) -> None:
    author = make_member(session, thread.series, role="moderator")
    own = make_position(session, thread, author)
    actor = viewer(session, author)
    for act in (
        lambda: mark_position(session, actor, own, "pin", now=NOW),
        lambda: order_position(session, actor, own, "first", now=NOW),
        lambda: note_on_position(session, actor, own, "Good.", now=NOW),
    ):
        with pytest.raises(Forbidden):
            act()


def test_moderators_do_not_take_away_what_was_noted_on_their_own_position(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer
) -> None:
    author = make_member(session, thread.series, role="moderator")
    own = make_position(session, thread, author)
    note = note_on_position(session, moderator, own, "The figure is from 2011.", now=NOW)
    with pytest.raises(Forbidden):
        take_note_away(session, viewer(session, author), thread, note.id, now=NOW)
    sign_in(client, author)
    assert f"/notes/{note.id}/remove" not in client.get(f"/threads/{thread.slug}/curate").text
    take_note_away(session, moderator, thread, note.id, now=NOW)
    assert note.removed_at == NOW


def test_contributors_cannot_curate(client: FlaskClient, session: Session, thread: Thread) -> None:
    position = make_position(session, thread)
    path = f"/threads/{thread.slug}/curate"
    assert client.get(path).status_code == 303  # signed out: asked to sign in
    sign_in(client, make_member(session, thread.series))
    assert client.get(path).status_code == 403
    for act in ("edit", "move", "close", "hide", "note", f"positions/{position.public_id}/pin"):
        assert client.post(f"{path}/{act}").status_code == 403
    assert (thread.stage, thread.is_hidden, position.is_pinned) == ("open", False, False)


def test_the_curating_page_does_its_work_without_a_script(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    position = make_position(session, thread)
    other = make_position(session, thread)
    sign_in(client, make_member(session, thread.series, role="moderator"))
    path = f"/threads/{thread.slug}/curate"
    assert client.get(path).status_code == 200

    blank = client.post(f"{path}/hide", data={"hide-why": " "})
    assert blank.status_code == 422
    assert 'href="#hide-why"' in blank.text
    kept = client.post(
        f"{path}/close", data={"close-outcome": "Kept <words>", "close-review_on": "x"}
    )
    assert kept.status_code == 422
    assert "Kept &lt;words&gt;" in kept.text
    long = client.post(f"{path}/positions/{position.public_id}/note",
                       data={"position_note-note": "a" * 1_001})  # fmt: skip
    assert long.status_code == 422
    assert "a" * 1_001 in long.text

    assert client.post(f"{path}/positions/{other.public_id}/pin").status_code == 303
    assert client.post(f"{path}/positions/{other.public_id}/sideways").status_code == 404
    assert client.post(f"{path}/sing").status_code == 404
    assert client.post(f"{path}/note", data={"note-note": "Mind the date."}).status_code == 303
    assert client.post(f"{path}/move", data={"move-why": ""}).status_code == 303
    assert client.post(f"{path}/move", data={"move-why": ""}).status_code == 303
    session.expire_all()
    assert (thread.stage, other.is_pinned) == ("making_sense", True)
    assert client.get(path).status_code == 200
    shown = client.get(f"/threads/{thread.slug}").text
    assert "Mind the date." in shown
    assert "Pinned by the moderators" in shown


def test_editing_in_the_browser_keeps_what_was_not_touched(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    sign_in(client, make_member(session, thread.series, role="moderator"))
    path = f"/threads/{thread.slug}/curate"
    theme = thread.themes[0].slug
    typed = {
        "edit-question": "Is this still the question?",
        "edit-context": "Yes.",
        "edit-themes": [theme],
        "edit-levels": ["school", "trust"],
        "edit-scales": ["requirement"],
        "edit-attribution": "role",
        "edit-use_of_result": "",
        "edit-summary": "",
        "edit-weighing_on": "2027-01-29",
    }
    assert client.post(f"{path}/edit", data=typed | {"edit-weighing_on": "soon"}).status_code == 422
    assert client.post(f"{path}/edit", data=typed).status_code == 303
    session.expire_all()
    assert thread.question == "Is this still the question?"
    assert [scale.slug for scale in thread.scales] == ["requirement"]
    assert str(thread.weighing_on) == "2027-01-29"


def test_proposing_in_the_browser_asks_twice_where_somebody_may_be_recognised(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    path = f"/threads/propose/{thread.series.slug}"
    assert client.get(path).status_code == 303
    sign_in(client, make_member(session, thread.series))
    theme = thread.series.themes[0].slug
    assert f'value="{theme}" checked' in client.get(f"{path}?theme={theme}").text
    typed = {
        "question": "Should homework be optional?",
        "context": "Ask Mr Smith, mr.smith@school.sch.uk, 07700 900123.",
        "themes": [theme],
        "levels": ["school"],
        "attribution": "role",
        "nobody_identified": "y",
    }
    empty = client.post(path, data={"context": "Only this."})
    assert empty.status_code == 422
    assert "Only this." in empty.text
    asked = client.post(path, data=typed)
    assert asked.status_code == 422
    assert 'name="looked_again"' in asked.text
    done = client.post(path, data=typed | {"looked_again": "y"})
    assert (done.status_code, done.location) == (303, "/threads/should-homework-be-optional")
    assert client.get(done.location).status_code == 200
