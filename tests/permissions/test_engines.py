"""What search engines are told at every address: of what is not listed, to leave it out."""

from collections.abc import Iterator
from typing import Any

from flask import Flask

from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.permissions.addresses import Address, addresses, speaks_in_fragments
from tests.permissions.world import World

ALWAYS = (
    "sharing.thread",
    "sharing.position",
    "sharing.finding",
    "sharing.publication",
    "search.",
)  # cards, and what was looked for
FACES: tuple[dict[str, str], ...] = ({}, {"X-Fragment": "1"})


def test_every_address_of_what_is_not_listed_is_left_out_and_no_other_is(
    walked: Flask, world: World
) -> None:
    """One of each kind for each series, in each face, as somebody who may read the most."""
    clients = [walked.test_client(), sign_in(walked.test_client(), world.people["m"])]
    told: dict[tuple[str, str], str | None] = {}
    for address, series in _one_of_each(walked, world):
        endpoint = str(address.rule.endpoint)
        for headers in FACES[: 1 + speaks_in_fragments(walked, endpoint)]:
            for client in clients:
                answered = client.get(address.path(walked), headers=headers)
                if answered.status_code == 200 and not endpoint.startswith(ALWAYS):
                    where = (address.path(walked), series.visibility)
                    told[where] = answered.headers.get("X-Robots-Tag")
    wrong = {
        path: said
        for (path, visibility), said in told.items()
        if said != (None if visibility == "public" else "noindex")
    }
    assert not wrong, "\n".join(f"{path} {said}" for path, said in wrong.items())
    assert len(told) > 250
    assert {visibility for _path, visibility in told} == {"public", "unlisted", "members"}


def _one_of_each(app: Flask, world: World) -> Iterator[tuple[Address, Series]]:
    seen = set()
    for address in addresses(app, world, "GET"):
        series = next((found for one in address.subjects if (found := _series_of(one))), None)
        key = (address.rule.rule, series.id if series is not None else 0)
        if series is not None and key not in seen and address.path(app).startswith("/"):
            seen.add(key)
            yield address, series


def _series_of(row: Any) -> Series | None:
    while row is not None and not isinstance(row, Series):
        row = next(
            (
                found
                for name in ("series", "thread", "position", "question")
                if (found := getattr(row, name, None)) is not None
            ),
            None,
        )
    return row
