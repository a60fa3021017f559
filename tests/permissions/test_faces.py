"""Every page that a visitor is given as data answers as docs/json.md describes it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from discussion.cli.faces import faces_page, openapi
from discussion.wiring.faces import FACES
from tests.architecture.reading import root
from tests.permissions.addresses import addresses
from tests.permissions.world import World

CURE = "FACES of discussion/wiring/faces.py does not say what a visitor is given at:"
OLD = "docs/json.md is not what the dataclasses say: run `make faces`"
# Doors and forms, which hold nothing but what their sender types, and what is JSON as it is.
LEFT_OUT = (
    "accounts.", "rights.", "reports.", "mail.", "positions.write", "responses.respond",
    "evidence.find", "pictures.manifest", "publications.file",
    "sharing.findings_cited", "sharing.item_cited", "sharing.position_cited",
    "sharing.publication_cited", "sharing.thread_cited",
)  # fmt: skip


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    found: dict[str, Any] = openapi()["components"]["schemas"]
    return found


def test_what_a_visitor_is_given_as_data_is_described_and_is_as_described(
    walked: Flask, world: World, schemas: dict[str, Any]
) -> None:
    from discussion.cli.faces import name_of

    visitor = walked.test_client()
    missing: set[str] = set()
    seen: set[str] = set()
    wrong: list[tuple[str, list[str]]] = []
    for address in addresses(walked, world, "GET"):
        endpoint = address.rule.endpoint
        answered = visitor.get(address.path(walked) + ".json")
        if answered.status_code != 200 or endpoint.startswith(LEFT_OUT):
            continue
        kinds = FACES.get(endpoint)
        if kinds is None:
            missing.add(endpoint)
            continue
        seen.add(endpoint)
        found = [list(_wrong(answered.get_json(), schemas[name_of(one)], schemas)) for one in kinds]
        if all(found):
            wrong.append((address.path(walked), found[0][:3]))
    assert not missing, "\n".join([CURE, *sorted(missing)])
    assert not wrong
    assert len(seen) > 30, seen


def test_the_document_is_as_the_dataclasses_are() -> None:
    assert (root() / "docs/json.md").read_text() == "\n".join(faces_page()).rstrip() + "\n", OLD


def test_what_is_described_can_be_referred_to(schemas: dict[str, Any]) -> None:
    described = openapi()
    used = {one.rpartition("/")[2] for one in _references(described)}
    assert used == set(schemas)
    assert len(described["paths"]) == len(FACES)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "null": (type(None),), "array": (list,), "object": (dict,),
}  # fmt: skip


def _wrong(
    value: Any, schema: dict[str, Any], schemas: dict[str, Any], at: str = ""
) -> Iterator[str]:
    """Where a value differs from what a schema says, in the words of JSON Schema that we use."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        tried = [list(_wrong(value, one, schemas, at)) for one in schema["anyOf"]]
        yield from min(tried, key=len)
        return
    kind = schema.get("type")
    if kind is None:
        return
    if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{at}: {value!r} is no {kind}"
    elif isinstance(value, list):
        inner = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        if len(inner) != len(value):
            yield f"{at}: {len(value)} of {len(inner)}"
        for number, (one, says) in enumerate(zip(value, inner, strict=False)):
            yield from _wrong(one, says, schemas, f"{at}/{number}")
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{at}: lacks {name}" for name in set(schema.get("required", ())) - set(value))
        for name, one in value.items():
            more = known.get(name, schema.get("additionalProperties", {}))
            if more is False:
                yield f"{at}: {name} is not described"
            else:
                yield from _wrong(one, more, schemas, f"{at}/{name}")
