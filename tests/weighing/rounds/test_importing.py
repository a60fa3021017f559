"""A conversation held with Polis becomes a closed round, whole or not at all."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.analysis.opinion_groups import find_groups
from discussion.analysis.votes import choose_people
from discussion.audit.models import AuditEvent
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.permissions.rules import Forbidden
from discussion.polis.conversation import Conversation, read_folder
from discussion.polis.reading import ReadVotes, read_votes
from discussion.polis.writing import table_lines
from discussion.problems import Refused
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.rounds.operations.handing_out import hand_out_ratings
from discussion.weighing.rounds.operations.importing import (
    ImportDraft,
    Imported,
    import_round,
    prepare_import,
)
from discussion.weighing.rounds.queries.exporting import list_lines
from discussion.weighing.rounds.words import MAX_IMPORTED
from discussion.weighing.statements.models import Statement, StatementVersion
from tests.factories import NOW, make_member, viewer
from tests.factories.scenes import Scene
from tests.polis.conversations import CONVERSATIONS, FOLDER, gathered, read_file

SECRET = "under which raters are keyed in these tests"
TABLES = (Statement, StatementVersion, Round, RoundStatement, Rating, Decision, Job)
VOTES = "timestamp,comment-id,voter-id,vote\n"
FEW = (VOTES + "1569214726309,0,anna,1\n1569214726310,0,anna,-1\n1569214726309,0,ben,0\n"
       "1569214726309,1,ben,1\n1569214726309,7,ben,1\n")  # fmt: skip
STATEMENTS = "timestamp,comment-id,author-id,moderated,comment-body\n"


class Importing(Scene):
    def take(self, conversation: Conversation, *, is_again: bool = False) -> Imported:
        now = NOW + timedelta(days=1) if is_again else NOW
        draft = ImportDraft(conversation, "Scoop, CC BY 4.0", is_again)
        prepared = prepare_import(draft, SECRET)
        return import_round(self.session, self.as_moderator, self.thread, prepared, now=now)

    def count(self) -> list[int]:
        return [
            self.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES
        ]


@pytest.fixture
def scene(session: Session) -> Importing:
    return Importing(session)


def small(folder: Path, *statements: str, votes: str = FEW) -> Conversation:
    (folder / "comments.csv").write_text(STATEMENTS + "\n".join(statements), encoding="utf-8")
    (folder / "votes.csv").write_text(votes, encoding="utf-8")
    return read_folder(folder)


def texts(session: Session, round: Round) -> dict[str, tuple[str, bool]]:
    """Code → words, and whether it is shown."""
    return {
        line.code: (line.version.text, line.version.statement.retired_at is None)
        for line in list_lines(session, round)
    }


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_a_real_conversation_goes_in_and_comes_out_with_the_same_votes_and_groups(
    conversation: str, scene: Importing
) -> None:
    imported = scene.take(read_folder(FOLDER / conversation))
    handed = hand_out_ratings(
        scene.session, scene.as_moderator, imported.round, secret=SECRET, now=NOW
    )
    written = "".join(table_lines(handed.votes, [line.id for line in handed.lines]))
    back = read_votes(io.StringIO(written, newline=""))
    read = read_file(conversation, "participants-votes", read_votes)
    assert cells(back) == cells(read)
    assert back.statements == read.statements
    out = {line.id for line in handed.lines if line.is_out}
    assert len(out) == {"biodiversity": 162, "land-bank": 105}[conversation]
    if scene.session.get_bind().dialect.name == "sqlite":  # a function of the same cells
        assert groups(back, out) == groups(read, out)
    assert (scene.session.scalar(select(func.count()).select_from(Rating))) == len(read.values)


def cells(read: ReadVotes) -> list[list[tuple[str, int]]]:
    """What each participant said, in the order of their numbers, which are not kept."""
    votes = gathered(read)
    rows = {int(read.participants[at]): said for at, said in votes.rows()}
    return [[(read.statements[j], vote) for j, vote in rows[number]] for number in sorted(rows)]


def groups(read: ReadVotes, out: set[str]) -> list[int]:
    columns = [at for at, name in enumerate(read.statements) if name in out]
    order = sorted(range(len(read.participants)), key=lambda at: int(read.participants[at]))
    return list(find_groups(choose_people(gathered(read), order), moderated_out=columns).labels)


def test_the_round_is_closed_and_says_whom_it_is_owed_to(scene: Importing, tmp_path: Path) -> None:
    made = scene.take(small(tmp_path, "1569214720000,0,9,1,a", "1569214721000,1,9,-1,b")).round
    assert (made.state, made.imported_from, made.points) == ("closed", "polis", 3)
    assert made.attribution == "Scoop, CC BY 4.0"
    assert made.opens_at == made.opened_at
    assert (made.closed_at and made.closed_at.isoformat()) == "2019-09-23T04:58:46.310000+00:00"
    rows = scene.session.execute(select(Rating.rater_key, Rating.value).order_by(Rating.id)).all()
    assert [value for _key, value in rows] == ["1", "2", "3", "3"]  # the latest of two counts
    assert len({key for key, _value in rows}) == 2
    assert all(len(key) == 64 for key, _value in rows)
    job = scene.session.scalars(select(Job)).one()
    assert (job.name, job.payload) == (
        "findings.compute",
        {"thread": scene.thread.id, "because": "round_closed"},
    )
    event = scene.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.verb, event.details["ratings"]) == ("import_round", 4)
    decision = scene.session.scalars(select(Decision)).one()
    assert (decision.action, decision.why) == ("import_round", "Scoop, CC BY 4.0")


def test_statements_keep_their_words_and_what_cannot_be_shown_is_not(
    scene: Importing, tmp_path: Path
) -> None:
    bodies = ["=1+1", "<b>ไม่</b>", '"two\nlines"', "a\x00b\u202ec", "x" * 1_001, "y" * 900, " "]
    rows = [f"1569214720000,{at},9,{-1 if at == 1 else 0},{body}" for at, body in enumerate(bodies)]
    imported = scene.take(small(tmp_path, *rows, votes=FEW.replace(",7,ben", ",8,ben")))
    assert texts(scene.session, imported.round) == {
        "S0": ("=1+1", True),
        "S1": ("<b>ไม่</b>", False),
        "S2": ("two\nlines", True),
        "S3": ("abc", True),
        "S4": ("x" * (MAX_IMPORTED - 1) + "…", True),
        "S5": ("y" * 900, True),
        "S6": ("", False),
        "S8": ("", False),
    }
    assert (imported.hidden, imported.wordless) == (("1",), ("6", "8"))
    assert (imported.cut, imported.cleaned) == (("4",), ("3",))
    assert [line.is_out for line in list_lines(scene.session, imported.round)] == [
        False, True, False, False, False, False, True, True,
    ]  # fmt: skip


def test_it_is_imported_once_unless_it_is_asked_for_again(scene: Importing, tmp_path: Path) -> None:
    first = scene.take(small(tmp_path, "1,0,9,1,a", "1,1,9,1,b", "1,7,9,1,c"))
    before = scene.count()
    with pytest.raises(Refused, match="Round 1 of this thread was imported"):
        scene.take(small(tmp_path, "1,0,9,1,a"))
    assert scene.count() == before
    again = scene.take(small(tmp_path, "1,0,9,1,a", "1,1,9,-1,b", "1,7,9,1,new"), is_again=True)
    assert (again.round.number, again.kept) == (2, 2)
    assert texts(scene.session, again.round) == {
        "S0": ("a", True), "S1": ("b", False), "S7": ("new", True),
    }  # fmt: skip
    outs = [[line.is_out for line in list_lines(scene.session, each.round)]
            for each in (first, again)]  # fmt: skip
    assert outs == [[False, False, False], [False, True, False]]
    keys = scene.session.scalars(select(Rating.rater_key).distinct()).all()
    assert len(keys) == 4  # two people, in two rounds that cannot be joined


def test_who_may_not_run_rounds_imports_nothing(scene: Importing, tmp_path: Path) -> None:
    before = scene.count()
    member = viewer(scene.session, make_member(scene.session, scene.thread.series))
    prepared = prepare_import(ImportDraft(small(tmp_path, "1,0,9,1,a"), ""), SECRET)
    with pytest.raises(Forbidden):
        import_round(scene.session, member, scene.thread, prepared, now=NOW)
    assert scene.count() == before


def test_a_failure_in_the_middle_leaves_nothing(scene: Importing) -> None:
    before = scene.count()

    written: list[int] = []

    def break_off(more: int) -> None:
        written.append(more)
        if sum(written) >= 10_000:
            raise OSError("the disk is full")

    read = read_folder(FOLDER / "land-bank")
    with pytest.raises(OSError, match="full"), scene.session.begin_nested():
        import_round(
            scene.session,
            scene.as_moderator,
            scene.thread,
            prepare_import(ImportDraft(read, ""), SECRET),
            now=NOW,
            tell=break_off,
        )
    assert scene.count() == before
