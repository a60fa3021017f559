"""What a snapshot says is read and said once, and nothing that was changed since is said again."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.weighing.findings.content import remembering
from discussion.weighing.findings.content.remembering import CONTENTS
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.page import Asked, findings_page
from discussion.weighing.statements.models import StatementVersion
from tests.factories import NOW
from tests.weighing.findings.worlds import Weighed, weighed

SECRET = "a secret of raters"


@pytest.fixture
def world(session: Session) -> Weighed:
    made = weighed(session)
    made.compute()
    return made


def test_a_snapshot_that_was_read_is_not_read_again(world: Weighed) -> None:
    first = findings_page(world.session, None, world.thread.slug, Asked(), secret=SECRET)
    world.session.expunge_all()
    again = findings_page(world.session, None, world.thread.slug, Asked(), secret=SECRET)
    assert first is not None
    assert again is not None
    assert first.found is again.found
    assert not [
        one
        for one in world.session.identity_map.values()
        if isinstance(one, FindingSnapshot) and "results" in vars(one)
    ]


def test_words_that_are_withheld_are_not_said_again(world: Weighed) -> None:
    first = findings_page(world.session, None, world.thread.slug, Asked(), secret=SECRET)
    assert first is not None
    assert first.found is not None
    withheld = world.session.scalars(select(StatementVersion)).first()
    assert withheld is not None
    withheld.withheld_at, before = NOW, withheld.text
    world.session.flush()
    again = findings_page(world.session, None, world.thread.slug, Asked(), secret=SECRET)
    assert again is not None
    assert again.found is not None
    texts = {row.text for kind in again.found.kinds for row in kind.rows}
    assert before in {row.text for kind in first.found.kinds for row in kind.rows}
    assert before not in texts


def test_what_was_asked_for_longest_ago_is_let_go(
    world: Weighed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MOST_READ", 2)
    snapshot = world.session.scalars(select(FindingSnapshot)).first()
    assert snapshot is not None
    content = snapshot.content
    made = remembering.ContentsRead()
    for name in ("one", "two", "three"):
        made.keep(name, replace(content))
    assert [made.find(name) is not None for name in ("one", "two", "three")] == [False, True, True]
    kept = made.find("two")
    assert kept is not None
    assert made.said(kept, "how many", (), lambda: [1]) is made.said(kept, "how many", (), list)
    assert made.said(kept, "how many", ("other",), list) == []
    assert made.said(content, "how many", (), lambda: 2) == 2
    assert CONTENTS.find("one") is None
