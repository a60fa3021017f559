"""Two rounds with nearly the same raters: their difference tells nobody's answers."""

import json
import zlib
from base64 import b85encode
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from itertools import combinations, product
from random import Random
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.records import dump
from discussion.vocabulary.education import EDUCATION
from discussion.weighing.findings.computing.counting import count_round
from discussion.weighing.findings.computing.earlier import Sets, Told, Wording
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement, Rater
from discussion.weighing.findings.computing.groups import EVERYBODY
from discussion.weighing.findings.computing.packing import pack, rename, unpack
from discussion.weighing.findings.computing.people import Roster
from discussion.weighing.findings.content.counted import (
    Cell,
    Counted,
    NoNumbers,
    Numbers,
)
from discussion.weighing.findings.content.whole import CURRENT
from discussion.weighing.findings.models import FindingSnapshot, RaterSets
from discussion.weighing.findings.queries.inputs import family_of_rater
from discussion.weighing.findings.queries.stale import find_stale
from discussion.weighing.rounds.fixed import Limits, StopRule
from discussion.weighing.rounds.keys import seal_of
from discussion.weighing.rounds.operations.forgetting import forget_ratings
from tests.conftest import json_of
from tests.factories import NOW, make_round, make_statement, make_thread
from tests.weighing.findings.worlds import KEY, Weighed, leader, teacher, weighed

Answers = Mapping[str, Any]  # person → answer
ROLES = ("headteacher", "classroom_teacher", "sendco")
HIDDEN = NoNumbers("across")


def _rater(role: str) -> Rater:
    return Rater(role, family_of_rater(EDUCATION, role))


def given(number: int, answers: Answers, roles: Mapping[str, str] | None = None, **changes: Any
          ) -> GivenRound:  # fmt: skip
    """One statement on what to do; raters have another key in each round."""
    key = {who: f"{number}-{who}" for who in answers}
    fields: dict[str, Any] = {
        "code": "M1", "kind": "means", "text": "Attendance should be compulsory.", "id": "s",
        "version": 1, "same": "s:1", "sources": (), "confirmed": (0, 0, 0),
    }  # fmt: skip
    statement = GivenStatement(**fields | changes,
                               answers={key[who]: said for who, said in answers.items()
                                        if said is not None})  # fmt: skip
    return GivenRound(
        id=f"r{number}", number=number, cycle=1, points=5, seed=1, limits=Limits(), min_group=5,
        stop_rule=StopRule(), who_may_rate="members", feedback="spread", opened_on="", closed_on="",
        imported_from="", attribution="", statements=(statement,),
        raters={key[who]: _rater((roles or {}).get(who, "")) for who in answers},
        answered=len(answers), people={key[who]: who for who in answers},
    )  # fmt: skip


def told(*rounds: GivenRound) -> tuple[list[Counted], list[Sets]]:
    """What each round tells, one after the other."""
    found: list[Counted] = []
    sets: list[Sets] = []
    for each in rounds:
        counted, own = count_round(each, sets)
        sets.append({wording: unpack(pack({wording: said}))[wording]
                     for wording, said in own.items()})  # fmt: skip
        found.append(counted)
    return found, sets


def cell(counted: Counted, key: str = EVERYBODY) -> Cell | None:
    return counted.cells["M1"].get(key)


def is_told(counted: Counted) -> bool:
    return isinstance(cell(counted), Numbers)


def names(many: int) -> list[str]:
    return [f"p{number}" for number in range(many)]


TEN = dict.fromkeys(names(10), 4)


@pytest.mark.parametrize(
    ("second", "is_shown"),
    [
        (TEN, True),  # the same ten
        (dict.fromkeys(TEN, 5), True),  # who all changed their minds
        (TEN | {"new": 1}, False),  # a newcomer joins
        (dict.fromkeys(names(9), 4), False),  # one leaves
        (dict.fromkeys(names(9), 4) | {"new": 1}, False),  # both
        (TEN | dict.fromkeys(["a", "b", "c", "d"], 1), False),
        (TEN | dict.fromkeys(["a", "b", "c", "d", "e"], 1), True),
        (dict.fromkeys(names(6), 4), False),
        (dict.fromkeys(names(5), 4), True),
        (dict.fromkeys(names(7), 4) | dict.fromkeys(["a", "b"], 4), True),  # three go, two come
        (TEN | {"p0": "dont_know"}, False),  # who had given a number
        (dict.fromkeys("abcdefgh", 4), True),  # wholly other people
    ],
)
def test_a_later_count_is_shown_where_nobody_or_five_differ(
    second: Answers, is_shown: bool
) -> None:
    (_first, later), _sets = told(given(1, TEN), given(2, second))
    assert is_told(later) is is_shown
    assert is_shown or getattr(cell(later), "why", "") == "across"


