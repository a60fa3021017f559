"""Files of Polis' shape, good and hostile."""

import csv
import io
import tracemalloc
from pathlib import Path
from typing import TextIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.polis.files import read_path
from discussion.polis.lines import MOST_TEXT, Problems, read_rows
from discussion.polis.reading import (
    NotPolisFileError,
    ReadVotes,
    by_number,
    read_comments,
    read_votes,
)
from tests.polis.conversations import CONVERSATIONS, file_of, read_conversation, table

COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"


def votes_in(read: ReadVotes) -> dict[tuple[str, str], int]:
    """Participant and statement → vote, as they come: the last one stays."""
    cells = zip(read.people, read.columns, read.values, strict=True)
    return {(read.participants[i], read.statements[j]): vote for i, j, vote in cells}


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_a_real_conversation_is_read_whole(conversation: str) -> None:
    read, comments = read_conversation(conversation)
    assert (read.report.n_problems, read.report.unknown) == (0, ())
    assert (comments.report.n_problems, comments.report.unknown) == (0, ())
    expected = {
        "biodiversity": (536, 314, 29719, 316, 162),
        "land-bank": (404, 293, 33463, 297, 105),
    }
    out = sum(comment.is_out for comment in comments.comments)
    assert expected[conversation] == (
        len(read.participants), len(read.statements), len(read.values), len(comments.comments), out,
    )  # fmt: skip
    assert list(read.statements) == sorted(read.statements, key=int)


def test_a_statement_that_nobody_voted_on_has_no_column() -> None:
    read, comments = read_conversation("land-bank")
    missing = {comment.id for comment in comments.comments} - set(read.statements)
    assert missing == {"7", "11", "16", "46"}


def test_cells_may_span_lines_and_hold_anything() -> None:
    bodies = ["two\nlines, and a comma", 'she said ""no""', "=1+1", "+49", "@cmd", "<b>bold</b>",
              "", "  ", "ไม่เห็นด้วย", "غير موافق", "🌱", "-", "a\u202eb", "a\x00b"]  # fmt: skip
    rows = [f'1,x,{at},0,0,0,{(at % 3) - 1},"{body}"' for at, body in enumerate(bodies)]
    read = read_comments(file_of(COMMENTS, *rows))
    assert [comment.body for comment in read.comments] == [b.replace('""', '"') for b in bodies]
    assert [comment.moderated for comment in read.comments[:3]] == [-1, 0, 1]
    assert read.report.n_problems == 0
    without = read_comments(file_of(COMMENTS, *rows), with_bodies=False)
    assert {comment.body for comment in without.comments} == {""}


def test_meta_statements_and_those_moderated_out_are_out() -> None:
    rows = ["0,1,true", "1,1,false", "2,-1,", "3,0,", "4,,"]
    read = read_comments(file_of("comment_id,Moderated,is_meta", *rows))
    assert [comment.is_out for comment in read.comments] == [True, False, True, False, False]


def test_what_is_wrong_with_a_statement_is_said_and_the_rest_is_read() -> None:
    rows = ["1,x,zero,0,0,0,1,a", "1,x,3,0,0,0,9,b", "1,x,4,0,0,0,-1,c", "1,x,4,0,0,0,1,d", "1,x"]
    read = read_comments(file_of(COMMENTS, *rows))
    assert [(comment.id, comment.body) for comment in read.comments] == [("4", "c")]
    assert [problem.line for problem in read.report.problems] == [2, 3, 5, 6]
    assert "“zero”" in read.report.problems[0].says


def test_the_table_is_read_by_the_names_of_its_columns() -> None:
    text = "﻿12,Participant,xid,3,group_id,7\n1,a,secret,-1,0,\n,b,secret,0,,1.0\n"
    read = read_votes(io.StringIO(text, newline=""))
    assert read.statements == ("3", "7", "12")
    assert votes_in(read) == {("a", "12"): 1, ("a", "3"): -1, ("b", "3"): 0, ("b", "7"): 1}
    assert read.published == ("0", "")
    assert read.report.unknown == ("“xid”",)
    assert read.moments is None


def test_what_is_wrong_with_a_participant_is_said_and_the_rest_is_read() -> None:
    rows = ["a,,1,maybe", "b,,2,1", ",,1,1", "a,,-1,-1", "c,,nan,-1", "d,,1", "e,,1,1,1,1"]
    read = read_votes(table(rows, "0", "1"))
    assert read.participants == ("a", "b", "c", "d", "e")
    assert votes_in(read) == {("a", "0"): 1, ("b", "1"): 1, ("c", "1"): -1, ("d", "0"): 1,
                              ("e", "0"): 1, ("e", "1"): 1}  # fmt: skip
    said = {problem.line: problem.says for problem in read.report.problems}
    assert said[2] == "participant “a”, statement 1: “maybe” is no vote"
    assert "“2” is no vote" in said[3]
    assert "no participant" in said[4]
    assert "a second time" in said[5]
    assert (said[7], said[8]) == (
        "7 cells, where the first row has 8",
        "10 cells, where the first row has 8",
    )
    assert read.report.n_problems == len(said) == 7


def test_a_second_column_of_a_statement_is_left_out() -> None:
    read = read_votes(table(["a,,1,-1"], "5", "5"))
    assert votes_in(read) == {("a", "5"): 1}
    assert "second column" in read.report.problems[0].says


