"""Promise 14: typed from the first line, and what belongs together travels together."""

import ast

from tests.architecture.reading import modules

MOST = 8  # with `self`, `*args` and `**more`
CURE = (
    f"Promise 14: a function takes at most {MOST} parameters. What belongs together becomes one "
    "frozen dataclass (a draft of its form, a shape): "
)


def test_no_function_takes_many_parameters() -> None:
    wrong = [
        f"{module.place}:{node.lineno} {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _count(node) > MOST
    ]
    assert not wrong, "\n".join([CURE, *wrong])


def _count(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = function.args
    named = (*given.posonlyargs, *given.args, *given.kwonlyargs)
    return len(named) + (given.vararg is not None) + (given.kwarg is not None)
