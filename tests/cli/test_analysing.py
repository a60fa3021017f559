"""`discussion analyse`: what it prints, and what it says when it cannot."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from discussion.analysis.clustering import adjusted_rand_index
from discussion.cli import main
from tests.cli.running import ROOT
from tests.polis.conversations import CONVERSATIONS, path_of, read_conversation


def analysed(*words: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["analyse", *words, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def real(conversation: str) -> list[str]:
    comments = str(path_of(conversation, "comments"))
    return [str(path_of(conversation, "participants-votes")), "--comments", comments]


def written(folder: Path, *lines: str) -> str:
    path = folder / "participants-votes.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("conversation", CONVERSATIONS)
@pytest.mark.parametrize("words", [[], ["--groups", "2"], ["--groups", "2", "--seed", "5"]])
def test_a_real_conversation_has_the_groups_that_polis_published(
    conversation: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = analysed(*real(conversation), *words, capsys=capsys)
    read, _comments = read_conversation(conversation)
    both = [(found["groups"][who], group)
            for who, group in zip(read.participants, read.published, strict=True)
            if group and who in found["groups"]]  # fmt: skip
    assert found["k"] == 2
    assert adjusted_rand_index(*zip(*both, strict=True)) >= 0.95


def test_the_json_has_the_shape_that_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    found = analysed(*real("land-bank"), capsys=capsys)
    assert list(found) == ["k", "groups", "silhouette", "silhouettes", "participants", "consensus",
                           "statements"]  # fmt: skip
    assert set(found["groups"].values()) == {0, 1}
    assert (len(found["groups"]), found["participants"]) == (354, 404)
    assert found["silhouette"] == found["silhouettes"]["2"] == max(found["silhouettes"].values())
    assert found["consensus"]["agree"] == ["54", "55", "136", "20", "78"]
    assert found["consensus"]["disagree"] == ["67", "65", "118", "10", "28"]
    assert len(found["statements"]) == 293
    for statement in found["statements"]:
        assert list(statement) == ["id", "moderated_out", "group_informed_consensus", "by_group",
                                   "representative_of"]  # fmt: skip
        assert 0 < statement["group_informed_consensus"] < 1
        assert [list(group) for group in statement["by_group"]] == [
            ["agree", "disagree", "pass", "votes", "representative"]
        ] * 2
        for number, group in enumerate(statement["by_group"]):
            assert group["agree"] + group["disagree"] + group["pass"] == group["votes"]
            assert (group["representative"] is not None) == (
                number in statement["representative_of"]
            )
        assert not (statement["moderated_out"] and statement["representative_of"])
    nine = next(statement for statement in found["statements"] if statement["id"] == "9")
    assert nine["representative_of"] == [0, 1]
    assert [group["representative"] for group in nine["by_group"]] == ["agree", "disagree"]
    assert sum(statement["moderated_out"] for statement in found["statements"]) == 101
    text = (ROOT / "docs" / "analysing-votes.md").read_text(encoding="utf-8")
    for name in [*found, *found["statements"][0], *found["statements"][0]["by_group"][0]]:
        assert f"`{name}`" in text, name


def test_the_order_of_rows_and_columns_does_not_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with gzip.open(path_of("biodiversity", "participants-votes"), "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split(",") for line in file]
    turned = [",".join(row[::-1]) for row in [rows[0], *rows[:0:-1]]]
    moved = written(tmp_path, *turned)
    comments = ["--comments", str(path_of("biodiversity", "comments"))]
    assert analysed(moved, *comments, capsys=capsys) == analysed(
        *real("biodiversity"), capsys=capsys
    )


def test_changed_votes_are_taken_as_they_are_at_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    single = tmp_path / "votes.csv"
    rows = ["9,x,0,a,1", "1,x,0,a,-1", "2,x,1,a,-1", "3,x,0,b,-1", "3,x,1,b,0"]
    single.write_text("\n".join(["timestamp,datetime,comment-id,voter-id,vote", *rows]))
    table = written(tmp_path, "participant,0,1", "a,1,-1", "b,-1,0")
    found = analysed(str(single), capsys=capsys)
    assert found == analysed(table, capsys=capsys)
    assert found["k"] == 2


def test_it_works_without_settings_or_a_database(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "discussion", "analyse", *real("land-bank")]
    env = {"PYTHONPATH": str(ROOT), "DISCUSSION_NONSENSE": "x"}
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "354 participants are in 2 groups" in done.stdout
    assert not list(tmp_path.iterdir())


def test_the_words_say_who_differs_over_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", *real("biodiversity")]) == 0
    said = capsys.readouterr().out
    for words in ("536 participants, 314 statements, 29,719 votes.", "Group 0, ", "Group 1, ",
                  "Mean silhouette by number of groups: 2: 0.54", "79. Please stop poisoning",
                  "What every group agrees to"):  # fmt: skip
        assert words in said, words


def test_bodies_move_no_cursor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = written(tmp_path, "participant,0", *[f"{at},1" for at in range(20)])
    comments = tmp_path / "comments.csv"
    comments.write_text('comment-id,moderated,comment-body\n0,1,"\x1b[2Jred\u202e\n<b>x</b>"\n')
    assert main(["analyse", table, "--comments", str(comments)]) == 0
    said = capsys.readouterr().out
    assert "0. [2Jred <b>x</b>" in said
    assert all(character.isprintable() or character == "\n" for character in said)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "cannot be read: it is empty."),
        (["a,b", "1,2"], "neither a column “participant”"),
        (["participant,0,1"], "has no participant."),
        (["participant,group-id", "a,0"], "has no vote."),
        (["participant,0", "a,", "b,yes"], "has no vote."),
    ],
)
def test_a_file_without_votes_is_refused_in_one_sentence(
    lines: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", written(tmp_path, *lines) if lines else _empty(tmp_path)]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert len(said.err.splitlines()) <= 2  # what was skipped, and the sentence


def test_what_cannot_be_opened_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half = tmp_path / "half.csv.gz"
    half.write_bytes(gzip.compress(b"participant,0\na,1\n" * 999)[:-20])
    table = written(tmp_path, "participant,0", "a,1")
    for words in ([str(tmp_path / "none.csv")], [str(tmp_path)], [str(half)],
                  [str(tmp_path / "participants-votes.csv"), "--comments", table],
                  [table, "--groups", "0"], [table, "--seed", "-1"]):  # fmt: skip
        assert main(["analyse", *words]) == 2, words
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1, said.err


def test_what_was_left_out_is_said_beside_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [f"{at},s,{1 if at % 2 else -1},0" for at in range(20)]
    odd = [f"x{at},s,5,0" for at in range(9)]
    table = written(tmp_path, "participant,secret,0,1", *people, *odd)
    assert main(["analyse", table, "--json", "--groups", "4"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["k"] == 2
    assert "unknown columns were left alone: “secret”" in said.err
    assert "line 22: participant “x0”, statement 0: “5” is no vote" in said.err
    assert "4 more of the kind" in said.err
    assert "The votes allow no more than 2 groups." in said.err


def _empty(folder: Path) -> str:
    path = folder / "empty.csv"
    path.touch()
    return str(path)
