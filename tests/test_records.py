"""What dataclasses are kept as, and that what is kept otherwise is refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

import pytest

from discussion.records import UnreadableError, dump, later, read


@dataclass(frozen=True)
class Weighed:
    share: Fraction
    by: str = "lot"


@dataclass(frozen=True)
class Hidden:
    why: Literal["few", "many"]


@dataclass(frozen=True)
class Kept:
    name: str
    ends: tuple[int, int]
    parts: tuple[Weighed, ...]
    by_code: Mapping[str, Weighed | Hidden]
    mean: float | None
    on: date
    added: int | None = later(None)


WHOLE = Kept(
    name="E1",
    ends=(0, 2),
    parts=(Weighed(Fraction(1, 3)),),
    by_code={"a": Weighed(Fraction(2), by="vote"), "b": Hidden("few")},
    mean=None,
    on=date(2026, 11, 30),
)
AS_JSON = {
    "name": "E1",
    "ends": [0, 2],
    "parts": [{"share": "1/3", "by": "lot"}],
    "by_code": {"a": {"share": "2", "by": "vote"}, "b": {"why": "few"}},
    "mean": None,
    "on": "2026-11-30",
}


def test_what_is_written_is_what_is_read() -> None:
    assert dump(WHOLE) == AS_JSON
    assert read(Kept, AS_JSON) == WHOLE
    assert read(Kept, AS_JSON | {"on": WHOLE.on}) == WHOLE
    assert dump(read(Kept, AS_JSON | {"added": 3})) == AS_JSON | {"added": 3}


def test_what_came_later_may_be_missing_and_what_nobody_names_is_passed_over() -> None:
    assert read(Kept, AS_JSON | {"of_another_day": 1}).added is None
    assert read(Weighed, {"share": "1/2"}).by == "lot"


WRONG = [
    ({"name": None}, "Kept.name: str is kept as NoneType"),
    ({"ends": [1]}, "Kept.ends: 2 are kept as 1"),
    ({"ends": [1, True]}, "Kept.ends: int is kept as bool"),
    ({"parts": {}}, "Kept.parts: a list is kept as dict"),
    ({"parts": [{"share": "1/0"}]}, "Kept.parts: Weighed.share: '1/0' is no fraction"),
    ({"parts": [{}]}, "Kept.parts: Weighed is kept without share"),
    ({"on": "soon"}, "Kept.on: 'soon' is no day"),
    ({"mean": "1"}, "Kept.mean: str is none of"),
]


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_what_is_wrong_is_named_with_its_place(changes: dict[str, object], said: str) -> None:
    with pytest.raises(UnreadableError, match=said.replace("(", r"\(")):
        read(Kept, AS_JSON | changes)


def test_a_mapping_is_read_as_it_is_asked_for() -> None:
    found = read(Kept, AS_JSON | {"by_code": {"a": {"why": "other"}, "b": {"why": "few"}}})
    assert found.by_code["b"] == Hidden("few")
    assert "a" in found.by_code
    with pytest.raises(UnreadableError, match="'other' is none of"):
        found.by_code["a"]


def test_only_what_json_can_say_is_written() -> None:
    with pytest.raises(TypeError, match="object is nothing that is kept as JSON"):
        dump({"a": [object()]})
