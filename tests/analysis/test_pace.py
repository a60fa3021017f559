"""How long deciding took: nearest ranks, by kind and month, against a time that knows weekends."""

import pytest

from discussion.analysis.pace import DAY, EVERY, Pace, Span, paces_of

MONDAY = 1_793_577_600  # 2 November 2026, 00:00 UTC
HOUR = 3_600
TWO_DAYS = [[2 * DAY, 2 * DAY, 2 * DAY, 4 * DAY, 4 * DAY, 3 * DAY, 2 * DAY]]


def spans(*waited: int, kind: str = "positions", since: int = MONDAY) -> list[Span]:
    return [Span(kind, 0, since, since + each) for each in waited]


@pytest.mark.parametrize(
    ("waited", "half", "most"),
    [((7,), 7, 7), ((4, 1, 3, 2), 2, 4), (tuple(range(1, 11)), 5, 9), (tuple(range(11)), 5, 9)],
)
def test_the_half_and_the_nine_in_ten_are_times_of_items(
    waited: tuple[int, ...], half: int, most: int
) -> None:
    pace = paces_of(spans(*waited), TWO_DAYS)[EVERY, EVERY]
    assert (pace.count, pace.half, pace.most) == (len(waited), half, most)


def test_kinds_and_months_are_told_apart_by_when_it_was_decided() -> None:
    given = [
        *spans(HOUR, 3 * HOUR),
        *spans(HOUR, 29 * DAY, kind="reports"),  # the second in December
    ]
    found = paces_of(given, TWO_DAYS)
    assert found["reports", "2026-11"] == Pace(1, HOUR, HOUR, 1)
    assert found["reports", "2026-12"] == Pace(1, 29 * DAY, 29 * DAY, 0)
    assert found[EVERY, "2026-11"].count == 3
    assert found["positions", EVERY].most == 3 * HOUR
    assert ("positions", "2026-12") not in found


def test_the_time_that_holds_is_that_of_the_weekday_on_which_it_began() -> None:
    days = [MONDAY + day * DAY for day in range(7)]
    kept = [span for at, limit in zip(days, TWO_DAYS[0], strict=True)
            for span in spans(limit, limit + 1, since=at)]  # fmt: skip
    assert paces_of(kept, TWO_DAYS)[EVERY, EVERY].in_time == 7


def test_nothing_decided_has_no_pace() -> None:
    assert paces_of([], []) == {}
