"""What the site loads while it starts: nothing that only some of the work needs."""

import ast
from collections.abc import Iterator
from itertools import accumulate

from discussion.later import LIBRARIES
from tests.architecture.reading import Module, modules

LATER = (
    "is loaded by its first use, so that no start and no command waits for it; see "
    "discussion/later.py. Loaded with the site by:"
)


def test_the_site_starts_without_libraries_that_only_some_work_needs() -> None:
    """Every import at the head of what `discussion.app` leads to is followed."""
    by_name = {module.name: module for module in modules()}
    seen, waiting = set[str](), ["discussion.app"]
    wrong = []
    while waiting:
        name = waiting.pop()
        if name in seen or name not in by_name:
            continue
        seen.add(name)
        for target in _at_the_head(by_name[name]):
            library = target.partition(".")[0]
            if library in LIBRARIES:
                wrong.append(f"{library} {LATER} {by_name[name].place}")
            waiting += accumulate(target.split("."), "{}.{}".format)
    assert len(seen) > 300, "what the site loads was not found"
    assert not wrong, "\n".join(wrong)


def _at_the_head(module: Module) -> Iterator[str]:
    """What is imported as soon as the module is: not within functions, nor for the type checker."""
    waiting: list[ast.AST] = [*module.tree.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.With):
            waiting += node.body
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
            waiting += [*node.body, *node.orelse]
