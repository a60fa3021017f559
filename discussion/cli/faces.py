"""docs/json.md: every page that is read as data, by the dataclasses that it is made of."""

import argparse
import ast
import inspect
import re
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from textwrap import dedent
from typing import Any, Union, get_args, get_origin, get_type_hints

from flask import Flask
from markupsafe import Markup

from discussion.cli.site import answer

Schema = dict[str, Any]
HEAD = """# Every page as JSON

Printed by `discussion faces` from the dataclasses themselves; a test says so when this page is old,
and asks each page whether it answers as it is described here. `make faces` writes it anew.

**How to ask.** Put `.json` behind the address of a page, or send `Accept: application/json`. Each
page says where its data is (`<link rel="alternate" type="application/json">`). What you may not
read is not there, whichever way you ask; signed in, you are told what the page tells you. Answers
to visitors carry an `ETag`: send it back in `If-None-Match`. Addresses in the data are paths on
the site.

**What goes wrong** is said as problem details (RFC 9457), `application/problem+json`: `type`,
`title`, `status`, `detail`, the `request_id` to quote when you write to us, and for a form
`errors`, each with its `field` and `detail`. A page that has no JSON answers 404 to `.json`, and
406 to `Accept`.

**As OpenAPI 3.1**: `discussion faces --json`. Before version 1.0 fields may be added, renamed or
dropped with any release; the list of changes says so.

**Types.** *text* is a string, and *html* a string of safe HTML; a *date* is `2026-11-30`, a
*moment* `2026-11-30T10:15:00+00:00`; *nothing* is `null`.
"""


def print_faces(typed: argparse.Namespace) -> None:
    """The page, or an OpenAPI document."""
    answer(typed, openapi(), "\n".join(faces_page()).rstrip())


def faces_page() -> Iterator[str]:
    """The lines of docs/json.md."""
    yield HEAD
    yield "## Pages\n"
    yield "| address | what it answers |\n|---|---|"
    for path, kinds in _paths():
        said = " or ".join(f"[{name_of(one)}](#{name_of(one).lower()})" for one in kinds)
        yield f"| `{path}.json` | {said} |"
    yield "\n## What stands in them\n"
    for kind in _all_kinds():
        yield f"### {name_of(kind)}\n"
        yield f"{_sentence(kind)}\n"
        yield "| field | type | |\n|---|---|---|"
        says = _comments(kind)
        for name, hint in _hints(kind).items():
            yield f"| `{name}` | {_in_words(hint)} | {says.get(name, '')} |"
        yield ""


def openapi() -> Schema:
    """The same as OpenAPI 3.1."""
    from discussion import __version__

    problem = {"type": "object", "required": ["type", "title", "status", "detail"]}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Discussion", "version": __version__},
        "paths": {f"{path}.json": {"get": _operation(path, kinds)} for path, kinds in _paths()},
        "components": {
            "schemas": {"Problem": problem}
            | {name_of(kind): schema_of(kind) for kind in _all_kinds()}
        },
    }


def _operation(path: str, kinds: tuple[type, ...]) -> Schema:
    answers = [_reference(one) for one in kinds]
    schema = answers[0] if len(answers) == 1 else {"anyOf": answers}
    refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "summary": _sentence(kinds[0]),
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"{(\w+)}", path)
        ],
        "responses": {
            "200": {"description": "The page", "content": {"application/json": {"schema": schema}}},
            "default": {"description": "Why not", "content": refused},
        },
    }


def schema_of(kind: type) -> Schema:
    """A dataclass as JSON Schema: what `plain_data` makes of it, and nothing else."""
    hints, says = _hints(kind), _comments(kind)
    told = {name: _schema(hint) for name, hint in hints.items()}
    for name, sentence in says.items():
        if name in told and sentence:
            told[name] = {**told[name], "description": sentence}
    return {
        "type": "object",
        "description": _sentence(kind),
        "properties": told,
        "required": sorted(told),
        "additionalProperties": False,
    }


def _schema(hint: Any) -> Schema:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(one) for one in args]}
    if hint is type(None):
        return {"type": "null"}
    if is_dataclass(hint) and isinstance(hint, type):
        return _reference(hint)
    if origin is tuple and args[-1:] != (Ellipsis,):
        return {"type": "array", "prefixItems": [_schema(one) for one in args]}
    if _is_list(hint):
        return {"type": "array", "items": _schema(args[0]) if args else {}}
    if _is_mapping(hint):
        return {"type": "object", "additionalProperties": _schema(args[1]) if args else {}}
    plain = {bool: "boolean", int: "integer", float: "number"}
    if hint in plain:
        return {"type": plain[hint]}
    return {} if hint in (Any, object) else {"type": "string"}


