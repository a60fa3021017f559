"""Every form that is marked as versioned is: two who save it have their way, or are asked."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.threads.views.curating import OPENS
from discussion.kept.words import NAMES_NOBODY, OPENED, TOKEN
from discussion.series.series.views.lists import KINDS
from discussion.web.versions import plain, unpacked, versioned_at
from discussion.weighing.statements.views import drafting
from tests.conftest import sign_in
from tests.kept.browser import fill, form_of
from tests.kept.edited import BY_SCRIPT, EDITS, SAID_ANEW, Edit, Edited, Typed

ON_BOTH = ("threads.send_summary", "series.edit_row", "rounds.send_plan")
NAMED = {f"{edit}-{edit.field}-{edit.page.count('told')}": edit for edit in EDITS}


def on(engine: str, name: str) -> Any:
    return pytest.param(engine, NAMED[name], id=f"{name}-{engine}")


def each(names: Iterable[str], also: Iterable[str] = ()) -> pytest.MarkDecorator:
    """On SQLite; some on PostgreSQL too."""
    all_of = [on("sqlite", one) for one in names] + [on("postgresql", one) for one in also]
    return pytest.mark.parametrize(("engine", "edit"), all_of, indirect=["engine"])


@pytest.fixture
def scene(session: Session) -> Edited:
    made = Edited(session)
    session.commit()
    return made


class Tab:
    """A browser in which the form is open."""

    def __init__(self, app: Flask, edit: Edit, scene: Edited, who: int) -> None:
        self.client: FlaskClient = sign_in(app.test_client(), scene.people[0 if edit.own else who])
        self.page, self.action = (one.format(**scene.names) for one in (edit.page, edit.action))
        self.form = (edit.form or edit.action).format(**scene.names)
        self.edit, self.names = edit, scene.names

    def open(self, **typed: Typed) -> dict[str, list[str]]:
        given = {**self.edit.also, **typed}
        filled = {name.format(**self.names): self._said(each) for name, each in given.items()}
        return fill(self.client, self.page, self.form, filled)

    def holds(self, name: str) -> list[str]:
        return self.open().get(name.format(**self.names), [])

    def _said(self, typed: Typed) -> list[str]:
        return [one.format(**self.names) for one in ([typed] if isinstance(typed, str) else typed)]

    def is_there(self, name: str, typed: Typed) -> bool:
        return sorted(self.holds(name)) == sorted(self._said(typed))


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).lower()


def test_each_form_that_is_marked_is_tried(app: Flask) -> None:
    with app.app_context():
        marked = {one for one in app.view_functions if versioned_at(one)}
    assert {edit.endpoint for edit in EDITS} == marked - BY_SCRIPT
    acts = {edit.action.rpartition("/")[2] for edit in EDITS if edit.endpoint.endswith("_act")}
    assert acts == {*OPENS, *drafting.EDITS} - {"close"}  # see the outcome, below
    kinds = {edit.action.split("/")[-2] for edit in EDITS if edit.endpoint == "series.edit_row"}
    assert kinds == set(KINDS)


@each(NAMED)
def test_all_that_a_form_lets_one_change_is_in_what_it_was_opened_with(
    app: Flask, scene: Edited, edit: Edit
) -> None:
    holds = Tab(app, edit, scene, 0).open()
    opened = unpacked(holds[OPENED][0])
    assert opened is not None
    rows = {name.partition("-")[0] for name in holds} & set(opened.values) - set(holds)
    single = {name for name in holds if name.partition("-")[0] not in rows}
    assert single - {OPENED, TOKEN} - SAID_ANEW <= set(opened.values)
    typed = {name.format(**scene.names) for name in edit.also}
    for name, held in opened.values.items():
        if name not in typed | rows | SAID_ANEW:
            assert plain(holds.get(name, [])) == plain(held), name


@each(name for name, edit in NAMED.items() if edit.other)
def test_what_each_changed_alone_is_put_together(app: Flask, scene: Edited, edit: Edit) -> None:
    assert edit.other is not None
    a, b = Tab(app, edit, scene, 0), Tab(app, edit, scene, 1)
    of_a, of_b = a.open(**dict([edit.other])), b.open(**{edit.field: edit.second})
    for tab, form in ((a, of_a), (b, of_b)):
        saved = tab.client.post(tab.action, data=form)
        assert saved.status_code == 303, words_of(saved.text)
    assert a.is_there(*edit.other), a.holds(edit.other[0])
    assert a.is_there(edit.field, edit.second), a.holds(edit.field)


@each(NAMED, [name for name, edit in NAMED.items() if edit.endpoint in ON_BOTH])
def test_who_changed_the_same_is_asked_and_theirs_waits(
    app: Flask, scene: Edited, edit: Edit
) -> None:
    a, b = Tab(app, edit, scene, 0), Tab(app, edit, scene, 1)
    of_a, of_b = a.open(**{edit.field: edit.first}), b.open(**{edit.field: edit.second})
    first = a.client.post(a.action, data=of_a)
    assert first.status_code == 303, words_of(first.text)
    asked = b.client.post(b.action, data=of_b)
    assert asked.status_code == 409, words_of(asked.text)
    assert a.is_there(edit.field, edit.first)
    if edit.endpoint in NAMES_NOBODY:  # authors may edit it too
        assert scene.people[0].display_name.lower() not in words_of(asked.text)
        assert "somebody else" in words_of(asked.text)
    for said in edit.shown or (str(edit.first), str(edit.second)):
        assert said.format(**scene.names).lower() in words_of(asked.text)
    again = form_of(asked.text, b.action) | {"keep": ["mine"]}
    saved = b.client.post(b.action, data=again)
    assert saved.status_code == 303, words_of(saved.text)
    assert a.is_there(edit.field, edit.second)


def test_who_closes_with_an_outcome_that_another_kept_is_asked(app: Flask, scene: Edited) -> None:
    edit = next(one for one in EDITS if one.action.endswith("/keep"))
    a, b = Tab(app, edit, scene, 0), Tab(app, edit, scene, 1)
    of_a, of_b = a.open(**{edit.field: edit.first}), b.open(**{edit.field: edit.second})
    assert a.client.post(a.action, data=of_a).status_code == 303
    asked = b.client.post(b.form, data=of_b)
    assert asked.status_code == 409
    closed = b.client.post(b.form, data=form_of(asked.text, b.form) | {"keep": ["mine"]})
    assert closed.status_code == 303
    thread = a.client.get("/threads/{thread}".format(**scene.names))
    assert str(edit.second) in thread.text