@pytest.mark.parametrize("answer", ["dont_know", "not_for_me"])
@pytest.mark.parametrize("is_leaving", [False, True])
def test_one_who_does_not_know_or_for_whom_it_is_not_is_hidden_too(
    answer: str, is_leaving: bool
) -> None:
    one_more = TEN | {"new": answer}
    rounds: tuple[Answers, ...] = (one_more, TEN) if is_leaving else (TEN, one_more)
    (_first, later), _sets = told(*(given(n, each) for n, each in enumerate(rounds, start=1)))
    assert cell(later) == HIDDEN


def test_who_knew_before_and_does_not_now_is_seen_in_neither_number() -> None:
    """The same ten answered: how many do not know is told, and that one of them moved is not."""
    (_first, later), _sets = told(given(1, TEN), given(2, TEN | {"p0": "dont_know"}))
    assert cell(later) == NoNumbers("across", dont_know=1, not_for_me=0)


def test_another_meaning_is_another_question_and_the_same_words_are_the_same() -> None:
    later = TEN | {"new": 1}
    every: list[tuple[dict[str, Any], bool]] = [
        ({"same": "s:2", "text": "Attendance should be free."}, True),
        ({"same": "s:1", "text": "Attendance ought to be compulsory."}, False),  # editorial
        ({"same": "t:1", "id": "t", "text": "attendance should be  Compulsory"}, False),
    ]
    for changes, is_shown in every:
        (_first, found), _sets = told(given(1, TEN), given(2, later, **changes))
        assert is_told(found) is is_shown, changes


def test_a_group_is_judged_by_its_own_and_so_is_what_is_left_of_everybody() -> None:
    """Five newcomers for the room, of whom one joins the teachers."""
    first = dict.fromkeys(names(14), 4)
    roles = {who: ROLES[number % 2] for number, who in enumerate(names(14))}
    new = [f"n{number}" for number in range(5)]
    roles |= dict.fromkeys(new[1:], "headteacher") | {"n0": "classroom_teacher"}
    (_one, later), _sets = told(given(1, first, roles), given(2, first | dict.fromkeys(new, 1),
                                                             roles))  # fmt: skip
    assert is_told(later)
    assert cell(later, "role:classroom_teacher") == HIDDEN
    assert cell(later, "role:headteacher") == HIDDEN


def test_how_many_lean_one_way_is_a_number_too() -> None:
    split = dict.fromkeys(names(6), 5) | dict.fromkeys(["q1", "q2", "q3", "q4", "q5", "q6"], 1)
    (first, later), _sets = told(given(1, split), given(2, split | {"new": 5}))
    assert "leans:M1" in [each.key for each in first.pairs]
    assert not [key for key in later.groups if key.startswith(("leans", "inferred"))]


def test_what_is_reasonable_is_judged_by_who_was_asked() -> None:
    split = dict.fromkeys(names(6), 5) | dict.fromkeys(["q1", "q2", "q3", "q4", "q5", "q6"], 1)
    asked = [f"q{number}" for number in range(1, 7)]
    rounds = [
        given(number, split, reasonable={f"{number}-{who}": "yes" for who in said})
        for number, said in ((1, asked[:5]), (2, asked))
    ]
    (first, later), _sets = told(*rounds)
    assert first.legitimacy["M1"].answered == 5
    assert is_told(later)
    assert later.legitimacy == {}


