"""What is left out on one of the two databases is there, is given one, and asks nothing of it."""

from pathlib import Path

import pytest

from tests.one_database import NEVER, ONE, is_left_out

TESTS = Path(__file__).parent


@pytest.mark.parametrize("line", ONE)
def test_what_is_tested_on_one_database_is_there(line: str) -> None:
    file, _colons, name = line.partition("::")
    path = TESTS.parent / file
    assert path.is_file(), f"{file} is gone: take its line out of tests/one_database.py"
    said = f"def {name}(" if name else "def test_"
    assert said in path.read_text(), f"{line} is gone: take its line out of tests/one_database.py"


@pytest.mark.parametrize("line", ONE)
def test_what_is_asked_of_each_database_is_never_left_out(line: str) -> None:
    room = Path(line.partition("::")[0]).relative_to("tests").parts[0]
    assert room not in NEVER, f"{line} must run on both databases"


def test_only_what_the_table_says_is_left_out_and_only_on_postgresql() -> None:
    both = {kind: {"engine": kind} for kind in ("sqlite", "postgresql")}
    one, whole = "tests/web/test_weight.py", "tests/web/test_flights.py"
    assert is_left_out(f"{one}::test_that[postgresql]", both["postgresql"])
    assert not is_left_out(f"{one}::test_that[sqlite]", both["sqlite"])
    assert not is_left_out(f"{one}::test_that", {})
    assert not is_left_out(f"{whole}::test_that[postgresql]", both["postgresql"])
    single = next(line for line in ONE if "::" in line)
    assert is_left_out(f"{single}[postgresql]", both["postgresql"])
    assert not is_left_out(f"{single}_too[postgresql]", both["postgresql"])
