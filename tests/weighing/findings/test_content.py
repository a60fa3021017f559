"""Snapshots of every schema that the site has kept: read, written again, and shown in their words.

In `kept/` stand snapshots as the site made them: of schema 1 before it kept what its stop rule
decided, and when it did; of schema 2 alone, beside an earlier round, and of imported answers; of
schema 3 alone, and beside an earlier round, with people compared with themselves.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.records import UnreadableError, dump
from discussion.weighing.findings.content.whole import CURRENT, SCHEMAS, read_content
from discussion.weighing.findings.models import FindingSnapshot
from tests.conftest import json_of
from tests.factories import NOW
from tests.weighing.findings.worlds import weighed

KEPT = sorted((Path(__file__).parent / "kept").glob("*.json"))
OVER_ENDS = (
    "People who differ here mostly differ over ends: “Pupils should be free to decide how they "
    "spend this time”. On the facts they are alike."
)
SAYS = {
    "schema-1-first": OVER_ENDS,
    "schema-1": OVER_ENDS,
    "schema-2": OVER_ENDS,
    "schema-2-beside-an-earlier-round": "There are too few new answers for separate results.",
    "schema-3": "Among 5 school leaders and 5 sixth-form teachers: they differ over an end",
    "schema-3-beside-an-earlier-round": "Among 20 sixth-form teachers and 15 school leaders:",
    "schema-2-imported": "People fall into 2 groups by how they answer.",
}


def kept(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def test_there_is_one_of_each_schema() -> None:
    assert {kept(path)["schema"] for path in KEPT} == set(SCHEMAS)
    assert {path.stem for path in KEPT} == set(SAYS)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_what_was_kept_is_read_and_written_as_it_was(path: Path) -> None:
    assert dump(read_content(kept(path))) == kept(path)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_old_snapshots_keep_their_words(client: FlaskClient, session: Session, path: Path) -> None:
    world = weighed(session)
    session.add(
        FindingSnapshot(thread_id=world.thread.id, round_id=world.round.id, version=1,
                        because="round_closed", inputs_hash="x", code_version="1", made_at=NOW,
                        results=kept(path))
    )  # fmt: skip
    session.flush()
    url = f"/findings/{world.thread.slug}"
    shown = client.get(url)
    assert shown.status_code == 200
    is_old = kept(path)["schema"] < CURRENT
    assert ("made by an earlier rule" in shown.text) is is_old
    series, [theme] = f"/series/{world.series.slug}", world.thread.themes
    for address in (f"/threads/{world.thread.slug}", f"{series}/findings",
                    f"{series}/themes/{theme.slug}"):  # fmt: skip
        said = client.get(address)
        assert said.status_code == 200
        assert ("made by an earlier rule" in said.text) is is_old, address
    assert ("ruled out" in shown.text) is not is_old  # what the rule before never did
    found = json_of(client.get(f"{url}.json"))["found"]
    assert found["sentence"]["heading"].startswith(SAYS[path.stem])
    if path.stem == "schema-2":  # counts and chances as they were written then
        assert "18 of 18 school leaders and 16 of 16" in found["common_rows"][0]["says"]
        assert "all 18" not in json.dumps(found)


def test_a_schema_of_another_day_is_refused() -> None:
    with pytest.raises(UnreadableError, match="a snapshot of schema 99 is not known here"):
        read_content(kept(KEPT[0]) | {"schema": 99})
