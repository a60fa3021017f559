"""A save that the database refuses shows what was typed, and can be sent again from there."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import session_for
from discussion.debate.threads.models import Thread
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
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


@pytest.fixture
def served(own_engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    """A site whose database is really full, or really locked by somebody else."""
    url = own_engine.url.render_as_string(hide_password=False)
    made = create_app(
        Settings(environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=url,
                 fast_passwords=True, crossref_url="http://127.0.0.1:9")
    )  # fmt: skip
    yield made
    site(made).engine.dispose()


def _refuse(served: Flask, own_engine: Engine, stack: ExitStack) -> None:
    """SQLite may take no page more; in PostgreSQL another holds the tables, and waits are brief."""
    engine = site(served).engine
    if engine.dialect.name == "sqlite":
        with own_engine.connect() as opened:
            pages = opened.exec_driver_sql("PRAGMA page_count").scalar_one()
        cap = f"PRAGMA max_page_count={pages}"
        event.listen(engine, "checkout", lambda opened, *_more: opened.execute(cap))
        return
    holder = stack.enter_context(own_engine.connect())
    holder.exec_driver_sql("LOCK TABLE thread, kept_form IN ACCESS EXCLUSIVE MODE")
    brief = "SET LOCAL lock_timeout = '200ms'"
    event.listen(engine, "begin", lambda opened: opened.exec_driver_sql(brief) and None)


def test_a_database_that_is_really_full_or_locked_loses_nothing_of_either_form(
    served: Flask, own_engine: Engine
) -> None:
    with session_for(own_engine, writes=True) as session:
        series = make_series(session)
        theme = make_theme(session, series).slug
        member = make_member(session, series)
        page = f"/threads/propose/{series.slug}"
        session.commit()
        client = sign_in(served.test_client(), member)
    typed = {"levels": ["school"], "themes": [theme], "nobody_identified": "y",
             "context": "Some do, and others say why not. " * 20}  # fmt: skip
    form = fill(client, page, page, typed)  # type: ignore[arg-type]
    with ExitStack() as stack:
        _refuse(served, own_engine, stack)
        for n in range(60):  # SQLite may have a little room in its last pages
            form["question"] = [f"Should every school open {n} breakfast clubs?"]
            refused = client.post(page, data=form)
            if refused.status_code != 303:
                break
        assert refused.status_code == 503
        assert "Nothing of this was saved" in refused.text
        assert form_of(refused.text, page)["question"] == form["question"]
        signed_out = served.test_client().post(page, data={"context": "Words. " * 3_000})
    assert signed_out.status_code == 401
    assert "Copy this: we could not keep it" in signed_out.text
    assert "is kept" not in signed_out.text
