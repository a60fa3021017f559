"""The migrations run on both databases and equal the models."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from discussion.appeals.models import Appeal, AppealOutcome
from discussion.audit.operations import append_event
from discussion.findings.models import FindingSnapshot
from discussion.migrations import (
    FOLDER,
    differences,
    head,
    is_current,
    revision_of,
    upgrade,
)
from discussion.migrations.append_only import TABLES
from discussion.moderation.models import Decision
from tests.databases import KINDS, empty_database, opened
from tests.factories import NOW, make_person, make_series, make_thread

CURE = 'The models have changed: run `make migration SAYS="what changes"` and read what it wrote.'


@pytest.mark.parametrize("kind", KINDS)
def test_migrations_make_what_the_models_say(kind: str, tmp_path: Path) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        assert not is_current(engine)
        upgrade(engine)
        assert differences(engine) == [], CURE
        assert is_current(engine)


@pytest.mark.parametrize("kind", KINDS)
def test_running_them_again_changes_nothing(kind: str, tmp_path: Path) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        upgrade(engine)
        upgrade(engine)
        with engine.connect() as connection:
            assert revision_of(connection) == head()


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_database_itself_keeps_history(
    kind: str, table: str, verb: str, tmp_path: Path
) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        upgrade(engine)
        with Session(engine) as session:
            add_history(session)
            session.commit()
        with engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
            connection.execute(text(verb.format(table)))


def test_every_migration_has_an_id_of_its_own_that_fits_its_column() -> None:
    names = [path.stem for path in sorted((FOLDER / "versions").glob("2*.py"))]
    texts = [(FOLDER / "versions" / f"{name}.py").read_text() for name in names]
    ids = [name[:32] for name in names]
    assert len(set(ids)) == len(ids)
    for id, written in zip(ids, texts, strict=True):
        assert f'revision = "{id}"' in written, f"{id} should be the revision of its file"


def add_history(session: Session) -> None:
    series, person = make_series(session), make_person(session)
    decision = Decision(series=series, subject_kind="position", subject_id="x", action="decline",
                        decided_by=person, decided_by_role="moderator", at=NOW)  # fmt: skip
    appeal = Appeal(decision=decision, series_id=series.id, made_by=person, text="Why", at=NOW)
    outcome = AppealOutcome(appeal=appeal, outcome="stands", why="Because", reviewed_by=person,
                            reviewed_by_role="convener", at=NOW)  # fmt: skip
    found = FindingSnapshot(thread=make_thread(session, series), version=1, because="tags_changed",
                            inputs_hash="0" * 64, code_version="1", made_at=NOW)  # fmt: skip
    session.add_all([decision, appeal, outcome, found])
    append_event(session, series_id=series.id, actor_id=person.id, verb="looked",
                 subject=("position", "x"), now=NOW)  # fmt: skip