def test_single_votes_keep_their_moments_so_that_the_latest_can_count() -> None:
    rows = [
        "30,x,0,a,1",
        "20,x,0,a,-1",
        "5,x,10,b,0",
        "5,x,2,b,1",
        "x,x,0,a,1",
        "1,x,0,a,7",
        "1,x,0,,1",
    ]
    read = read_votes(file_of("timestamp,datetime,comment-id,voter-id,vote", *rows))
    assert read.statements == ("0", "2", "10")
    assert list(read.columns) == [0, 0, 2, 1]
    assert list(read.moments or ()) == [30, 20, 5, 5]
    assert [problem.line for problem in read.report.problems] == [6, 7, 8]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "a,b\n1,2\n", "key,value\n", "participants\n", "\x00\x01", '"', "voter-id,vote\n"],
)
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(NotPolisFileError):
        read_votes(io.StringIO(text, newline=""))
    with pytest.raises(NotPolisFileError):
        read_comments(io.StringIO(text, newline=""))


def test_votes_are_not_taken_for_statements() -> None:
    with pytest.raises(NotPolisFileError):
        read_comments(file_of("timestamp,datetime,comment-id,voter-id,vote", "1,x,0,a,1"))


def test_an_enormous_cell_is_cut_and_what_stands_beside_it_is_kept() -> None:
    enormous = 'x, ""y""\n' * 120_000
    rows = [f'1,x,0,0,0,0,-1,"{enormous}"', "1,x,1,0,0,0,1,after"]
    stream = file_of(COMMENTS, *rows)
    tracemalloc.start()
    read = read_comments(stream)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(comment.id, comment.moderated) for comment in read.comments] == [("0", -1), ("1", 1)]
    assert len(read.comments[0].body) <= MOST_TEXT
    assert read.comments[1].body == "after"
    assert "was cut" in read.report.problems[0].says
    assert most < len(enormous)


@pytest.mark.parametrize(
    "cell", ["y" * 200_000, '"' + '""' * 200_000 + '"', '"' + "z" * 20_000_000]
)
def test_a_row_that_cannot_be_kept_does_not_shift_the_others(cell: str) -> None:
    read = read_comments(file_of(COMMENTS, "1,x,0,0,0,0,1,a", f"1,x,1,0,0,0,1,{cell}"))
    assert read.comments[0].body == "a"
    assert read.report.n_problems == 1


def test_rows_after_a_skipped_one_are_read_where_they_begin() -> None:
    rows = [f'1,x,1,0,0,0,1,{"y" * 200_000},"more\n2,x,9,0,0,0,1,not a row"', "1,x,2,0,0,0,1,b"]
    read = read_comments(file_of(COMMENTS, *rows))
    assert [comment.id for comment in read.comments] == ["2"]


def test_a_wide_table_in_quotes_is_read_whole() -> None:
    names = [str(at) for at in range(60_000)]
    text = (
        ",".join(["participant", *names]) + "\n" + ",".join(f'"{1}"' for _ in range(60_001)) + "\n"
    )
    read = read_votes(io.StringIO(text, newline=""))
    assert len(read.values) == 60_000
    assert read.report.n_problems == 0


def test_messages_move_no_cursor_and_stay_short() -> None:
    read = read_votes(table(["a\x1b[2J,,\x1b]0;owned\x07" + "x" * 500], "0"))
    assert all(problem.says.isprintable() for problem in read.report.problems)
    assert len(read.report.problems[0].says) < 140


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(ends: str) -> None:
    text = ends.join(["participant,0,1", "a,1,", 'b,,"-1"', "", ""])
    read = read_votes(io.StringIO(text, newline=""))
    assert votes_in(read) == {("a", "0"): 1, ("b", "1"): -1}
    assert read.report.n_problems == 0


def test_what_is_no_utf_8_is_kept_and_said(tmp_path: Path) -> None:
    path = tmp_path / "comments.csv"
    path.write_bytes(b"comment-id,moderated,comment-body\r\n0,1,caf\xe9\r\n1,1,caf\xc3\xa9\r\n")
    read = read_path(path, read_comments)
    assert [comment.body for comment in read.comments] == ["caf\ufffd", "café"]
    assert [problem.line for problem in read.report.problems] == [2]


def test_numbers_are_sorted_by_size_and_names_after_them() -> None:
    assert sorted(["10", "9", "b", "1a", "0"], key=by_number) == ["0", "9", "10", "1a", "b"]


readable = st.text(max_size=8).map(lambda words: words.replace("\ufffd", ""))  # it is noted
cells = st.lists(st.lists(readable, min_size=1, max_size=4), max_size=6)


@given(cells)
def test_what_the_csv_module_wrote_is_read_the_same(given_rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(given_rows)
    stream.seek(0)
    expected = [row for row in given_rows if any(row)]
    if expected and given_rows[0] is expected[0]:  # a byte order mark is no part of the first cell
        expected[0] = [expected[0][0].removeprefix("﻿"), *expected[0][1:]]
    problems = Problems()
    read = [row for _line, row in read_rows(stream, problems)]
    assert read == [row for row in expected if any(row)]
    assert problems.count == 0


@given(st.text(alphabet='participant,0123-"\n\r\x00 é', max_size=200))
@settings(max_examples=200)
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    stream: TextIO = io.StringIO("participant,0,1\n" + text, newline="")
    read = read_votes(stream)
    assert len(read.people) == len(read.columns) == len(read.values)
    assert set(read.values) <= {-1, 0, 1}
