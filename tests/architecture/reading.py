"""Reads the project's own sources: modules, what they import, and templates.

Nothing of the application is imported, so that what is wrong with it can be said even where it
cannot be. What is read stands in the checkout, or within `reading(root)` in a copy of it.
"""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_roots = [ROOT]  # the last is read

# From below to above: what a wing imports stands below it, or in the ground beneath them all.
WINGS = ("people", "series", "debate", "weighing", "oversight", "reach")


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    name: str  # discussion.debate.threads.views
    path: Path
    tree: ast.Module

    @property
    def short(self) -> str:
        """Its name from the room on: threads.views."""
        return short(self.name)

    @property
    def room(self) -> str:
        """The noun it belongs to; for a file at the top, its own name."""
        return self.short.partition(".")[0]

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return str(self.path.relative_to(root()))


@dataclass(frozen=True)
class Import:
    """One name that a module takes from another."""

    module: Module
    target: str  # discussion.debate.threads.queries, or flask
    names: tuple[str, ...]
    line: int

    def __str__(self) -> str:
        return f"{self.module.place}:{self.line} imports {self.target}"


def root() -> Path:
    """The checkout that is read, or a copy of it."""
    return _roots[-1]


@contextmanager
def reading(copy: Path) -> Iterator[None]:
    """Read a copy of the checkout, as it stands when this begins."""
    _roots.append(copy)
    _forget()
    try:
        yield
    finally:
        _roots.pop()
        _forget()


def _forget() -> None:
    for one in (modules, names_of_modules, given_out):
        one.cache_clear()


def short(name: str) -> str:
    """The name of a module of ours from its room on; the empty text for the package itself."""
    parts = name.split(".")[1:]
    return ".".join(parts[1:] if parts[:1] and parts[0] in WINGS and len(parts) > 1 else parts)


def wing_of(name: str) -> str:
    """The wing in which a module of ours stands; the empty text for the ground and the wiring."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in WINGS else ""


@cache
def modules() -> tuple[Module, ...]:
    """Every file of the package, but for the migrations, which are history."""
    found = []
    for path in sorted((root() / "discussion").rglob("*.py")):
        parts = path.relative_to(root()).with_suffix("").parts
        if "versions" in parts[:-1]:
            continue
        name = ".".join(part for part in parts if part != "__init__")
        found.append(Module(name, path, parsed(path.read_text(encoding="utf-8"))))
    return tuple(found)


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


@cache
def names_of_modules() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def imports(module: Module) -> Iterator[Import]:
    """What it imports anywhere, also within functions; not what only the type checker reads."""
    for node in _importing(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, (), node.lineno)
        elif node.module:
            yield from _taken(module, node)


def _taken(module: Module, node: ast.ImportFrom) -> Iterator[Import]:
    """`from discussion.web import errors` imports the module errors, not the room web."""
    source = node.module or ""
    plain = []
    for alias in node.names:
        if f"{source}.{alias.name}" in names_of_modules():
            yield Import(module, f"{source}.{alias.name}", (), node.lineno)
        elif (source, alias.name) in given_out():
            yield Import(module, given_out()[source, alias.name], (alias.name,), node.lineno)
        else:
            plain.append(alias.name)
    if plain:
        yield Import(module, source, tuple(plain), node.lineno)


@cache
def given_out() -> dict[tuple[str, str], str]:
    """What a folder gives out through its __init__: (folder, name) → the file that holds it."""
    found = {}
    for module in modules():
        if module.path.name != "__init__.py":
            continue
        for node in module.tree.body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module.name):
                for alias in node.names:
                    if f"{node.module}.{alias.name}" not in names_of_modules():
                        found[module.name, alias.name] = node.module or ""
    return found


@cache
def _importing(tree: ast.Module) -> tuple[ast.Import | ast.ImportFrom, ...]:
    return tuple(node for node in _walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _walk(node)


def templates() -> list[Path]:
    return sorted(path for path in (root() / "templates").rglob("*") if path.is_file())


def name_of(template: Path) -> str:
    """As other templates call it: threads/page.html."""
    return template.relative_to(root() / "templates").as_posix()
