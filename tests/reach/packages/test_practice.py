"""What organisations say and do, in the open data until one of them leaves."""

import time_machine
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion.states.models import StateNumber
from tests.reach.packages.scene import LATER, make_package, read_package, rows_of
from tests.weighing.practice.test_sector import Sector


def test_the_newest_edition_is_a_table_and_goes_with_whoever_leaves(
    app: Flask, session: Session
) -> None:
    sector = Sector(session)
    runs = sector.join(6)
    edition = sector.renew()
    assert edition is not None
    after = max(LATER, sector.now)
    with time_machine.travel(after, tick=False):
        package = make_package(app, session, sector.series, after)
        told = rows_of(read_package(session, package), "practice")
        said = [row for row in told if row["figure"] == "professed" and row["number"]]
        assert {(row["edition"], row["of"]) for row in said} == {(1, 6)}
        assert not [row for row in told if int(str(row["of"])) < 5]
        names = [run.organisation.name for run in runs]
        assert not [row for row in told if any(name in str(row) for name in names)]
        client = app.test_client()
        address = f"/packages/{sector.series.slug}/{package.number}/zip"
        assert client.get(address).status_code == 200
        sector.leave(runs[0], noted=False)
        session.execute(delete(StateNumber))  # one transaction has one state
        assert client.get(address).status_code != 200
