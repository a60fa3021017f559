"""Counting a closed round once, into numbers that may be shown and no others.

A group's cell for a statement holds how many chose each point, how many do not know or say that it
is not for them, and how many call it a crux on either side. It is there only where no sum of such
cells tells of fewer than five people (`analysis.suppression`): among those who rated and, again,
among those who gave the statement a number. Of a wording that an earlier round asked, it is there
only where that holds together with everything that was told then (`earlier`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from discussion.analysis.answers import (
    KINDS,
    Answer,
    RatedStatement,
    counts,
    numeric,
    side,
)
from discussion.analysis.reasonableness import Legitimacy, meta_consensus
from discussion.analysis.suppression import choose_shown
from discussion.weighing.findings.computing.earlier import (
    ACROSS,
    AcrossRounds,
    Sets,
    across_of,
    asked_of,
    moved_of,
    non_holders_of,
    wording_of,
)
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement
from discussion.weighing.findings.computing.groups import (
    BOTH,
    EVERYBODY,
    INFERRED,
    LEANS,
    Members,
    Pair,
    declared_groups,
    leaning_groups,
)
from discussion.weighing.findings.computing.inferring import as_polis_tells, infer_groups

Counted = dict[str, Any]


def count_round(every: GivenRound, earlier: Sequence[Sets] = ()) -> tuple[Counted, Sets]:
    """Everything of a round's answers that may ever be shown, as JSON can say it; and its sets.

    What was moderated out elsewhere helps to find groups, and is in nothing that is told. `earlier`
    is what rounds before have told.
    """
    given = replace(every, statements=tuple(each for each in every.statements if not each.is_out))
    is_imported = bool(given.imported_from)
    fewest = 1 if is_imported else given.min_group
    everybody = frozenset(given.raters)
    across = {each.code: across_of(each, given, earlier, fewest) for each in given.statements}
    pairs, groups, inferred = _groups(given, every, across, fewest)
    shown = _choose(groups, fewest)
    if any(key.startswith(INFERRED) and shown[key] != "shown" for key in groups):
        shown |= {key: "subtraction" for key in groups if key.startswith(INFERRED)}
    kept = {key: who for key, who in groups.items() if shown[key] == "shown"}
    pairs = tuple(pair for pair in pairs if pair.a in kept and pair.b in kept)
    room = EVERYBODY if EVERYBODY in kept else BOTH
    for each in _made_groups(given, groups):  # how many lean one way is a number of the statement
        across[each.code].tell(**asked_of(given, each, everybody))
    cells = {
        each.code: _cells(each, given, kept, pairs, fewest, across[each.code])
        for each in given.statements
    }
    counted: Counted = {
        "round": _plain(given),
        "answered": given.answered,
        "raters": len(everybody),
        "room": room,
        "groups": {
            key: {"size": len(who)} if shown[key] == "shown" else {"why": shown[key]}
            for key, who in groups.items()
        },
        "pairs": [{"key": pair.key, "a": pair.a, "b": pair.b} for pair in pairs],
        "statements": [_statement(each) for each in given.statements],
        "cells": cells,
        "moved": {
            each.code: moved_of(each, fewest)
            for each in given.statements
            if any(cell.get("why") == ACROSS for cell in cells[each.code].values())
        },
        "legitimacy": _legitimacy(given, kept, pairs, cells, across, fewest),
        "inferred": inferred,
        "polis": as_polis_tells(every, {k: w for k, w in kept.items() if k.startswith(INFERRED)})
        if is_imported
        else None,
    }
    told = {wording_of(each): across[each["code"]].told for each in counted["statements"]}
    return counted, {} if is_imported else told


def _made_groups(given: GivenRound, groups: Mapping[str, Members]) -> list[GivenStatement]:
    """Statements by which groups were made."""
    made = {key.split(":")[1] for key in groups if key.startswith(f"{LEANS}:")}
    return [each for each in given.statements if each.code in made]


def _groups(
    given: GivenRound, every: GivenRound, across: Mapping[str, AcrossRounds], fewest: int
) -> tuple[tuple[Pair, ...], dict[str, Members], dict[str, Any]]:
    """All pairs and groups, in the order in which they are tried: the headline's two come first.

    Groups that answers make are there only where those answers may be told of everybody.
    """
    everybody = frozenset(given.raters)
    told = tuple(
        each
        for each in given.statements
        if across[each.code].may_tell(**asked_of(given, each, everybody))
    )
    pairs, declared = ((), {}) if given.imported_from else declared_groups(given.raters, fewest)
    leaning_pairs, leaning = leaning_groups(replace(given, statements=told), everybody, fewest)
    found: dict[str, Members] = {}
    judged: dict[str, Any] = {"state": ACROSS}
    if len(told) == len(given.statements):
        found, judged = infer_groups(every, everybody)
    two = list(found)[:2]
    inferred = (Pair(INFERRED, two[0], two[1]),) if len(two) == 2 else ()
    if given.imported_from:  # nobody declared anything
        return inferred + leaning_pairs, {EVERYBODY: everybody} | found | leaning, judged
    groups = _after_headline(declared, pairs, everybody) | leaning | found
    return pairs + leaning_pairs + inferred, groups, judged


def _after_headline(
    groups: Mapping[str, Members], pairs: Sequence[Pair], everybody: Members
) -> dict[str, Members]:
    headline = {key: groups[key] for pair in pairs[:1] for key in (pair.a, pair.b)}
    return headline | {EVERYBODY: everybody} | dict(groups)


def _choose(
    groups: Mapping[str, Members], fewest: int, among: Members | None = None
) -> dict[str, str]:
    if fewest <= 1:
        return dict.fromkeys(groups, "shown")
    return dict(zip(groups, choose_shown(list(groups.values()), fewest, among), strict=True))


def _cells(
    statement: GivenStatement,
    given: GivenRound,
    groups: Mapping[str, Members],
    pairs: Sequence[Pair],
    fewest: int,
    across: AcrossRounds,
) -> dict[str, Any]:
    """By group: numbers, or why there are none.

    Everybody's "don't know" is told without numbers too, unless it would tell of a few beside what
    another round has told.
    """
    raters = frozenset(who for who, answer in statement.answers.items() if isinstance(answer, int))
    in_turn = _in_turn(groups, pairs, raters, fewest)
    shown = _choose(in_turn, fewest, raters)
    for key, members in in_turn.items():
        if shown[key] == "shown" and not across.judge(**asked_of(given, statement, members)):
            shown[key] = ACROSS
    cells: dict[str, Any] = {}
    for key, members in groups.items():
        cells[key] = (
            _cell(statement, members, given.points)
            if shown[key] == "shown"
            else {"why": shown[key]}
        )
        if key == EVERYBODY and across.judge(
            answered=asked_of(given, statement, members)["answered"]
        ):
            cells[key] |= _not_numbers(statement, members)
    return cells


def _in_turn(
    groups: Mapping[str, Members], pairs: Sequence[Pair], raters: Members, fewest: int
) -> dict[str, Members]:
    """Everybody first where the two groups could not be compared anyway."""
    headline = [groups[key] & raters for pair in pairs[:1] for key in (pair.a, pair.b)]
    if EVERYBODY in groups and any(len(each) < fewest for each in headline):
        return {EVERYBODY: groups[EVERYBODY]} | dict(groups)
    return dict(groups)


def _cell(statement: GivenStatement, members: Members, points: int) -> dict[str, Any]:
    answers = _answers(statement, members)
    sides = [
        side(rating, points)
        for rater in members & statement.cruxes
        for rating in numeric((statement.answers.get(rater),), points)
    ]
    return {
        "counts": list(counts(answers, points)),
        "up": sides.count(1),
        "down": sides.count(-1),
        **_not_numbers(statement, members),
    }


def _answers(statement: GivenStatement, members: Members) -> list[Answer]:
    """Those that were given: of many people and statements, most answered few."""
    return [answer for who, answer in statement.answers.items() if who in members]


def _not_numbers(statement: GivenStatement, members: Members) -> dict[str, int]:
    answers = _answers(statement, members)
    return {"dont_know": answers.count("dont_know"), "not_for_me": answers.count("not_for_me")}


def _legitimacy(
    given: GivenRound,
    groups: Mapping[str, Members],
    pairs: Sequence[Pair],
    cells: Mapping[str, Mapping[str, Any]],
    across: Mapping[str, AcrossRounds],
    fewest: int,
) -> dict[str, Any]:
    """What those who do not hold a statement say of it, where the room's numbers are shown."""
    room = (EVERYBODY,) if EVERYBODY in groups else tuple(k for p in pairs[:1] for k in (p.a, p.b))
    people = frozenset[str]().union(*(groups[key] for key in room))
    rated = [
        _among(each, people)
        for each in given.statements
        if each.kind in KINDS and all("counts" in cells[each.code][key] for key in room)
    ]
    found = meta_consensus(
        rated, points=given.points, theta=given.thresholds.consensus, fewest=max(fewest, 1)
    )
    asked = {each.key: non_holders_of(given, each.answers, each.reasonable) for each in rated}
    return {
        each.key: _told(each)
        for each in found.statements
        if each.share is not None and across[each.key].judge(reasonable=asked[each.key])
    }


