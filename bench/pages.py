"""What each of the busiest pages costs: statements, and bytes as they are and compressed."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event

from discussion.web.site import site

READS = ("SELECT", "WITH")
OTHERS = ("BEGIN", "PRAGMA")


@dataclass(frozen=True)
class Cost:
    page: str
    statements: int
    writes: int
    html: int
    compressed: int


def costs(app: Flask, addresses: Mapping[str, str]) -> list[Cost]:
    """Each page asked for the first time by somebody signed out."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement.split()[0].upper())

    event.listen(site(app).engine, "before_cursor_execute", listen)
    found = []
    for page, path in addresses.items():
        app.test_client().get(path)  # templates are compiled, fragments are rendered
        said.clear()
        answered = app.test_client().get(path + "?again=1")
        if answered.status_code != 200:
            raise RuntimeError(f"{path} answered {answered.status_code}")
        found.append(
            Cost(
                page,
                sum(word in READS for word in said),
                sum(word not in READS + OTHERS for word in said),
                len(answered.data),
                len(gzip.compress(answered.data, 6)),
            )
        )
    return found
