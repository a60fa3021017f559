"""The findings page in a real browser: it fits, axe is content, and numbers open by keyboard."""

from typing import Any

import pytest

from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.weighing.findings.test_viewpoints_shown import ways
from tests.weighing.findings.worlds import weighed

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(served: Served) -> str:
    with served.transaction() as session:
        world = weighed(session)
        world.compute()
        return f"/findings/{world.thread.slug}"


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (360, "dark"), (1440, "light")])
def test_the_findings_fit_and_axe_finds_nothing_serious(
    address: str, open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    page = open_page(address, width=width, theme=theme)
    refuse_serious(axe, page)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    refuse_serious(axe, page)


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (1440, "light")])
def test_viewpoints_and_who_stands_where_fit_long_words_and_axe_finds_nothing_serious(
    served: Served, open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    with served.transaction() as session:
        world = ways(session, 24, 21, says="Words of %s: " + "enrichment" * 15)
        world.compute()
        address = f"/findings/{world.thread.slug}"
    page = open_page(address, width=width, theme=theme)
    assert page.locator(".views .profile").count() == 3 * len(world.statements)
    assert page.locator(".lean-rows > li").count()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    refuse_serious(axe, page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_opens_and_closes_by_keyboard(
    address: str, open_page: Opener, scripts: bool
) -> None:
    page: Any = open_page(address, scripts=scripts)
    number = page.locator("#s-E2 .opener")
    number.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("#got-E2")
    assert sheet.is_visible()
    assert "The gap is 0.55" in sheet.inner_text()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()
    assert number.evaluate("each => each === document.activeElement")
