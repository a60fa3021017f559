"""A series that is closed or archived takes nothing new, on any surface, and keeps what it had."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, update

from discussion.db import Base, session_for
from discussion.debate.composing.models import KeptDraft
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Part, Position, Response, ResponseText, Revision
from discussion.debate.threads.models import Thread
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from discussion.weighing.rounds.models import Rating
from tests.conftest import sign_in, words_of
from tests.permissions.addresses import addresses
from tests.permissions.test_every_post import FORMS
from tests.permissions.world import World

TAKEN: tuple[type[Base], ...] = (
    EvidenceItem, KeptDraft, Part, Position, Rating, Response, ResponseText, Revision, Thread,
    ValueProposal,
)  # fmt: skip
TYPED = "What nobody would want to type a second time."
FORM = FORMS["a full form"] | {
    "served-0-label": "A value that is missing", "text": TYPED, "reason": TYPED, "value": "4",
    "statement": "E1", "context": TYPED, "why": TYPED,
}  # fmt: skip
INVITES = re.compile(
    r'"(/positions/write/[^"]*|/positions/[^"]*/respond|/threads/propose/[^"]*|/evidence/[^"/]+/add"'
    r'|/rounds/[^"]*/rate[^"]*)'
)
ELSEWHERE = ("accounts.", "rights.", "about.", "mail_box.")
# what ends with the walk, or opens what it is about
NOT_WALKED = {"series.move", "series.load"}
# moderators' own work goes on: threads are split, statements drafted, values answered
MODERATORS_MAKE = {"threads.split", "threads.send_split"}


@pytest.fixture
def over(request: pytest.FixtureRequest, walked_engine: Engine, world: World) -> str:
    """Every series has ended."""
    with session_for(walked_engine, writes=True) as session:
        session.execute(update(Series).values(status=request.param))
        session.commit()
    return str(request.param)


def counted(engine: Engine) -> dict[str, int]:
    with session_for(engine, writes=False) as session:
        return {
            kind.__tablename__: session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in TAKEN
        }


@pytest.mark.parametrize(
    ("over", "letter", "do"),
    [("closed", "c", "publish"), ("archived", "c", "keep"), ("closed", "k", "keep"),
     ("archived", "k", "publish")],
    indirect=["over"],
)  # fmt: skip
def test_no_form_takes_anything(
    walked: Flask, walked_engine: Engine, world: World, over: str, letter: str, do: str
) -> None:
    client = sign_in(walked.test_client(), world.people[letter])
    before, wrong = counted(walked_engine), []
    for address in addresses(walked, world, "POST"):
        endpoint = str(address.rule.endpoint)
        if endpoint in NOT_WALKED or endpoint.startswith(ELSEWHERE):
            continue
        answered = client.post(address.path(walked), data=FORM | {"do": do})
        after = counted(walked_engine) if answered.status_code < 400 else before
        more = sorted(name for name in after if after[name] > before[name])
        if more and endpoint not in MODERATORS_MAKE:
            wrong.append(f"{more} by {endpoint} {address.values}: {answered.status_code}")
        if answered.status_code >= 500:
            wrong.append(f"{answered.status_code} from {endpoint} {address.values}")
        before = after
    assert not wrong, f"{len(wrong)} in a series that is {over}:\n" + "\n".join(wrong[:20])


@pytest.mark.parametrize("over", ["closed", "archived"], indirect=True)
@pytest.mark.parametrize(
    "path", ["/positions/write/{thread}", "/positions/{position}/respond",
             "/threads/propose/{series}", "/evidence/{series}/add"],
)  # fmt: skip
def test_what_was_typed_comes_back_with_the_reason(
    walked: Flask, world: World, over: str, path: str
) -> None:
    series = next(one for one in world.series if one.visibility != "members")
    thread = next(one for one in world.threads if one.series is series and not one.is_hidden)
    position = next(
        one for one in world.positions
        if one.thread is thread and one.state == "published" and one.author is not world.people["c"]
    )  # fmt: skip
    client = sign_in(walked.test_client(), world.people["c"])
    url = path.format(thread=thread.slug, position=position.public_id, series=series.slug)
    for do in ("publish", "keep"):
        page = client.post(url, data=FORM | {"do": do, "reasoning": TYPED, "summary": TYPED})
        assert page.status_code in (403, 422), (url, do)
        assert TYPED in page.text, (url, do)
        assert f"This series is {over}" in page.text or "This series is closed" in page.text
    assert not [
        button for button in ('value="publish"', 'value="keep"') if button in client.get(url).text
    ]


@pytest.mark.parametrize("over", ["closed"], indirect=True)
def test_no_page_invites_to_take_part(walked: Flask, world: World, over: str) -> None:
    """Of the addresses at which something new is begun, no page of an ended series leads to one."""
    wrong = set()
    client = sign_in(walked.test_client(), world.people["c"])
    for address in addresses(walked, world, "GET"):
        path = address.path(walked)
        if str(address.rule.endpoint).startswith(ELSEWHERE) or INVITES.search(f'"{path}"'):
            continue
        said = words_of(client.get(path))
        wrong |= {f"{found} from {path}" for found in INVITES.findall(said)}
    assert not wrong, "\n".join(sorted(wrong)[:30])
