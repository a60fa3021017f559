"""What would settle a fact, carried out in every file, until one of its writers leaves."""

import csv
from io import StringIO

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion.reach.publications.queries.sheets.found import found_sheet
from discussion.states.models import StateNumber
from discussion.weighing.rounds.operations.forgetting import forget_ratings
from tests.reach.packages.scene import LATER, make_package, read_package, rows_of
from tests.weighing.rounds.planned import KEY, Planned, days
from tests.weighing.rounds.test_lines import LINES, let, written


@pytest.fixture
def scene(session: Session) -> Planned:
    return Planned(session)


def test_lines_go_out_in_every_file_of_findings_and_from_each_when_a_writer_leaves(
    app: Flask, session: Session, scene: Planned
) -> None:
    round = written(session, scene, 6)
    client, slug = app.test_client(), scene.thread.slug
    after = max(LATER, round.closes_at + days(1))

    def table() -> list[str]:
        body = client.get(f"/publications/sheets/findings/{slug}/1.csv").data.decode("utf-8-sig")
        rows = csv.DictReader(StringIO(body))
        return [row["would_settle"] for row in rows if row["code"] == "F1"]

    def paper() -> list[str]:
        sheet = found_sheet(session, None, slug, 1, "", "https://example.org")
        assert sheet is not None
        return [one for part in sheet.parts for one in part.items if one.startswith("F1: ")]

    let(session, scene, round, *LINES[:4])
    assert (set(table()), paper()) == ({""}, [])
    let(session, scene, round, LINES[4])
    first, *others = table()
    assert sorted(first.split("\n")) == sorted(LINES[:5])
    assert set(others) <= {""}
    assert len(paper()) == 3
    with time_machine.travel(after, tick=False):
        package = make_package(app, session, scene.series, after)
        told = rows_of(read_package(session, package), "settling")
        assert sorted(str(one["line"]) for one in told) == sorted(LINES[:5])
        assert {(one["thread"], one["round"], one["statement"]) for one in told} == {
            (slug, 1, "F1")
        }
        address = f"/packages/{scene.series.slug}/{package.number}/zip"
        assert client.get(address).status_code == 200
        forget_ratings(session, scene.members[5], KEY)  # whose line was not even shown
        session.flush()
        session.execute(delete(StateNumber))  # one transaction has one state
        assert client.get(address).status_code == 410
        later = read_package(session, make_package(app, session, scene.series, after))
    assert rows_of(later, "settling") == []
    assert not any(line in said for line in LINES for said in later.values())
    assert (set(table()), paper()) == ({""}, [])
