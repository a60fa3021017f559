"""What each of the busiest pages costs: statements, seconds of the processor, and bytes."""

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import event

from discussion.web.site import site
from tests.conftest import carry_session

READS = ("SELECT", "WITH")
OTHERS = ("BEGIN", "PRAGMA", "COMMIT")
TIMES = 15


@dataclass(frozen=True)
class Cost:
    """One page as one kind of reader asks for it."""

    page: str
    reader: str
    statements: int
    writes: int
    milliseconds: float  # of the processor, compressing included
    html: int
    compressed: int


def costs(app: Flask, addresses: Mapping[str, str], reader: str, token: str) -> list[Cost]:
    """Each page asked for by somebody; by whom, `reader` says, with a session's token or none."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement.split()[0].upper())

    engine = site(app).engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        return [_cost(app, page, path, reader, token, said) for page, path in addresses.items()]
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def _cost(app: Flask, page: str, path: str, reader: str, token: str, said: list[str]) -> Cost:
    client = app.test_client()
    if token:
        carry_session(client, token)
    packed = {"Accept-Encoding": "gzip"}
    for _ in range(2):  # templates are compiled, what is kept for long is kept
        client.get(path, headers=packed)
    spent = []
    for _ in range(TIMES):
        said.clear()
        began = time.process_time()
        answered = client.get(path, headers=packed)
        spent.append(time.process_time() - began)
    if answered.status_code != 200:
        raise RuntimeError(f"{path} answered {answered.status_code}")
    html = gzip.decompress(answered.data)
    return Cost(
        page,
        reader,
        sum(word in READS for word in said),
        sum(word not in READS + OTHERS for word in said),
        1000 * median(spent),
        len(html),
        len(answered.data),
    )
