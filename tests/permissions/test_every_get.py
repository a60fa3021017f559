"""Every page in every face, for everybody: what they may not read does not exist, nor its words."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.weighing.rounds.models import Round
from tests.conftest import sign_in
from tests.permissions.addresses import Address, addresses, speaks_in_fragments
from tests.permissions.people import LETTERS
from tests.permissions.world import MARK, World

RIGHTS: dict[type[Any], May] = {
    Series: May.READ_SERIES,
    Thread: May.READ_THREAD,
    Position: May.READ_POSITION,
    Response: May.READ_RESPONSE,
    EvidenceItem: May.READ_ITEM,
    Decision: May.READ_STATEMENT,
    Round: May.READ_ROUND,
}
FACES: dict[str, tuple[str, dict[str, str]]] = {
    "page": ("", {}),
    "json": (".json", {}),
    "fragment": ("", {"X-Fragment": "1"}),
}
OWN_LISTS = (
    "positions.mine",
    "reports.own",
)  # what one wrote stays in one's own list whatever became of it
WORDS = re.compile(rf"{MARK}\d{{4}}w")


@pytest.mark.parametrize("letter", LETTERS)
def test_nobody_reads_what_is_not_for_them(
    walked: Flask, world: World, viewers: dict[str, Viewer | None], letter: str
) -> None:
    who = viewers[letter]
    client = walked.test_client()
    if letter != "v":
        sign_in(client, world.people[letter])
    may_read = {word: rule(who) for word, rule in world.marks.items()}
    wrong = []
    for address in addresses(walked, world, "GET"):
        is_hidden = any(not allowed(who, RIGHTS[type(row)], row) for row in address.subjects)
        for face, (suffix, headers) in FACES.items():
            if headers and not speaks_in_fragments(walked, str(address.rule.endpoint)):
                continue
            path = address.path(walked) + suffix
            answered = client.get(path, headers=headers)
            if is_hidden and not _is_nothing(client, address, answered, walked, suffix, headers):
                wrong.append(f"{answered.status_code} instead of 404: {face} of {_say(address)}")
            leaked = {word for word in WORDS.findall(answered.text) if not may_read[word]}
            if address.rule.endpoint in OWN_LISTS and who is not None:
                leaked -= {word for word in leaked if who.person_id in world.own.get(word, ())}
            if leaked:
                wrong.append(f"{sorted(leaked)} in the {face} of {_say(address)}")
            if answered.status_code >= 500:
                wrong.append(f"{answered.status_code}: {face} of {_say(address)}")
    assert not wrong, f"{len(wrong)} for {letter}:\n" + "\n".join(wrong[:30])


def test_the_walk_meets_every_word(
    walked: Flask, world: World, viewers: dict[str, Viewer | None]
) -> None:
    """Words that nobody meets anywhere would prove nothing."""
    met: set[str] = set()
    for letter in "kxo":
        client = sign_in(walked.test_client(), world.people[letter])
        for address in addresses(walked, world, "GET"):
            met |= set(WORDS.findall(client.get(address.path(walked)).text))
    names = {person.display_name for person in world.people.values()}
    missed = set(world.marks) - met - names - world.never
    assert not missed, sorted(missed)


def test_an_address_that_was_copied_badly_tells_nothing_of_what_there_is(
    walked: Flask, world: World
) -> None:
    """Whatever became of it, and whether there ever was such a thing, it leads on alike."""
    client = walked.test_client()
    outcomes: dict[str, set[tuple[int, bool]]] = {}
    for address in addresses(walked, world, "GET"):
        for each in (address, _absent(address)):
            path = each.path(walked)
            for asked in (f"{path}.", f"/{path[1:].upper()}"):
                if path.startswith("/dev/") or path == "/":
                    continue
                answered = client.get(asked)
                seen = (answered.status_code, answered.location == path)
                outcomes.setdefault(f"{address.rule.rule} {asked[-1] == '.'}", set()).add(seen)
    told = {rule: found for rule, found in outcomes.items() if len(found) > 1}
    assert not told
    assert sum(found == {(308, True)} for found in outcomes.values()) > len(outcomes) / 2


def _absent(address: Address) -> Address:
    """The same, of something that was never there."""
    absent = {name: "bcdfghjkmn" if isinstance(value, str) and name != "kind" else value
              for name, value in address.values.items()}  # fmt: skip
    return Address(address.rule, absent, ())


def _is_nothing(
    client: FlaskClient,
    address: Address,
    answered: Any,
    app: Flask,
    suffix: str,
    headers: dict[str, str],
) -> bool:
    """404, or word for word what is said of something that was never there."""
    if answered.status_code == 404:
        return True
    try:
        nothing = client.get(_absent(address).path(app) + suffix, headers=headers)
    except Exception:
        return False
    return (nothing.status_code, nothing.location is None) == (
        answered.status_code,
        answered.location is None,
    ) and answered.status_code in (303, 401, 403)


def _say(address: Address) -> str:
    states = [
        f"{type(row).__name__} {getattr(row, 'state', getattr(row, 'stage', ''))}"
        f"{' hidden' if getattr(row, 'is_hidden', False) else ''}"
        f" in {_series_of(row).status}/{_series_of(row).visibility}"
        for row in address.subjects
    ]
    return f"{address.rule.rule} ({address.rule.endpoint}; {', '.join(states)})"


def _series_of(row: Any) -> Series:
    from discussion.permissions.facts import series_of

    return series_of(row)
