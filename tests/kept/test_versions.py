"""Two who edit one thing both have their way; where they changed the same, the second is asked."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.kept.models import KeptForm
from discussion.web.versions import merge
from tests.conftest import sign_in
from tests.factories import make_member, make_series, make_theme, make_thread
from tests.kept.browser import fill, form_of

Form = dict[str, list[str]]
BEFORE = "Few schools now stream, and many set. The argument goes on."


@pytest.fixture
def thread(session: Session) -> Thread:
    series = make_series(session)
    theme = make_theme(session, series)
    return make_thread(session, series, context=BEFORE, themes=[theme], use_of_result="None.")


@pytest.fixture
def a(app: Flask, session: Session, thread: Thread) -> FlaskClient:
    return _moderator(app, session, thread, "Priya Raman")


@pytest.fixture
def b(app: Flask, session: Session, thread: Thread) -> FlaskClient:
    return _moderator(app, session, thread, "Ben Ade")


def _moderator(app: Flask, session: Session, thread: Thread, name: str) -> FlaskClient:
    person = make_member(session, thread.series, role="moderator")
    person.display_name = name
    session.commit()
    return sign_in(app.test_client(), person)


def _open(client: FlaskClient, thread: Thread, **typed: str) -> tuple[str, Form]:
    page = f"/threads/{thread.slug}/curate"
    fields = {f"edit-{name}": value for name, value in typed.items()}
    return f"{page}/edit", fill(
        client, page, f"{page}/edit", fields | {"edit-nobody_identified": "y"}
    )


def test_what_each_changed_alone_stands(
    session: Session, thread: Thread, a: FlaskClient, b: FlaskClient
) -> None:
    where, of_a = _open(a, thread, context="All of it is new.")
    _where, of_b = _open(b, thread, use_of_result="Three departments will use it.")
    assert a.post(where, data=of_a).status_code == 303
    saved = b.post(where, data=of_b, follow_redirects=True)
    session.refresh(thread)
    assert (thread.context, thread.use_of_result) == (
        "All of it is new.",
        "Three departments will use it.",
    )
    assert "That change stands" in saved.text


def test_who_is_second_is_told_who_was_first_and_keeps_their_words(
    session: Session, thread: Thread, a: FlaskClient, b: FlaskClient
) -> None:
    where, of_a = _open(a, thread, context="Few schools now stream. The argument goes on.")
    _where, of_b = _open(
        b, thread, context="Few schools now stream, and many set. The argument ends here.",
        use_of_result="Three departments will use it.",
    )  # fmt: skip
    a.post(where, data=of_a)
    asked = b.post(where, data=of_b)
    assert asked.status_code == 409
    session.refresh(thread)
    assert thread.context == "Few schools now stream. The argument goes on."
    assert "Priya Raman saved at" in asked.text
    assert "<ins>ends here.</ins>" in asked.text
    assert "<del>stream, and many set.</del> <ins>stream.</ins>" in asked.text
    assert "Only you changed it, so yours stands:" in asked.text
    assert session.scalars(select(KeptForm)).one().fields["edit-context"] == of_b["edit-context"]
    both = form_of(asked.text, where)["_both-edit-context"]
    assert both == ["Few schools now stream. The argument ends here."]


@pytest.mark.parametrize(
    ("keep", "stands"),
    [("mine", "Mine."), ("theirs", "Theirs."), ("both", "Put together.")],
)
def test_one_press_keeps_mine_or_theirs_or_both(
    session: Session, thread: Thread, a: FlaskClient, b: FlaskClient, keep: str, stands: str
) -> None:
    where, of_a = _open(a, thread, context="Theirs.")
    _where, of_b = _open(b, thread, context="Mine.")
    a.post(where, data=of_a)
    form = form_of(b.post(where, data=of_b).text, where)
    form |= {"keep": [keep], "_both-edit-context": ["Put together."]}
    assert b.post(where, data=form).status_code == 303
    session.refresh(thread)
    assert thread.context == stands


def test_a_third_who_saved_meanwhile_is_theirs_then(
    app: Flask, session: Session, thread: Thread, a: FlaskClient, b: FlaskClient
) -> None:
    c = _moderator(app, session, thread, "Cato Lund")
    where, of_a = _open(a, thread, context="Of A.")
    _where, of_b = _open(b, thread, context="Of B.")
    a.post(where, data=of_a)
    asked = b.post(where, data=of_b)
    _where, of_c = _open(c, thread, context="Of C.")
    assert c.post(where, data=of_c).status_code == 303
    again = b.post(where, data=form_of(asked.text, where) | {"keep": ["mine"]})
    assert again.status_code == 409
    assert "Cato Lund saved at" in again.text
    assert form_of(again.text, where)["_mine-edit-context"] == ["Of B."]
    b.post(where, data=form_of(again.text, where) | {"keep": ["mine"]})
    session.refresh(thread)
    assert thread.context == "Of B."


def test_several_fields_are_chosen_one_by_one(
    session: Session, thread: Thread, a: FlaskClient, b: FlaskClient
) -> None:
    where, of_a = _open(a, thread, context="Of A.", use_of_result="Use of A.")
    _where, of_b = _open(b, thread, context="Of B.", use_of_result="Use of B.")
    a.post(where, data=of_a)
    asked = b.post(where, data=of_b)
    assert "2 fields differ." in asked.text
    chosen = {"keep": ["chosen"], "_keep-edit-context": ["theirs"]}
    assert b.post(where, data=form_of(asked.text, where) | chosen).status_code == 303
    session.refresh(thread)
    assert (thread.context, thread.use_of_result) == ("Of A.", "Use of B.")


def test_a_refused_save_comes_back_with_what_it_was_opened_with(
    session: Session, thread: Thread, a: FlaskClient, b: FlaskClient
) -> None:
    where, of_b = _open(b, thread, question="No question mark", context="Of B.")
    refused = b.post(where, data=of_b)
    assert refused.status_code == 422
    _where, of_a = _open(a, thread, context="Of A.")
    a.post(where, data=of_a)
    form = form_of(refused.text, where) | {"edit-question": ["Is it one now?"]}
    assert b.post(where, data=form).status_code == 409


def test_what_two_changed_alike_is_no_conflict() -> None:
    base, both = {"text": ["Old."]}, {"text": ["New.\r\n"]}
    assert merge(base, both, {"text": ["New."]}).both == ()


def test_ones_own_other_tab_is_said_to_be_that(
    session: Session, thread: Thread, a: FlaskClient
) -> None:
    where, first = _open(a, thread, context="In one tab.")
    _where, second = _open(a, thread, context="In another.")
    a.post(where, data=first)
    asked = a.post(where, data=second)
    assert asked.status_code == 409
    assert "You saved this in another tab" in asked.text
