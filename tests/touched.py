"""`make test-quick`: the tests that stand nearest to what was changed, within a minute.

Nearest first: tests that were changed themselves, those of the rooms that were changed, and those
that import a changed file. On SQLite only, without browsers and processes. It says what it left
out; only `make test` tells that all is well.
"""

import ast
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECONDS = 40.0  # then no new test is begun; starting and ending take the rest of the minute
ALWAYS = ("tests/test_ground.py", "tests/architecture/test_homes.py",
          "tests/architecture/test_heights.py")  # fmt: skip
ARCHITECTURE = {
    ".html": "tests/architecture/test_templates.py",
    ".md": "tests/architecture/test_documents.py",
    ".css": "tests/architecture/test_contrast.py",
}
LEFT_OUT = (
    "Left out: PostgreSQL, browsers, processes of their own, and {others} of {all} files of tests,"
    " which are further from what was changed."
)


def changed_files() -> list[str]:
    """What differs from the branch `main`, or on it from the last commit; new files too."""
    here = _git("rev-parse", "--abbrev-ref", "HEAD")
    since = _git("merge-base", "HEAD", "main") if here != ["main"] else []
    new = _git("ls-files", "--others", "--exclude-standard")
    return sorted({*_git("diff", "--name-only", (since or ["HEAD"])[0]), *new})


def nearest(changed: Iterable[str], tests: Iterable[str]) -> list[str]:
    """The files of tests that a change may break first, nearest first."""
    changed, tests = list(changed), list(tests)
    rooms = {room for one in changed if (room := room_of(one))}
    names = {name_of(one) for one in changed if one.endswith(".py")}
    own = [one for one in tests if one in changed]
    beside = [one for one in tests if room_of(one) in rooms]
    importing = [one for one in tests if names & imported_by(one)]
    by_kind = [ARCHITECTURE[kind] for one in changed if (kind := Path(one).suffix) in ARCHITECTURE]
    ordered = dict.fromkeys([*own, *by_kind, *_likest(beside, changed), *importing, *ALWAYS])
    return [one for one in ordered if one in tests]


def room_of(path: str) -> str:
    """`threads` for all that stands in its folders of code, templates, styles and tests."""
    parts = Path(path).parts
    if parts[:1] not in (("discussion",), ("tests",), ("templates",), ("static",)):
        return ""
    inner = [one for one in parts[1:-1] if one not in ("css", "js")]
    if parts[0] == "static" and parts[-1].endswith(".css"):
        return Path(path).stem
    return inner[1] if len(inner) > 1 and inner[0] in _wings() else "".join(inner[:1])


def name_of(path: str) -> str:
    """As it is imported: `discussion.db` for discussion/db.py."""
    parts = Path(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported_by(path: str) -> frozenset[str]:
    """The modules that a file imports, and those of which it may import a part."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(_imported(tree))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def _likest(tests: list[str], changed: list[str]) -> list[str]:
    """Those whose name says the name of a changed file come first."""
    words = {Path(one).stem.removeprefix("test_") for one in changed}
    return sorted(tests, key=lambda one: not any(word in Path(one).stem for word in words))


@cache
def _wings() -> frozenset[str]:
    """The folders of rooms; a room has a doorplate and drawers, a wing only rooms."""
    package = ROOT / "discussion"
    return frozenset(one.parent.parent.name for one in package.glob("*/*/models.py"))


def _git(*words: str) -> list[str]:
    said = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return said.stdout.split("\n")[:-1] if said.returncode == 0 else []


class Within:
    """Begins no new test once the time is over, and says how many were begun."""

    def __init__(self) -> None:
        self._until, self._begun = time.monotonic() + SECONDS, set[str]()

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._begun.add(report.nodeid)

    @pytest.hookimpl
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        if nextitem is not None and time.monotonic() > self._until:
            left = len(item.session.items) - len(self._begun)
            item.session.shouldstop = f"the minute is over: {left} of the chosen tests were not run"


def main() -> int:
    changed = changed_files()
    tests = sorted(str(one.relative_to(ROOT)) for one in (ROOT / "tests").rglob("test_*.py"))
    chosen = nearest(changed, tests)
    print(f"{len(changed)} files were changed; {len(chosen)} files of tests stand near them.")
    options = ["-q", "-p", "no:cacheprovider", "-m", "not browser and not slow"]
    code = pytest.main([*options, "-k", "not postgresql", *chosen], plugins=[Within()])
    print(LEFT_OUT.format(others=len(tests) - len(chosen), all=len(tests)))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
