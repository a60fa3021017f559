"""Counting a closed round once, into numbers that may be shown and no others.

A group's cell for a statement holds how many chose each point, how many do not know or say that it
is not for them, and how many call it a crux on either side. It is there only where no sum of such
cells tells of fewer than five people (`analysis.suppression`): among those who rated and, again,
among those who gave the statement a number. Of a wording that an earlier round asked, it is there
only where that holds together with everything that was told then (`earlier`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from discussion.analysis.answer_table import Raters
from discussion.analysis.answers import Kind
from discussion.analysis.arrays import Mask, np
from discussion.analysis.reasonableness import Legitimacy
from discussion.analysis.suppression import choose_shown
from discussion.weighing.findings.computing.earlier import (
    ACROSS,
    AcrossRounds,
    Sets,
    across_of,
    asked_of,
    moved_of,
    wording_of,
)
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement
from discussion.weighing.findings.computing.groups import (
    BOTH,
    EVERYBODY,
    INFERRED,
    LEANS,
    Members,
    declared_groups,
    leaning_groups,
)
from discussion.weighing.findings.computing.inferring import as_polis_tells, infer_groups
from discussion.weighing.findings.computing.pairing import compared_in, steps_of
from discussion.weighing.findings.computing.patterns import find_index, find_peaks
from discussion.weighing.findings.computing.people import People
from discussion.weighing.findings.computing.together import Together
from discussion.weighing.findings.computing.viewing import (
    VIEW,
    Seen,
    look_for_viewpoints,
    sets_of,
    told_of,
)
from discussion.weighing.findings.content.counted import (
    Cell,
    Counted,
    CountedGroup,
    CountedLegitimacy,
    CountedRound,
    CountedStatement,
    JudgedGroups,
    NoNumbers,
    Numbers,
    Pair,
    UnsoughtGroups,
)


def count_round(every: GivenRound, earlier: Sequence[Sets] = ()) -> tuple[Counted, Sets]:
    """Everything of a round's answers that may ever be shown; and its sets.

    What was moderated out elsewhere helps to find groups, and is in nothing that is told. `earlier`
    is what rounds before have told.
    """
    given = _without_moderated_out(every)
    is_imported = bool(given.imported_from)
    fewest = _fewest(given)
    everybody = frozenset(given.raters)
    across = {each.code: across_of(each, given, earlier, fewest) for each in given.statements}
    pairs, groups, inferred = _groups(given, every, across, fewest)
    seen = look_for_viewpoints(given, {k: groups[k] for p in pairs[:1] for k in (p.a, p.b)}, across)
    shown, views = _shown(given, groups, pairs[:1], seen)
    viewing = Together(VIEW, given.statements, given, earlier)
    if views and not viewing.judge(given.named(who) for who in sets_of(seen, shown)):
        seen = Seen(ACROSS, None, {}, {})
        shown, views = _shown(given, groups, pairs[:1], seen)
    if any(key.startswith(INFERRED) and shown[key] != "shown" for key in groups):
        shown |= {key: "subtraction" for key in groups if key.startswith(INFERRED)}
    kept = {key: who for key, who in groups.items() if shown[key] == "shown"}
    pairs = tuple(pair for pair in pairs if pair.a in kept and pair.b in kept)
    room = EVERYBODY if EVERYBODY in kept else BOTH
    for each in _made_groups(given, groups):  # how many lean one way is a number of the statement
        across[each.code].tell(**asked_of(given, each, everybody))
    in_order = {key: {**kept, **views}[key] for key in shown if key in kept or key in views}
    all_cells = {
        each.code: _cells(each, given, in_order, pairs, fewest, across[each.code])
        for each in given.statements
    }
    cells = {code: {key: row[key] for key in kept} for code, row in all_cells.items()}
    compared = compared_in(kept, pairs, room)
    own = compared.get(room, frozenset())
    peaks, peaks_told = find_peaks(given, own, earlier)
    index, index_told = find_index(given, own, earlier)
    counted = Counted(
        round=_plain(given),
        answered=given.answered,
        raters=len(everybody),
        room=room,
        groups={
            key: CountedGroup(size=len(who))
            if shown[key] == "shown"
            else CountedGroup(why=shown[key])
            for key, who in groups.items()
        },
        pairs=pairs,
        statements=tuple(_statement(each) for each in given.statements),
        cells=cells,
        moved={
            each.code: moved_of(each, fewest)
            for each in given.statements
            if any(_is_across(cell) for cell in cells[each.code].values())
        },
        steps={
            each.code: found
            for each in given.statements
            if (found := steps_of(each, given, compared, across[each.code]))
        },
        peaks=None if is_imported else peaks,
        index=None if is_imported else index,
        legitimacy=_legitimacy(given, kept, pairs, cells, across, fewest),
        inferred=inferred,
        polis=as_polis_tells(every, {k: w for k, w in kept.items() if k.startswith(INFERRED)})
        if is_imported
        else None,
        viewpoints=told_of(
            seen, shown, {code: {key: row[key] for key in views} for code, row in all_cells.items()}
        ),
    )
    told = {wording_of(each): across[each.code].told for each in counted.statements}
    return counted, {} if is_imported else {**told, **viewing.told, **peaks_told, **index_told}


def _without_moderated_out(every: GivenRound) -> GivenRound:
    """Itself where nothing was: it holds its answers in tables that are made once."""
    kept = tuple(each for each in every.statements if not each.is_out)
    return every if kept == every.statements else replace(every, statements=kept)


def _shown(
    given: GivenRound, groups: Mapping[str, Members], headline: Sequence[Pair], seen: Seen
) -> tuple[dict[str, str], Mapping[str, Members]]:
    """Whether each set is shown, in the order in which they are tried; and the viewpoints that are.

    Viewpoints come after the headline's two and all that people declared, and before other groups
    that answers make, which are nearly the same people. Unless all may be told, none are tried.
    """
    places, fewest = given.places, _fewest(given)
    first = {key for pair in headline for key in (pair.a, pair.b)}
    made = {key for key in groups if key.startswith((f"{LEANS}:", INFERRED))} - first
    before = {key: who for key, who in groups.items() if key not in made}
    after = {key: groups[key] for key in groups if key in made}
    shown = _choose({**before, **seen.views, **seen.within, **after}, places, fewest)
    if all(shown[key] == "shown" for key in seen.views):
        return shown, seen.views
    without = _choose({**before, **after}, places, fewest)
    return without | {key: shown[key] for key in (*seen.views, *seen.within)}, {}


def _fewest(given: GivenRound) -> int:
    """Imported answers were public."""
    return 1 if given.imported_from else given.min_group


def _is_across(cell: Cell) -> bool:
    return isinstance(cell, NoNumbers) and cell.why == ACROSS


def _made_groups(given: GivenRound, groups: Mapping[str, Members]) -> list[GivenStatement]:
    """Statements by which groups were made."""
    made = {key.split(":")[1] for key in groups if key.startswith(f"{LEANS}:")}
    return [each for each in given.statements if each.code in made]


def _groups(
    given: GivenRound, every: GivenRound, across: Mapping[str, AcrossRounds], fewest: int
) -> tuple[tuple[Pair, ...], dict[str, Members], JudgedGroups | UnsoughtGroups]:
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
    judged: JudgedGroups | UnsoughtGroups = UnsoughtGroups(ACROSS)
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
    groups: Mapping[str, Members], places: Raters, fewest: int, among: Mask | None = None
) -> dict[str, str]:
    if fewest <= 1:
        return dict.fromkeys(groups, "shown")
    sets = [places.mask(members) for members in groups.values()]
    return dict(zip(groups, choose_shown(sets, fewest, among), strict=True))


def _cells(
    statement: GivenStatement,
    given: GivenRound,
    groups: Mapping[str, Members],
    pairs: Sequence[Pair],
    fewest: int,
    across: AcrossRounds,
) -> dict[str, Cell]:
    """By group: numbers, or why there are none.

    Everybody's "don't know" is told without numbers too, unless it would tell of a few beside what
    another round has told.
    """
    raters = given.tables[statement.code].is_number
    in_turn = _in_turn(groups, pairs, given.places, raters, fewest)
    shown = _choose(in_turn, given.places, fewest, raters)
    for key, members in in_turn.items():
        if shown[key] == "shown" and not across.judge(**asked_of(given, statement, members)):
            shown[key] = ACROSS
    cells: dict[str, Cell] = {}
    for key, members in groups.items():
        may_tell = key == EVERYBODY and across.judge(
            answered=asked_of(given, statement, members)["answered"]
        )
        if shown[key] == "shown":
            cells[key] = _cell(given, statement, members)
        elif may_tell:
            cells[key] = NoNumbers(shown[key], *_not_numbers(given, statement, members))
        else:
            cells[key] = NoNumbers(shown[key])
    return cells


def _in_turn(
    groups: Mapping[str, Members],
    pairs: Sequence[Pair],
    places: Raters,
    raters: Mask,
    fewest: int,
) -> dict[str, Members]:
    """Everybody first where the two groups could not be compared anyway."""
    headline = [places.mask(groups[key]) & raters for pair in pairs[:1] for key in (pair.a, pair.b)]
    if EVERYBODY in groups and any(np.count_nonzero(each) < fewest for each in headline):
        return {EVERYBODY: groups[EVERYBODY]} | dict(groups)
    return dict(groups)


def _cell(given: GivenRound, statement: GivenStatement, members: Members) -> Numbers:
    found = given.tables[statement.code].count(given.places.mask(members))
    return Numbers(
        counts=found.counts,
        up=found.up,
        down=found.down,
        dont_know=found.dont_know,
        not_for_me=found.not_for_me,
    )


def _not_numbers(given: GivenRound, statement: GivenStatement, members: Members) -> tuple[int, int]:
    """Who do not know, and whose question it is not."""
    found = given.tables[statement.code].count(given.places.mask(members))
    return found.dont_know, found.not_for_me


def _legitimacy(
    given: GivenRound,
    groups: Mapping[str, Members],
    pairs: Sequence[Pair],
    cells: Mapping[str, Mapping[str, Cell]],
    across: Mapping[str, AcrossRounds],
    fewest: int,
) -> dict[str, CountedLegitimacy]:
    """What those who do not hold a statement say of it, where the room's numbers are shown."""
    room = (EVERYBODY,) if EVERYBODY in groups else tuple(k for p in pairs[:1] for k in (p.a, p.b))
    own = given.places.find(who for key in room for who in groups[key])
    found = {
        each.code: _legitimacy_of(each, each.kind, given, own, max(fewest, 1))
        for each in given.statements
        if each.kind != "" and all(isinstance(cells[each.code][key], Numbers) for key in room)
    }
    return {
        code: CountedLegitimacy(
            holders=each.holders,
            non_holders=each.non_holders,
            answered=each.answered,
            yes=each.yes,
            share=each.share,
            is_disputed=each.is_disputed,
        )
        for code, (each, asked) in found.items()
        if each.share is not None and across[code].judge(reasonable=asked)
    }