@pytest.mark.parametrize("rounds", [2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_an_attacker_who_adds_and_subtracts_all_rounds_learns_of_no_four(
    rounds: int, seed: int
) -> None:
    """Everybody answers alike in each round, and whoever attacks knows who rated and posts as what.

    By linear algebra over all that is shown of everything: whether a sum of it is of one to four.
    """
    random = Random(100 * rounds + seed)
    people = names(22)
    roles = {who: random.choice(ROLES) for who in people}
    says: dict[str, Any] = {who: random.choice((1, 2, 4, 5, "dont_know")) for who in people}
    every = [
        {who: says[who] for who in people if random.random() < (0.95, 0.8, 0.6)[seed % 3]}
        for _each in range(rounds)
    ]
    found, _sets = told(*(given(n, each, roles) for n, each in enumerate(every, start=1)))
    rows: dict[str, list[list[int]]] = {"counts": [], "dont_know": []}
    for counted, answers in zip(found, every, strict=True):
        for key, shown in counted.cells["M1"].items():
            members = _members(key, roles, says)
            for name, told_rows in rows.items():
                if name in dump(shown):
                    told_rows.append([
                        int(who in members and who in answers
                            and (name == "dont_know" or isinstance(says[who], int)))
                        for who in people
                    ])  # fmt: skip
    for name, told_rows in rows.items():
        assert told_rows, name
        assert not _tells_of_few(np.array(told_rows)), name


def test_every_small_pair_of_rounds_by_brute_force() -> None:
    """Of nine people, any who rated first and any who rated second; by the rule, and no other."""
    people = names(9)
    first = frozenset(people[:7])
    shown = []
    for takes_part in product((False, True), repeat=9):
        second = frozenset(who for who, is_in in zip(people, takes_part, strict=True) if is_in)
        (_one, later), _sets = told(given(1, dict.fromkeys(sorted(first), 4)),
                                    given(2, dict.fromkeys(sorted(second), 4)))  # fmt: skip
        differ = len(first ^ second)
        is_allowed = len(second) >= 5 and (differ == 0 or differ >= 5)
        assert is_told(later) is is_allowed, sorted(second)
        shown.append(is_allowed)
    assert {True, False} == set(shown)


def _members(key: str, roles: Mapping[str, str], says: Answers) -> set[str]:
    if key == EVERYBODY:
        return set(roles)
    kind, _sep, rest = key.partition(":")
    if kind == "leans":
        is_agreeing = rest.endswith(":agree")
        return {who for who, said in says.items()
                if isinstance(said, int) and (said > 3 if is_agreeing else said < 3)}  # fmt: skip
    families = {"headteacher": "school_leadership"}
    if kind == "family":
        return {who for who, role in roles.items()
                if families.get(role, "teaching") == rest}  # fmt: skip
    return {who for who, role in roles.items() if role == rest}


def _tells_of_few(rows: Any) -> bool:
    """Whether a combination of the rows has one to four people in it; by the null space."""
    _left, values, right = np.linalg.svd(rows.astype(float))
    rank = int((values > 1e-9).sum())
    free = right[rank:].T
    for size in range(1, 5):
        chosen = np.array(list(combinations(range(rows.shape[1]), size)))
        least = np.linalg.svd(free[chosen], compute_uv=False)[:, -1]
        if free.shape[1] < size or (least < 1e-9).any():
            return True
    return False


# Through the tables, the pages and the files.


def again(world: Weighed, people: Iterable[Person], value: str = "4") -> None:
    """A second round of the same statements, in which these people answer."""
    world.round = make_round(world.session, world.thread, *world.statements.values(), number=2)
    for code in world.statements:
        for person in people:
            world.rate(code, person, value)


def every_page(client: FlaskClient, world: Weighed) -> Iterator[Any]:
    slug = world.thread.slug
    first = json_of(client.get(f"/findings/{slug}.json"))
    yield first
    for one in first["comparisons"] + first["lenses"]:
        yield json_of(client.get(f"/findings/{slug}.json?{one['url'].partition('?')[2]}"))
    for one in first["editions"]:
        if one["round_number"] == 2:
            yield json_of(client.get(f"{one['url']}.json"))


def is_silent(client: FlaskClient, world: Weighed, *, but: str = "nobody") -> bool:
    """Whether nothing that a reader can open tells a number of the second round.

    `but` is how the keys of groups begin that have the same people in both.
    """
    for page in every_page(client, world):
        for kind in page["found"]["kinds"]:
            for row in kind["rows"]:
                cells = [*row["cells"], row["everybody"], *filter(None, [row["chosen"]])]
                cells = [one for one in cells if not one["group"].startswith(but)]
                if any(one["counts"] or one["raters"] or one["dont_know"] is not None
                       or one["not_for_me"] is not None for one in cells):  # fmt: skip
                    return False
                if row["gap"] is not None:
                    return False
        found = page["found"]
        if found["common_rows"] or found["crux_rows"] or found["meta"]["rows"]:
            return False
        if found["change"] and found["change"]["rows"]:
            return False
    lines = client.get(f"/rounds/{world.thread.slug}/2/comments.csv").text.splitlines()[1:]
    lines += client.get(f"/rounds/{world.thread.slug}/2/comment-groups.csv").text.splitlines()[1:]
    return all(",,," in line for line in lines)  # between two commas, agrees and disagrees


@pytest.mark.parametrize("who", ["joins", "leaves", "both"])
def test_no_page_and_no_file_tells_what_one_newcomer_answered(
    client: FlaskClient, session: Session, who: str
) -> None:
    world = weighed(session, number=1)
    world.compute()
    people = world.leaders + world.teachers
    if who != "joins":
        people = people[1:]
    if who != "leaves":
        people = [*people, teacher(session, world.series)]
    again(world, people)
    world.compute()
    same = {"joins": "family:school", "leaves": "role:classroom", "both": "nobody"}[who]
    assert is_silent(client, world, but=same)
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))
    sentence = page["found"]["sentence"]
    assert sentence["verdict"] == "not_enough_to_say"
    assert sentence["text"].startswith("There are too few new answers for separate results")
    row = page["found"]["kinds"][0]["rows"][0]
    found = page["found"]
    compared = ("common", "parts", "cruxes") if who == "joins" else ()  # else too few leaders
    for name in (*compared, "unknown"):
        assert found[name]["said"] == "Too few new answers to say.", name
    assert row["everybody"]["words"] == "too few new answers"
    assert row["state_words"] == "Too few new answers; most moved"
    assert "Too few new answers" in client.get(f"/findings/{world.thread.slug}").text
    assert "too few new answers" in client.get(f"/threads/{world.thread.slug}").text


