"""The box of the header in a real browser: what fits best while one types, by keyboard alone."""

from typing import Any

import pytest

from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.factories import make_position
from tests.factories.scenes import Scene

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("keeps_found")]


@pytest.fixture(scope="module")
def address(served: Served) -> str:
    with served.transaction() as session:
        scene = Scene(session)
        for claim in ("Quicksilver is a claim.", "Quicksand is another."):
            make_position(session, scene.thread, revision={"claim": claim})
        return f"/threads/{scene.thread.slug}"


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1440, "light")])
def test_the_box_says_what_fits_best_and_is_walked_by_arrows(
    address: str, open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    page: Any = open_page(address, width=width, theme=theme)
    page.keyboard.press("/")
    page.locator(".seek-form input[name=q]:focus").wait_for()
    page.keyboard.type("quicks")
    page.locator(".seek-first").wait_for()
    assert page.locator(".seek-first li").count() == 3
    assert "2" in page.inner_text(".seek-all")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    refuse_serious(axe, page)
    page.keyboard.press("ArrowDown")
    assert "/positions/" in page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('details.seek').open") is False


def test_the_key_can_be_turned_off(address: str, open_page: Opener) -> None:
    page: Any = open_page("/search")
    page.locator("[data-slash] input").uncheck()
    page.goto(page.url.replace("/search", address))
    page.locator("html[data-awake]").wait_for(state="attached")
    page.keyboard.press("/")
    assert page.evaluate("document.querySelector('details.seek').open") is False
    page.locator("details.seek summary").click()
    assert page.locator(".seek-form input[name=q]").is_visible()
