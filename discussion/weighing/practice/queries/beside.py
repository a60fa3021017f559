"""Leaders beside staff, and unit beside unit, as far as groups may be shown."""

from collections.abc import Mapping, Sequence

from discussion.analysis.practice import find_middle
from discussion.analysis.practice_groups import Beside, Compared, Group
from discussion.language import _, _n
from discussion.weighing.practice import words_mirror as words
from discussion.weighing.practice.queries.asked import Asked
from discussion.weighing.practice.queries.drawing import draw_bell
from discussion.weighing.practice.queries.mirroring import ROLES
from discussion.weighing.practice.shapes_mirror import BesidePart, BesideRow, Track

FEW_ROWS = 3


def roles_part(asked: Asked) -> BesidePart:
    """Leaders beside staff in what is practised; says once why where it cannot be."""
    groups = {Group("role", role): str(asked.words.roles[role]) for role in ROLES}
    compared = {each.function: each for each in asked.held.roles}
    rows = [_role_row(asked, groups, each) for each in asked.held.roles]
    rows.sort(key=lambda row: (row.state != "apart", -abs(compared[row.slug].shift)))
    if not rows:
        says = _(
            "Leaders and staff cannot be shown beside each other: fewer than five of one of them"
            " answered, or the others’ answers would follow by subtraction."
        )
    else:
        apart = [row.name for row in rows if row.state == "apart"]
        alike = sum(row.state == "alike" for row in rows)
        says = _n(
            "Leaders and staff see the same organisation in %(alike)s of %(num)s function.",
            "Leaders and staff see the same organisation in %(alike)s of %(num)s functions.",
            len(rows),
            alike=alike,
        )
        if apart:
            says += " " + _(
                "Over %(functions)s they do not.",
                functions=words.names([words.within(name) for name in apart]),
            )
        elif alike < len(rows):
            says += " " + _("In the others we cannot tell.")
    return BesidePart(
        _("Leaders beside staff"),
        _sizes(asked, groups),
        says,
        tuple(rows[:FEW_ROWS]),
        tuple(rows),
        _("Practice apart by, in steps"),
    )


def units_part(asked: Asked) -> BesidePart:
    """Units beside each other, where cells allow."""
    groups = {Group("unit", unit): unit for unit in asked.held.units}
    by_function: dict[str, list[Compared]] = {}
    for each in asked.held.beside:
        by_function.setdefault(each.function, []).append(each)
    rows = [_unit_row(asked, groups, slug, each) for slug, each in by_function.items()]
    widest = {slug: max(one.most for one in each) for slug, each in by_function.items()}
    rows.sort(key=lambda row: (row.state != "apart", -widest[row.slug]))
    return BesidePart(
        _("%(unit)s beside %(unit)s", unit=str(asked.words.unit)).capitalize(),
        _sizes(asked, groups),
        _units_say(asked, rows, widest),
        tuple(rows[:FEW_ROWS]),
        tuple(rows),
        _("Could be apart by, in steps"),
    )


def _units_say(asked: Asked, rows: Sequence[BesideRow], widest: Mapping[str, float]) -> str:
    units = str(asked.words.units)
    if not rows:
        return _(
            "No two %(units)s can be shown beside each other: five people of each have to answer,"
            " and nothing may follow of fewer by subtraction.",
            units=units,
        )
    apart = [row.name for row in rows if row.state == "apart"]
    if apart:
        return _(
            "Between %(units)s, practice is apart over %(functions)s.",
            units=units,
            functions=words.names([words.within(name) for name in apart]),
        )
    if all(row.state == "alike" for row in rows):
        return _("Between %(units)s no difference of a step is left open.", units=units)
    return _(
        "Between %(units)s, we cannot tell. With so few in each, two could lie as much as %(steps)s"
        " steps apart and we should not know.",
        units=units,
        steps=words.at_most(max(widest.values())),
    )


def _role_row(asked: Asked, groups: Mapping[Group, str], compared: Compared) -> BesideRow:
    name = asked.called[compared.function]
    if compared.state == "apart":
        towards = asked.words.organisation if compared.shift > 0 else asked.words.units
        says = _(
            "Staff put practice nearer to the %(towards)s than leaders do.", towards=str(towards)
        )
    elif compared.state == "alike":
        says = _("Leaders and staff answered alike.")
    else:
        says = _(
            "A difference of up to %(steps)s steps is not ruled out.",
            steps=words.at_most(compared.most),
        )
    return BesideRow(
        compared.function,
        name,
        compared.state,
        says,
        _tracks(asked, groups, compared.function),
        words.steps(compared.shift),
    )


def _unit_row(
    asked: Asked, groups: Mapping[Group, str], slug: str, compared: Sequence[Compared]
) -> BesideRow:
    apart = [each for each in compared if each.state == "apart"]
    most = max(each.most for each in compared)
    state: Beside = "cannot_tell"
    says = _("A difference of up to %(steps)s steps is not ruled out.", steps=words.at_most(most))
    if apart:
        state = "apart"
        says = words.names(
            [
                _("%(one)s and %(other)s are apart", one=each.first, other=each.second)
                for each in apart
            ]
        )
    elif all(each.state == "alike" for each in compared):
        state, says = "alike", _("All that are shown answered alike.")
    return BesideRow(
        slug,
        asked.called[slug],
        state,
        says,
        _tracks(asked, groups, slug),
        words.at_most(most),
    )


def _tracks(asked: Asked, groups: Mapping[Group, str], slug: str) -> tuple[Track, ...]:
    answers = asked.held.told[slug].answers
    found = []
    for group, name in groups.items():
        middle = find_middle(answers.get(group, ()))
        if middle is None:
            found.append(Track(name, None, _("not shown")))
        else:
            bell = draw_bell(f"{asked.called[slug]}, {name}", middle)
            said = words.stop_words(middle.practised_median, asked.stops)
            found.append(Track(name, bell, said))
    return tuple(found)


def _sizes(asked: Asked, groups: Mapping[Group, str]) -> str:
    sizes = asked.held.sizes
    return ", ".join(
        f"{name} {sizes[group]}" if group in sizes else _("%(name)s not shown", name=name)
        for group, name in groups.items()
    )
