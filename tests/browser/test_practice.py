"""Answering about one's organisation in a real browser: it fits, by keyboard, without scripts."""

from typing import Any

import pytest
from sqlalchemy import select

from discussion.web.site import raters_secret
from discussion.weighing.practice.keys import address_key, hash_of, link_of
from discussion.weighing.practice.models import Answer, Respondent, RunInvitation
from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.factories import make_series
from tests.factories.practice import make_instrument, make_organisation, make_run

pytestmark = pytest.mark.browser
LONG = "A function with a rather long name that nobody would choose"


@pytest.fixture
def link(served: Served) -> str:
    """Of somebody who is asked, and has answered nothing."""
    with served.transaction() as session:
        series = make_series(session)
        instrument = make_instrument(session, series, state="draft", shuffles=False)
        instrument.functions[0].name, instrument.functions[0].asks_compulsion = LONG, True
        session.flush()
        instrument.state = "open"
        run = make_run(session, make_organisation(session, series), instrument)
        secret = raters_secret(served.app)
        asked = RunInvitation(run_id=run.id, unit_id=run.units[0].id, role="staff",
                              email="a@hospital.example", link_hash="",
                              address_key=address_key(secret, run.public_id, "a@b.c"))  # fmt: skip
        session.add(asked)
        session.flush()
        found = link_of(secret, asked.public_id)
        asked.link_hash = hash_of(found)
        return f"/practice/answer/{found}"


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (360, "dark"), (1440, "light")])
def test_answering_fits_and_axe_finds_nothing_serious(
    link: str, open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    for at in ("", "?at=dressings", "/letters"):
        page = open_page(link + at, width=width, theme=theme)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        refuse_serious(axe, page)


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_answers_by_keyboard_with_and_without_scripts(
    served: Served, link: str, open_page: Opener, scripts: bool
) -> None:
    page: Any = open_page(f"{link}?at=dressings", width=360, scripts=scripts)
    page.locator("#professed").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.locator("form[data-rate] button").first.press("Enter")
    assert page.url.endswith("at=visits")
    with served.transaction() as session:
        own = session.scalars(select(Respondent).order_by(Respondent.id.desc())).first()
        assert own is not None
        said = session.scalars(select(Answer).where(Answer.respondent_id == own.id)).one()
        assert (said.professed, said.practised) == ("4", "5")
    page.go_back()
    assert page.locator("input[name=professed]:checked").get_attribute("value") == "4"