def test_the_same_words_in_another_thread_are_no_way_round_it(
    client: FlaskClient, session: Session
) -> None:
    world = weighed(session, number=1)
    world.compute()
    thread = make_thread(session, world.series, stage="making_sense")
    statements = {
        code: make_statement(session, thread, kind=row.kind, text=row.versions[0].written.upper())
        for code, row in world.statements.items()
    }
    other = copy(world)
    other.thread, other.statements = thread, statements
    other.round = make_round(session, thread, *statements.values(), number=2)
    for code in statements:
        for person in [*world.leaders[1:], *world.teachers[1:]]:
            other.rate(code, person, 4)
    other.compute()
    assert is_silent(client, other)


def test_the_same_people_and_five_more_are_both_shown(
    client: FlaskClient, session: Session
) -> None:
    world = weighed(session, number=1)
    world.compute()
    new = [leader(session, world.series, number) for number in range(5)]
    again(world, [*world.leaders, *world.teachers, *new])
    world.compute()
    assert not is_silent(client, world)


def test_who_has_left_since_is_still_one_by_whom_the_rounds_differ(
    client: FlaskClient, session: Session
) -> None:
    """Their answers are gone, and what was counted of them is not."""
    world = weighed(session, number=1)
    world.compute()
    forget_ratings(session, world.leaders[0], KEY)
    again(world, world.leaders[1:] + world.teachers)
    world.compute()
    assert is_silent(client, world)
    sealed = session.scalars(select(RaterSets.sealed)).all()
    for person in world.leaders[:1]:
        assert not [one for one in sealed if person.public_id in seal_of(KEY).open(one)]


def test_rounds_from_before_are_judged_as_well(client: FlaskClient, session: Session) -> None:
    """Both were published before sets were kept: what the second told is shown no more."""
    world = weighed(session, number=1)
    world.compute()
    again(world, [*world.leaders, *world.teachers, teacher(session, world.series)])
    _as_before(session, world)
    assert is_silent(client, world)
    assert list(find_stale(session, secret=KEY, now=NOW)) == [world.thread.id]
    made = world.compute("tags_changed")
    assert (made.version, made.content.schema) == (3, CURRENT)
    assert is_silent(client, world, but="family:school")  # the same five in both rounds
    assert list(find_stale(session, secret=KEY, now=NOW)) == []


def test_of_a_round_from_before_whose_raters_are_gone_everything_is_hidden(
    client: FlaskClient, session: Session
) -> None:
    world = weighed(session, number=1)
    world.compute()
    session.execute(delete(RaterSets))
    forget_ratings(session, world.leaders[0], KEY)
    new = [leader(session, world.series, number) for number in range(9)]
    again(world, [*world.leaders[1:], *world.teachers, *new])
    world.compute()
    assert is_silent(client, world)


def _as_before(session: Session, world: Weighed) -> None:
    """The second snapshot as it was made when each round was counted alone."""
    from discussion.weighing.findings.computing.making import make
    from discussion.weighing.findings.queries.due import read_due
    from discussion.weighing.findings.queries.tagged import read_tags

    second = read_due(session, world.thread, KEY)[1]
    [alone] = make([second], read_tags(session, world.thread), KEY)
    assert alone.content is not None
    session.execute(delete(RaterSets))
    session.add(
        FindingSnapshot(
            thread_id=world.thread.id, round_id=world.round.id, version=2, because="round_closed",
            inputs_hash=alone.inputs_hash, parameters=alone.parameters, code_version="1",
            results=dump(replace(alone.content, schema=1)), made_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_sets_that_were_kept_as_lists_of_places_are_read_as_they_were() -> None:
    sets = {"numbers": [[0, 1, 2], [1]], "answered": [[0]], "reasonable": []}
    wording = {"same": "s", "folded": "f", "is_known": True} | sets
    kept = {"people": ["ann", "ben", "cy"], "wordings": [wording]}
    packed = b85encode(zlib.compress(json.dumps(kept).encode())).decode()
    people = Roster(("cy", "ben", "ann")).of
    told = Told((people(["ann", "ben", "cy"]), people(["ben"])), (people(["ann"]),), (), True)
    assert unpack(packed) == {Wording("s", "f"): told}
    renamed = rename(packed, "ben", "dan")
    assert renamed is not None
    assert list(unpack(renamed)[Wording("s", "f")].numbers[1]) == ["dan"]
