"""What is written in Polis' shapes is read back as it was, and no spreadsheet runs it."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from discussion.analysis.votes import gather_votes
from discussion.polis.reading import read_comments, read_votes
from discussion.polis.writing import CommentLine, comment_lines, table_lines, vote_lines
from discussion.text.cells import BEGINS_A_FORMULA
from tests.polis.conversations import gathered

AT = datetime(2019, 9, 23, 4, 58, 46, 309_000, tzinfo=UTC)
WORDS = ("=1+1", "+49", "-", "@cmd", "\ttab", "\r", "\n=x", "'=x", "''", "'q'", '"', '""', ",",
         "two\nlines\r\nthree", "<b onclick='x'>", "غير موافق", "🌱", "", " ", "＝x",
         " =x")  # fmt: skip
readable = st.text().map(lambda words: words.replace("\ufffd", ""))  # reading notes it
bodies = st.lists(st.one_of(st.sampled_from(WORDS), readable), max_size=12)


def stream(pieces: Iterable[str]) -> io.StringIO:
    return io.StringIO("".join(pieces), newline="")


def line(number: int, body: str, *, is_out: bool = False) -> CommentLine:
    return CommentLine(str(number), f"S{number}", "", body, is_out, AT, number, None)


@given(bodies)
@example(list(WORDS))
def test_statements_are_read_back_to_the_letter(given_bodies: list[str]) -> None:
    lines = [line(at, body, is_out=at % 3 == 0) for at, body in enumerate(given_bodies)]
    for attribution in ("", "-Scoop, CC BY 4.0"):
        read = read_comments(stream(comment_lines(lines, attribution=attribution)))
        assert [c.body for c in read.comments] == given_bodies
        assert [c.is_out for c in read.comments] == [each.is_out for each in lines]
        assert {c.moment for c in read.comments} <= {1569214726309}
        assert (read.report.n_problems, read.report.unknown) == (0, ())


@given(bodies)
@example(list(WORDS))
def test_no_words_of_people_begin_a_formula(given_bodies: list[str]) -> None:
    lines = [line(at, body) for at, body in enumerate(given_bodies)]
    rows = list(csv.DictReader(stream(comment_lines(lines, attribution="=x"))))
    assert len(rows) == len(given_bodies)
    for row in rows:
        assert not row["comment-body"].lstrip(" \ufeff").startswith(BEGINS_A_FORMULA)
        assert row["attribution"] == "'=x"
        assert row["disagrees"] == row["author-id"] == ""


cells = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 5)), st.sampled_from([-1, 0, 1]), max_size=30
)


@given(cells)
def test_votes_are_read_back_in_both_shapes(given_cells: dict[tuple[int, int], int]) -> None:
    who, what = [cell[0] for cell in given_cells], [cell[1] for cell in given_cells]
    votes = gather_votes(who, what, list(given_cells.values()), n_people=7, n_statements=6)
    ids = ["0", "3", "4", "10", "11", "200"]
    expected = {(str(i), ids[j]): vote for (i, j), vote in given_cells.items()}
    for pieces in (table_lines(votes, ids), vote_lines(votes, ids, AT)):
        read = read_votes(stream(pieces))
        kept = gathered(read)
        assert read.report.n_problems == 0
        assert expected == {
            (read.participants[person], read.statements[column]): vote
            for person, said in kept.rows()
            for column, vote in said
        }
        assert set(read.statements) == {statement for _who, statement in expected}
