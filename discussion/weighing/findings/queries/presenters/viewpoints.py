"""Viewpoints: each a way of answering, with how many of each group hold it; or why none are shown.

Everything is made from numbers that the snapshot tells. Nobody is told which is theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from discussion.analysis.viewpoints import (
    FEWEST_HOLDERS,
    FEWEST_RATERS,
    FEWEST_STATEMENTS,
    SUBSAMPLES,
)
from discussion.language import _, _n
from discussion.weighing.findings.content.counted import Cell as CountedCell
from discussion.weighing.findings.content.counted import (
    CountedGroup,
    CountedViewpoint,
    CountedViewpoints,
    NoNumbers,
)
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.clauses.told import some_of
from discussion.weighing.findings.sentences.groups import capital, lowered
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import all_of, quoted
from discussion.weighing.findings.shapes.groups import Cell
from discussion.weighing.findings.shapes.viewpoints import (
    Holding,
    Profile,
    Viewpoint,
    ViewpointRow,
    ViewpointRows,
    Viewpoints,
)

LETTERS = "ABC"
TWO = 2


def viewpoints(basis: Basis) -> Viewpoints | None:
    """Of everybody who rated; None by the rule before, and of imported answers."""
    counted = basis.counted.viewpoints
    if counted is None or not basis.content.has_diagnosis or counted.state == "not_looked_for":
        return None
    if counted.state != "found" or not counted.held:
        return Viewpoints(
            state=counted.state,
            title=_("Viewpoints"),
            says=(_why_none(basis, counted.state),),
            viewpoints=(),
            blocks=(),
            stability=None,
            how=(),
        )
    blocks = _blocks(basis, counted)
    shown = tuple(
        _viewpoint(basis, letter, held, blocks)
        for letter, held in zip(LETTERS, counted.held, strict=False)
    )
    return Viewpoints(
        state=counted.state,
        title=_n(
            "%(count)s viewpoint",
            "%(count)s viewpoints",
            len(shown),
            count=capital(in_small_words(len(shown))),
        ),
        says=tuple(_said(basis, shown)),
        viewpoints=shown,
        blocks=blocks,
        stability=counted.stability,
        how=_how(counted),
    )


# --- the statements


def _blocks(basis: Basis, counted: CountedViewpoints) -> tuple[ViewpointRows, ...]:
    """What sets each apart, in their order; what all share; the rest; what is not shown of all."""
    letters = LETTERS[: len(counted.held)]
    rows = {code: _row(basis, code, counted.cells[code]) for code in counted.cells}
    apart: dict[str, list[ViewpointRow]] = {letter: [] for letter in letters}
    for code in counted.opposed:
        letter = _most_alone(rows[code])
        apart[letter].append(_setting_apart(rows[code], letter))
    rest = [code for code in rows if code not in (*counted.opposed, *counted.shared)]
    hidden = [code for code in rest if any(each.cell.why_not for each in rows[code].profiles)]
    found = [(letter, _sets_apart(letter, letters), apart[letter]) for letter in letters]
    found += [
        ("shared", _all_share(letters), [rows[code] for code in counted.shared]),
        (
            "rest",
            _("What sets none against another"),
            [rows[code] for code in rest if code not in hidden],
        ),
        ("hidden", _("Not shown for every viewpoint"), [rows[code] for code in hidden]),
    ]
    return tuple(ViewpointRows(key, title, tuple(own)) for key, title, own in found if own)


def _sets_apart(letter: str, letters: str) -> str:
    if len(letters) != TWO:
        return _("What sets %(letter)s apart", letter=letter)
    other = letters.replace(letter, "")
    return _("Most of %(letter)s agree, most of %(other)s disagree", letter=letter, other=other)


def _all_share(letters: str) -> str:
    if len(letters) == TWO:
        return _("What both share")
    return _("What all %(count)s share", count=in_small_words(len(letters)))


def _row(basis: Basis, code: str, cells: Sequence[CountedCell]) -> ViewpointRow:
    profiles = tuple(
        Profile(
            letter=letter,
            cell=cell,
            place=None if cell.mean is None else (cell.mean - 1) / (basis.about.points - 1),
            words=_words(cell),
            is_apart=False,
        )
        for letter, own in zip(LETTERS, cells, strict=False)
        for cell in (basis.told(f"view:{letter}", own),)
    )
    return ViewpointRow(code, basis.texts[code], profiles)


def _words(cell: Cell) -> str:
    """What most of them say; both counts where there is no such side."""
    if cell.why_not:
        return cell.short
    match _lean(cell):
        case 1:
            return _("%(some)s of %(all)s agree", some=cell.agree, all=cell.raters)
        case -1:
            return _("%(some)s of %(all)s disagree", some=cell.disagree, all=cell.raters)
    return _("%(up)s agree, %(down)s disagree", up=cell.agree, down=cell.disagree)


def _lean(cell: Cell) -> int:
    """1 where most agree, −1 where most disagree, else 0."""
    raters = cell.raters or 0
    return int(2 * (cell.agree or 0) > raters) - int(2 * (cell.disagree or 0) > raters)


def _most_alone(row: ViewpointRow) -> str:
    """Of two, who agrees; of three, who is furthest from the nearest other in the mean."""
    if len(row.profiles) == TWO:
        return max(row.profiles, key=lambda each: _lean(each.cell)).letter
    return max(row.profiles, key=lambda each: (_away(row, each.letter), each.place or 0)).letter


def _away(row: ViewpointRow, letter: str) -> float:
    """How far one is from the nearest other, 0 … 1; 0 where that is not shown."""
    places = {each.letter: each.place for each in row.profiles}
    own = places.pop(letter)
    if own is None or None in places.values():
        return 0.0
    return min(abs(own - each) for each in places.values() if each is not None)


def _setting_apart(row: ViewpointRow, letter: str) -> ViewpointRow:
    marked = tuple(replace(each, is_apart=each.letter == letter) for each in row.profiles)
    return replace(row, profiles=marked)


# --- who holds them


def _viewpoint(
    basis: Basis, letter: str, held: CountedViewpoint, blocks: Sequence[ViewpointRows]
) -> Viewpoint:
    strongest = _strongest(letter, blocks)
    within = tuple(_holding(basis, key, each) for key, each in held.within.items())
    told = [each.size for each in within if each.size is not None]
    profile = _profile(strongest, letter) if strongest else None
    return Viewpoint(
        letter=letter,
        size=held.size,
        says=_("%(some)s of %(all)s", some=held.size, all=basis.counted.raters),
        within=within,
        others=held.size - sum(told) if within and len(told) == len(within) else None,
        code=strongest.code if strongest else "",
        text=strongest.text if strongest else "",
        stands=_stands(profile.cell) if profile else "",
    )


def _holding(basis: Basis, key: str, counted: CountedGroup) -> Holding:
    group = basis.group(key)
    if counted.size is None:
        why = basis.told(key, NoNumbers(counted.why or "few")).short
        says = _("%(group)s: %(why)s", group=group.counted_name, why=why)
    elif group.size:
        says = some_of(counted.size, group.size, group.counted_name)
    else:
        says = _("%(num)s %(name)s", num=counted.size, name=group.counted_name)
    return Holding(group, counted.size, says)


def _strongest(letter: str, blocks: Sequence[ViewpointRows]) -> ViewpointRow | None:
    """What marks it out most: of what sets it apart, what most of it agree with, if anything."""
    own = [row for block in blocks if block.key == letter for row in block.rows]
    apart = own or [row for block in blocks if block.key in LETTERS for row in block.rows]
    return max(
        apart,
        key=lambda row: (_lean(_profile(row, letter).cell) > 0, _away(row, letter)),
        default=None,
    )


def _profile(row: ViewpointRow, letter: str) -> Profile:
    return next(each for each in row.profiles if each.letter == letter)


def _stands(cell: Cell) -> str:
    match _lean(cell):
        case 1:
            return _("Mostly agree with")
        case -1:
            return _("Mostly disagree with")
    return _("Have no majority on")


# --- in sentences


def _said(basis: Basis, shown: Sequence[Viewpoint]) -> Iterator[str]:
    named = [
        _(
            "%(says)s %(stand)s %(text)s",
            says=each.says,
            stand=lowered(each.stands),
            text=quoted(each.text),
        )
        for each in shown
        if each.code
    ]
    ways = in_small_words(len(shown))
    if len(named) == len(shown):
        yield _("People answer in %(ways)s ways here: %(named)s.", ways=ways, named=all_of(named))
    else:
        yield _("People answer in %(ways)s ways here.", ways=ways)
    if all(each.within and all(own.size for own in each.within) for each in shown):
        yield _("Each is held in both groups.")
    rest = basis.counted.raters - sum(each.size for each in shown)
    if rest >= basis.fewest:
        yield _("%(num)s people rated too few statements to be placed.", num=rest)


def _how(counted: CountedViewpoints) -> tuple[str, ...]:
    said = [_("Made from the ratings alone, without anybody’s role.")]
    if counted.stability is not None:
        said.append(
            _(
                "Looked for again %(times)s times with a fifth of the people left out, they come"
                " back alike: %(stability)s, where 0 is chance and 1 the very same.",
                times=SUBSAMPLES,
                stability=f"{counted.stability:.2f}",
            )
        )
    said.append(
        _(
            "A viewpoint is a way of answering, not a group of people: nobody is told which one"
            " they hold, or who else holds it."
        )
    )
    return tuple(said)


def _why_none(basis: Basis, state: str) -> str:
    fewest = in_small_words(FEWEST_HOLDERS)
    said = {
        "none": _(
            "No shared viewpoints can be found: no ways of answering are on opposite sides,"
            " are held by at least %(fewest)s people each, and are clearer than in shuffled"
            " answers.",
            fewest=fewest,
        ),
        "unstable": _(
            "Two or three viewpoints can be seen, but not the same ones when people are left out."
            " So none are shown."
        ),
        "across": _(
            "There are too few new answers to show viewpoints: beside the earlier round they would"
            " reveal the answers of fewer than %(fewest)s people.",
            fewest=fewest,
        ),
        "withheld": _(
            "Viewpoints can be seen, but showing them would reveal the answers of fewer than"
            " %(fewest)s people. So none are shown.",
            fewest=fewest,
        ),
    }
    return said.get(state) or _what_is_missing(basis)


def _what_is_missing(basis: Basis) -> str:
    """In numbers that the page has anyway; under five it says no more than that."""
    statements = sum(each.kind != "" for each in basis.statements.values())
    needed = _(
        "Viewpoints are looked for from %(people)s people and %(statements)s statements on.",
        people=FEWEST_RATERS,
        statements=in_small_words(FEWEST_STATEMENTS),
    )
    if basis.counted.raters >= FEWEST_RATERS and statements >= FEWEST_STATEMENTS:
        return _("%(needed)s Here too few people gave a rating to enough of them.", needed=needed)
    if basis.counted.raters < basis.fewest:
        return needed
    return _n(
        "%(needed)s Here %(people)s people answered %(count)s statement.",
        "%(needed)s Here %(people)s people answered %(count)s statements.",
        statements,
        needed=needed,
        people=basis.counted.raters,
        count=in_small_words(statements),
    )
