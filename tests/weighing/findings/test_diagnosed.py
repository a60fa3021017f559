"""What the ratings of two groups bear, as a snapshot keeps it, from rows of ratings on."""

from fractions import Fraction

from sqlalchemy import update
from sqlalchemy.orm import Session

from discussion.weighing.findings.content.diagnosed import Diagnosed
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.stale import find_stale
from tests.factories import NOW
from tests.weighing.findings.worlds import KEY, Weighed, leader, teacher, weighed

# The first wrong cases, of a dozen leaders and a dozen teachers: statement, leaders, teachers.
STRONGER = {
    f"{kind[0].upper()}{at}": (kind, f"Statement {kind} {at}.", "4" * 12, "5" * 12)
    for kind in ("end", "fact", "means")
    for at in (1, 2)
}
SPLIT = {
    code: (kind, text, "121212545454", "545454121212")
    for code, (kind, text, *_) in STRONGER.items()
}
UNKNOWN = {
    code: (kind, text, "????44444444" if code == "F1" else "4" * 12, "4" * 12)
    for code, (kind, text, *_) in STRONGER.items()
}


def _diagnosed(world: Weighed) -> Diagnosed:
    headline = world.compute().content.headline
    assert headline is not None
    assert headline.diagnosis is not None
    return headline.diagnosis


def test_the_worked_example_is_partly_known(session: Session) -> None:
    found = _diagnosed(weighed(session))
    assert found.verdict == "partly_known"
    assert {kind: each.state for kind, each in found.kinds.items()} == {
        "end": "apart",
        "fact": "unclear",
        "means": "apart",
    }
    assert found.kinds["end"].by_state["apart"] == ("E2",)
    difference = found.statements["E2"].difference
    assert difference is not None
    assert (difference.gap, difference.p) == (Fraction(11, 20), Fraction(1, 126))
    assert found.statements["E2"].settling.state == "settled"


def test_all_agree_and_one_group_more_strongly(session: Session) -> None:
    found = _diagnosed(weighed(session, STRONGER))
    assert found.verdict == "agreement"
    assert {each.state for each in found.statements.values()} == {"same_side"}
    assert {each.room.state for each in found.statements.values()} == {"consensus"}


def test_both_split_half_and_half(session: Session) -> None:
    found = _diagnosed(weighed(session, SPLIT))
    assert found.verdict == "split_within_groups"
    assert all(each.is_split_within for each in found.statements.values())
    assert {each.room.state for each in found.statements.values()} == {"split"}


def test_a_fact_that_a_third_do_not_know(session: Session) -> None:
    found = _diagnosed(weighed(session, UNKNOWN))
    assert found.statements["F1"].state == "unknown"
    assert (found.verdict, found.kinds["fact"].state) == ("partly_known", "unclear")
    assert found.statements["F1"].settling.state == "no_number"


def test_marks_on_one_side_are_no_double_crux(session: Session) -> None:
    world = Weighed(session, {"F1": ("fact", "It puts pupils off.")})

    for number in range(8):
        world.rate("F1", leader(session, world.series, number), 5, is_crux=True)
        world.rate("F1", teacher(session, world.series), 2 if number < 4 else 4)
    assert _diagnosed(world).statements["F1"].crux == "one_side_only"


def _of_schema_2(session: Session, world: Weighed) -> None:
    """As if the newest snapshot had been made before there was a diagnosis."""
    row = world.compute()
    session.execute(
        update(FindingSnapshot)
        .where(FindingSnapshot.id == row.id)
        .values(results=row.results | {"schema": 2})
    )
    session.expire_all()


def test_a_snapshot_of_the_rule_before_is_followed_by_one_of_this(session: Session) -> None:
    world = weighed(session)
    _of_schema_2(session, world)
    assert list(find_stale(session, secret=KEY, now=NOW)) == [world.thread.id]
    made = world.compute("tags_changed")
    assert (made.version, made.because, made.content.is_current) == (2, "rule_changed", True)
    assert list(find_stale(session, secret=KEY, now=NOW)) == []


def test_what_is_closed_for_good_keeps_the_rule_it_was_made_by(session: Session) -> None:
    world = weighed(session)
    _of_schema_2(session, world)
    world.thread.stage = "closed"
    session.flush()
    assert list(find_stale(session, secret=KEY, now=NOW)) == []
    assert world.compute("tags_changed").version == 1
