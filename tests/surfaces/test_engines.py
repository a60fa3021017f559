"""What the map of the site and its feed say of a series that is not listed.

Every address that names one is walked in tests/permissions/test_engines.py.
"""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import NOW
from tests.reach.needed.scene import Asking

LATER = NOW + timedelta(days=3)


@time_machine.travel(LATER, tick=False)
@pytest.mark.parametrize("visibility", ["public", "unlisted", "members"])
def test_the_map_and_the_sites_feed_leave_out_what_is_not_listed(
    app: Flask, session: Session, visibility: str
) -> None:
    scene = Asking(session)
    scene.series.visibility = visibility
    assert scene.question
    session.flush()
    maps = app.test_client().get("/sitemaps/1.xml").text
    assert (scene.series.slug in maps) is (visibility == "public")
    for name in (scene.thread.slug, scene.source.public_id, scene.question.public_id):
        assert (f"/{name}<" in maps) is (visibility == "public"), name
    if visibility != "public":
        assert app.test_client().get("/feeds/atom").text.count(scene.thread.slug) == 0