def _reference(kind: type) -> Schema:
    return {"$ref": f"#/components/schemas/{name_of(kind)}"}


def _in_words(hint: Any) -> str:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(_in_words(one) for one in args)
    if hint is type(None):
        return "nothing"
    if is_dataclass(hint) and isinstance(hint, type):
        return f"[{name_of(hint)}](#{name_of(hint).lower()})"
    if origin is tuple and args[-1:] != (Ellipsis,):
        return "list of " + ", ".join(_in_words(one) for one in args)
    if _is_list(hint):
        return f"list of {_in_words(args[0])}" if args else "list"
    if _is_mapping(hint):
        return f"object of {_in_words(args[1])}" if args else "object"
    words = {bool: "yes or no", int: "whole number", float: "number", Markup: "html", date: "date",
             datetime: "moment"}  # fmt: skip
    return words.get(hint, "anything" if hint in (Any, object) else "text")


def _is_list(hint: Any) -> bool:
    origin = get_origin(hint) or hint
    is_class = isinstance(origin, type) and not issubclass(origin, str | Mapping)
    return is_class and hasattr(origin, "__iter__") and not is_dataclass(origin)


def _is_mapping(hint: Any) -> bool:
    origin = get_origin(hint) or hint
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _paths() -> list[tuple[str, tuple[type, ...]]]:
    """Every address, with what stands for its parts in braces, and what it answers."""
    from discussion.wiring.faces import FACES

    rules = {rule.endpoint: rule.rule for rule in _app().url_map.iter_rules()}
    found = [
        (re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rules[endpoint]), kinds)
        for endpoint, kinds in FACES.items()
    ]
    return sorted(found, key=lambda one: one[0])


@cache
def _app() -> Flask:
    """With every room's addresses, and nothing else: it is asked for them alone."""
    from discussion.app import ROOMS

    app = Flask("discussion")
    for room in ROOMS:
        app.register_blueprint(room)
    return app


@cache
def _all_kinds() -> tuple[type, ...]:
    """Every dataclass that any page is made of, by name."""
    found: dict[type, None] = {}

    def look(hint: Any) -> None:
        if is_dataclass(hint) and isinstance(hint, type):
            if hint in found:
                return
            found[hint] = None
            for inner in _hints(hint).values():
                look(inner)
        for inner in get_args(hint):
            look(inner)

    for _path, kinds in _paths():
        for kind in kinds:
            look(kind)
    return tuple(sorted(found, key=lambda one: (one.__name__, one.__module__)))


def name_of(kind: type) -> str:
    """Its own name; where two rooms have one of that name, its room's before it."""
    twins = [one for one in _names().get(kind.__name__, ()) if one != kind.__module__]
    if not twins:
        return kind.__name__
    parts = [part for part in kind.__module__.split(".") if part not in _OF_NO_ROOM]
    return "".join(part.title().replace("_", "") for part in parts[1:]) + kind.__name__


_OF_NO_ROOM = frozenset({"discussion", "queries", "shapes", "views", "page", "pages"})


@cache
def _names() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind in _all_kinds():
        found.setdefault(kind.__name__, set()).add(kind.__module__)
    return found


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Its fields in their order, each with its type."""
    around = dict(vars(sys.modules[kind.__module__]))
    hints = get_type_hints(kind, around)
    return {one.name: hints[one.name] for one in fields(kind)}


def _sentence(kind: type) -> str:
    """The first paragraph of its docstring; nothing where the machine wrote it."""
    said = inspect.getdoc(kind) or ""
    if said.startswith(f"{kind.__name__}("):
        return ""
    return " ".join(said.split("\n\n")[0].split())


@cache
def _comments(kind: type) -> dict[str, str]:
    """What stands behind each field in the source, its base classes' among them."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if not is_dataclass(base):
            continue
        lines = dedent(inspect.getsource(base)).splitlines()
        (made,) = ast.parse("\n".join(lines)).body
        assert isinstance(made, ast.ClassDef)
        for line in made.body:
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                behind = lines[(line.end_lineno or line.lineno) - 1][line.end_col_offset or 0 :]
                said = behind.partition("#")[2].strip()
                found[line.target.id] = said.replace("|", "\\|").replace("<", "&lt;")
    return found
