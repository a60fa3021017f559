"""Promise 1: down, never up; sideways without circles; views never import views."""

from collections import defaultdict

from tests.architecture.heights import DRAWERS, PLACES, height_of, is_doorplate
from tests.architecture.reading import Import, Module, imports, modules, short

UP = (
    "Promise 1, down, never up: a drawer may reach into any drawer at its own height or lower. "
    "Move what you need down (a query, a word, a fact), or call from higher up. See ARCHITECTURE.md"
)
CIRCLE = (
    "Promise 1, sideways without circles: files of two rooms at one height reach into each other. "
    "Let one not know the other: move the shared piece to the room it is about, or lower."
)
VIEWS = (
    "Promise 1: views never import views. Share through web/, a query or an operation; link with "
    "url_for."
)
NO_HEIGHT = (
    "is in no drawer. Give the file the name of one "
    f"({', '.join(DRAWERS)}), or say its height in tests/architecture/heights.py."
)


def test_every_module_stands_at_a_height() -> None:
    lost = [
        f"{module.place} {NO_HEIGHT}"
        for module in modules()
        if height_of(module.name) is None and not is_doorplate(module)
    ]
    assert not lost, "\n".join(lost)


def test_imports_go_down_and_never_up() -> None:
    wrong = [
        f"{each}: from height {mine} to height {theirs}"
        for each in _ours()
        if (mine := height_of(each.module.name)) is not None
        and (theirs := height_of(each.target)) is not None
        and theirs > mine
    ]
    assert not wrong, "\n".join([UP, *wrong])


def test_files_at_one_height_do_not_go_round_in_circles() -> None:
    edges: dict[str, dict[str, Import]] = defaultdict(dict)
    for each in _ours():
        here, there = each.module.name, each.target
        is_level = height_of(here) == height_of(there) is not None
        if is_level and each.module.room != _room(there):
            edges[here].setdefault(there, each)
    for each in _ours():  # within a room, files may lean on each other: the circle runs through
        if each.module.room == _room(each.target) and not _is_folder(each.module):
            edges[each.module.name].setdefault(each.target, each)
    wrong = [
        str(edge)
        for here, others in edges.items()
        for there, edge in others.items()
        if edge.module.room != _room(there) and _leads(edges, there, here)
    ]
    assert not wrong, "\n".join([CIRCLE, *wrong])


def test_views_never_import_views() -> None:
    wrong = [
        str(each)
        for each in _ours()
        if _drawer(each.module.name) == "views" == _drawer(each.target)
        and each.module.room != _room(each.target)
    ]
    assert not wrong, "\n".join([VIEWS, *wrong])


def test_no_height_is_kept_for_a_module_that_is_gone() -> None:
    names = {module.short for module in modules()}
    later = {"api", "feeds"}  # rooms that come with later issues
    assert not {place for place in PLACES if place not in names} - later


def _ours() -> list[Import]:
    return [
        each
        for module in modules()
        if not is_doorplate(module) or _is_whole(module)
        for each in imports(module)
        if each.target.split(".")[0] == "discussion"
    ]


def _is_whole(module: Module) -> bool:
    """A doorplate of a room of one height gives out what is inside; others must not import."""
    return module.short in PLACES


def _is_folder(module: Module) -> bool:
    """The __init__ of a folder gives out what its files hold, and is looked through."""
    return module.path.name == "__init__.py"


def _leads(edges: dict[str, dict[str, Import]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for after in edges.get(waiting.pop(), {}):
            if after == goal:
                return True
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return False


def _room(name: str) -> str:
    return short(name).partition(".")[0]


def _drawer(name: str) -> str:
    parts = short(name).split(".")
    return parts[1] if len(parts) > 1 else ""