def _legitimacy_of(
    statement: GivenStatement, kind: Kind, given: GivenRound, own: Mask, fewest: int
) -> tuple[Legitimacy, People]:
    """Of these people; and whose answers to the second question are counted."""
    table, said = given.tables[statement.code], statement.reasonable
    holders = own & table.is_holder
    others = own & table.is_number & ~holders
    answered = others & given.places.find(said)
    yes = answered & given.places.find(who for who, reply in said.items() if reply == "yes")
    found = Legitimacy(
        statement.code,
        kind,
        holders=int(np.count_nonzero(holders)),
        non_holders=int(np.count_nonzero(others)),
        answered=int(np.count_nonzero(answered)),
        yes=int(np.count_nonzero(yes)),
        fewest=fewest,
    )
    return found, People(given.roster, answered)


def _statement(each: GivenStatement) -> CountedStatement:
    return CountedStatement(
        code=each.code,
        kind=each.kind,
        text=each.text,
        id=each.id,
        version=each.version,
        same=each.same,
        sources=each.sources,
        confirmed=each.confirmed,
    )


def _plain(given: GivenRound) -> CountedRound:
    return CountedRound(
        id=given.id,
        number=given.number,
        cycle=given.cycle,
        points=given.points,
        seed=given.seed,
        limits=given.limits,
        min_group=given.min_group,
        stop_rule=given.stop_rule,
        again=given.again,
        late=given.late,
        who_may_rate=given.who_may_rate,
        feedback=given.feedback,
        opened_on=given.opened_on,
        closed_on=given.closed_on,
        imported_from=given.imported_from,
        attribution=given.attribution,
    )
