"""A test whose assertions all stand in a loop proves nothing where that goes through nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CURE = (
    "Its assertions stand only in a loop over what may be empty: say before it how many there are,"
    " such as `assert len(found) == 3`, or `assert found`."
)
SAME_LENGTH = {"enumerate", "list", "reversed", "set", "sorted", "tuple"}
ALL_OF_THEM = {"pairwise", "product", "range", "zip"}


def test_assertions_that_stand_only_in_a_loop_say_how_many_they_are() -> None:
    files = sorted(TESTS.rglob("test_*.py"))
    empty = [
        f"{file.relative_to(TESTS)}: {one.name}"
        for file in files
        for one in _tests(file.read_text())
        if proves_nothing(one)
    ]
    assert len(files) > 200
    assert empty == [], CURE


@pytest.mark.parametrize(
    ("loop", "is_refused"),
    [
        ("for one in found():", True),
        ("for one in sorted(found().items()):", True),
        ("while more():", True),
        ("for one in (1, 2):", False),
        ("for one in ():", True),
        ("for one in KNOWN:", False),
        ("for one in KNOWN.values():", False),
        ("for one in zip(KNOWN, found()):", True),
        ("for one in given:", False),
        ("for one in read:", True),
    ],
)
def test_what_may_be_empty_is_known(loop: str, is_refused: bool) -> None:
    source = (
        f"def test_it():\n    given = [1]\n    read = found()\n    {loop}\n        assert one\n"
    )
    (test,) = _tests(source)
    assert proves_nothing(test) is is_refused
    (counted,) = _tests(source.replace("    read =", "    assert len(found()) == 2\n    read ="))
    assert not proves_nothing(counted)


def proves_nothing(test: ast.FunctionDef) -> bool:
    """Whether every assertion stands in a loop that may go through nothing at all."""
    around = list(_loops_of_assertions(test, None))
    given = {
        target.id: one.value
        for one in ast.walk(test)
        if isinstance(one, ast.Assign | ast.AnnAssign) and one.value is not None
        for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
        if isinstance(target, ast.Name)
    }
    return bool(around) and all(
        loop is not None and (isinstance(loop, ast.While) or _may_be_empty(loop.iter, given))
        for loop in around
    )


def _tests(source: str) -> list[ast.FunctionDef]:
    return [
        one
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    ]


def _loops_of_assertions(
    node: ast.AST, loop: ast.For | ast.While | None
) -> Iterator[ast.For | ast.While | None]:
    """For each assertion the outermost loop in which it stands."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        within = loop
        if loop is None and isinstance(child, ast.For | ast.While):
            within = child
        if _asserts(child):
            yield within
        yield from _loops_of_assertions(child, within)


def _asserts(node: ast.AST) -> bool:
    is_raises = isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.raises"
    return isinstance(node, ast.Assert) or is_raises


def _may_be_empty(of: ast.expr, given: dict[str, ast.expr]) -> bool:
    match of:
        case ast.Tuple() | ast.List() | ast.Set():
            return not of.elts
        case ast.Dict():
            return not of.keys
        case ast.Constant():
            return not of.value
        case ast.Name() if of.id in given:
            rest = {name: value for name, value in given.items() if name != of.id}
            return _may_be_empty(given[of.id], rest)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return not name.isupper()  # a table that is written out
        case ast.Subscript():
            return _may_be_empty(of.value, given)
        case ast.BinOp():
            return _may_be_empty(of.left, given) and _may_be_empty(of.right, given)
        case ast.Call(func=ast.Attribute(attr="items" | "keys" | "values", value=table)):
            return _may_be_empty(table, given)
        case ast.Call(func=ast.Name(id=name)) if name in SAME_LENGTH | ALL_OF_THEM:
            parts = of.args[:1] if name in SAME_LENGTH else of.args
            return any(_may_be_empty(one, given) for one in parts if not _is_nought(one))
    return True


def _is_nought(of: ast.expr) -> bool:
    """The beginning of a range."""
    return isinstance(of, ast.Constant) and of.value == 0
