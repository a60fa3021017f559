"""Promise 16: wings import downwards only; what differs by kind of writing lives in its adapter."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.architecture.reading import WINGS, Module, imports, modules, short, wing_of
from tests.architecture.still import DISPATCHES, MOST_PAIRS, UPWARDS

UP = (
    "Promise 16, wings import downwards only: ground < people < series < debate < weighing < "
    "oversight < reach < app. Move what you need down, or let the higher room register what the "
    "lower one asks for in wiring/, by a Protocol that stands in the lower one."
)
PAIRS = (
    "Promise 16: rooms of one wing may know each other where they must, and at most twelve pairs "
    "do. Let one of the two not know the other."
)
WEB = "Promise 16: the ground knows no room. Register in wiring/ what a page is to show."
LOST = (
    "A room's views and tasks are imported by app.py and wiring/later.py: add them to ROOMS or "
    "to everything_later, or nobody will ever see them done."
)
KINDS = (
    "Promise 17: what differs by kind of writing (position, response, thread, …) is asked of its "
    "adapter, the subject.py of its room. Add to the Subject protocol what you need to know."
)

# What wires everything together stands above all wings.
ABOVE = frozenset({"", "__main__", "app", "cli", "serving", "demonstration", "wiring"})
# The ground's two exceptions: they may import the models of rooms, and nothing else of them.
KNOW_MODELS = frozenset({"permissions", "migrations"})
# Where the words of kinds are something else than kinds of writing.
NOT_OF_WRITING = {
    "analysis": "arithmetic knows none",
    "findings": "keys of what a snapshot holds",
    "about": "the site's words and what it means by them",
}

# Lines in which such a word means something else: a module, and how the line begins.
MEANS_SOMETHING_ELSE = {
    ("positions.words", "{'evidence': _l('Evidence'), 'value'"): "what would change a mind",
    ("positions.words", "{'values': _l('The values'), 'evidence'"): "over what two people part",
    ("overview.queries.choosing", "KeptDraft.kind == 'position'"): "a draft, which is no writing",
    ("threads.words", "{'': _l('moderators’ order')"): "by what a thread is arranged",
    ("threads.queries.choosing", "{'value': _by_value"): "by what a thread is arranged",
    ("rights.words_copy", "{**{one.name: one.in_copy"): "fields of a copy of one's data",
    ("rights.queries.own.answers", "{'thread':"): "fields of a copy of one's data",
    ("rights.queries.own.written", "{'address':"): "fields of a copy of one's data",
    ("series.exchange", "name == 'values'"): "a section of a series file",
    ("series.operations.keeping", "'values' in copies"): "what a new series takes over",
    ("search.queries.facets", "{'kind': Reading"): "by what results are narrowed",
    ("search.queries.page", "{'kind': lambda"): "by what results are narrowed",
    ("rounds.forms_planning", "name != 'statements'"): "a field of a form",
}

# The kinds of writing, as they are named in rows and in addresses, and the rows that hold them.
WORDS = frozenset({
    "position", "positions", "response", "responses", "thread", "threads", "evidence", "statement",
    "statements", "value", "values", "person", "people",
})  # fmt: skip
MODELS = frozenset({"Position", "Response", "Thread", "EvidenceItem", "Statement", "ValueProposal"})


def test_wings_import_downwards_only() -> None:
    found = {
        f"{each.module.short} → {short(each.target)}"
        for module in modules()
        if module.room not in ABOVE
        for each in imports(module)
        if each.target.startswith("discussion.") and _is_upwards(module, each.target)
    }
    assert not found - UPWARDS, "\n".join([UP, *sorted(found - UPWARDS)])
    assert not UPWARDS - found, f"These no longer do: {sorted(UPWARDS - found)}"


def test_few_rooms_of_one_wing_know_each_other() -> None:
    knows = {
        (module.room, short(each.target).partition(".")[0])
        for module in modules()
        for each in imports(module)
        if each.target.startswith("discussion.")
    }
    pairs = {
        tuple(sorted(two))
        for two in knows
        if two[0] != two[1] and two[::-1] in knows and not KNOW_MODELS & set(two)
    }
    assert len(pairs) <= MOST_PAIRS, "\n".join([PAIRS, *(" ↔ ".join(two) for two in sorted(pairs))])


def test_every_page_and_every_task_of_a_room_is_wired() -> None:
    wiring = [module for module in modules() if module.short in ("app", "wiring.later")]
    assert len(wiring) == 2
    wired = {
        ".".join(short(each.target).split(".")[:2]) for module in wiring for each in imports(module)
    }
    drawers = {
        ".".join(module.short.split(".")[:2])
        for module in modules()
        if module.short.split(".")[1:2] in (["views"], ["tasks"])
    }
    assert drawers <= wired, "\n".join([LOST, *sorted(drawers - wired)])


def test_what_differs_by_kind_lives_in_adapters() -> None:
    found = Counter(module.short for module in modules() for _ in _dispatches(module))
    more = {place: times for place, times in found.items() if times > DISPATCHES.get(place, 0)}
    assert not more, "\n".join([KINDS, *(f"{place}: {times}" for place, times in more.items())])
    fewer = {place: found[place] for place in DISPATCHES if found[place] < DISPATCHES[place]}
    assert not fewer, f"These are fewer now, say so in tests/architecture/still.py: {fewer}"


def _is_upwards(module: Module, target: str) -> bool:
    """Whether the target stands in a higher wing, or in any wing above the ground."""
    there, parts = wing_of(target), short(target).split(".")
    if not there or (module.room in KNOW_MODELS and parts[1:2] == ["models"]):
        return False
    here = wing_of(module.name)
    return not here or WINGS.index(there) > WINGS.index(here)


def test_every_line_that_means_something_else_is_there() -> None:
    said = [
        (module.short, ast.unparse(node)) for module in modules() for node in _naming_kinds(module)
    ]
    stale = {
        (place, line)
        for place, line in MEANS_SOMETHING_ELSE
        if not any(here == place and one.startswith(line) for here, one in said)
    }
    assert not stale, f"Nothing begins so any more: {sorted(stale)}"


def _dispatches(module: Module) -> Iterator[ast.AST]:
    """Lines that name kinds of writing, and mean them."""
    lines = [line for place, line in MEANS_SOMETHING_ELSE if place == module.short]
    for node in _naming_kinds(module):
        if not lines or not ast.unparse(node).startswith(tuple(lines)):
            yield node


def _naming_kinds(module: Module) -> Iterator[ast.AST]:
    """Comparisons with a kind's name or row, and tables keyed by two or more of them."""
    if module.room in {*ABOVE, *KNOW_MODELS, *NOT_OF_WRITING, "subjects"} or module.short.endswith(
        ".subject"
    ):
        return
    for node in ast.walk(module.tree):
        match node:
            case ast.Dict():
                if sum(_names_a_kind(key) for key in node.keys if key is not None) >= 2:
                    yield node
            case ast.Compare():
                if any(_names_a_kind(one) for one in (node.left, *node.comparators)):
                    yield node
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, what]):
                if _names_a_kind(what):
                    yield node
            case ast.MatchValue() | ast.MatchClass():
                if _names_a_kind(node.value if isinstance(node, ast.MatchValue) else node.cls):
                    yield node


def _names_a_kind(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str(word)):
            return word in WORDS
        case ast.Name(id=name):
            return name in MODELS
        case ast.BinOp(left=left, right=right):
            return _names_a_kind(left) or _names_a_kind(right)
        case ast.Tuple(elts=parts):
            return any(map(_names_a_kind, parts))
    return False
