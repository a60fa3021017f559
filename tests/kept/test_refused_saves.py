"""A save that the database refuses shows what was typed, and can be sent again from there."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from tests.conftest import sign_in
from tests.factories import make_member, make_series, make_theme
from tests.kept.browser import fill, form_of


@pytest.mark.parametrize("reason", ["database is locked", "database or disk is full"])
@pytest.mark.parametrize("moment", ["before_flush", "before_commit"])
def test_what_was_typed_comes_back_and_is_saved_at_the_second_try(
    app: Flask, session: Session, reason: str, moment: str
) -> None:
    series = make_series(session)
    theme = make_theme(session, series)
    client = sign_in(app.test_client(), make_member(session, series))
    page = f"/threads/propose/{series.slug}"
    typed = {
        "question": "Should every school open a breakfast club?",
        "themes": [theme.slug],
        "levels": ["school"],
        "nobody_identified": "y",
    }
    form = fill(client, page, page, typed)  # type: ignore[arg-type]

    def refuse(opened: Session, *_given: Any) -> None:
        if any(isinstance(one, Thread) for one in opened.new) or moment == "before_commit":
            raise OperationalError("INSERT", {}, Exception(reason))

    event.listen(Session, moment, refuse)
    try:
        refused = client.post(page, data=form)
    finally:
        event.remove(Session, moment, refuse)
    assert refused.status_code == 503
    assert "Nothing of this was saved" in refused.text
    assert form_of(refused.text, page)["question"] == form["question"]
    session.expire_all()
    assert session.query(Thread).count() == 0
    assert client.post(page, data=form_of(refused.text, page)).status_code == 303
    assert session.query(Thread).count() == 1