def _among(statement: GivenStatement, people: Members) -> RatedStatement:
    return RatedStatement(
        key=statement.code,
        kind=statement.kind,  # type: ignore[arg-type]  # checked by its maker
        answers={who: said for who, said in statement.answers.items() if who in people},
        reasonable={who: said for who, said in statement.reasonable.items() if who in people},
    )


def _told(found: Legitimacy) -> dict[str, Any]:
    return {
        "holders": found.holders,
        "non_holders": found.non_holders,
        "answered": found.answered,
        "yes": found.yes,
        "share": str(found.share),
        "is_disputed": found.is_disputed,
    }


def _statement(each: GivenStatement) -> dict[str, Any]:
    return {
        "code": each.code,
        "kind": each.kind,
        "text": each.text,
        "id": each.id,
        "version": each.version,
        "same": each.same,
        "sources": list(each.sources),
        "confirmed": list(each.confirmed),
    }


def _plain(given: GivenRound) -> dict[str, Any]:
    return {
        "id": given.id,
        "number": given.number,
        "cycle": given.cycle,
        "points": given.points,
        "seed": given.seed,
        "limits": dict(given.limits),
        "min_group": given.min_group,
        "stop_rule": dict(given.stop_rule),
        "again": given.again,
        "late": given.late,
        "who_may_rate": given.who_may_rate,
        "feedback": given.feedback,
        "opened_on": given.opened_on,
        "closed_on": given.closed_on,
        "imported_from": given.imported_from,
        "attribution": given.attribution,
    }
