"""The front pages in a real browser: short on a phone, whole with any words, and axe is content."""

from datetime import timedelta
from typing import Any

import pytest

from discussion.paths import choose_thread, series, series_findings
from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.factories import NOW, make_round, make_series, make_statement, make_theme, make_thread
from tests.weighing.findings.worlds import WORKED, weighed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SHOWN = ("mapping-the-way", 360, 4000)
LONG = "w" * 300
PAGES = (series, series_findings, choose_thread)


def count_words(page: Any) -> int:
    """What is to be read before anything is unfolded; the bare dots between words are none."""
    return len([one for one in page.locator("main").inner_text().split() if one != "·"])


def test_the_front_page_of_the_demonstration_is_short_on_a_phone(
    demonstrated: Served, open_page: Opener
) -> None:
    slug, width, height = SHOWN
    page = open_page(f"{demonstrated.url}/series/{slug}", width=width, scripts=False)
    assert page.evaluate("document.documentElement.scrollHeight") < height
    assert count_words(page) <= 410
    page.get_by_role("link", name="Write a position").click()
    assert page.url.endswith(f"/series/{slug}/write")
    assert count_words(page) <= 150


@pytest.fixture(scope="module")
def awkward(served: Served) -> dict[str, str]:
    """Series by what is awkward about them: long words, forty threads, none."""
    with served.transaction() as session:
        said = {code: (kind, LONG[:200], a, b) for code, (kind, _text, a, b) in WORKED.items()}
        world = weighed(session, said)
        world.compute()
        long, thread = world.series, world.thread
        long.question = long.title = long.host = long.summary = LONG[:160]
        long.themes[0].question = thread.question = LONG[:200]
        make_thread(session, long, question=LONG[:200])
        rated = make_thread(session, long, question=LONG[:200], stage="weighing")
        make_round(session, rated, make_statement(session, rated), state="open",
                   closes_at=NOW + timedelta(days=1))  # fmt: skip
        over = {"stage": "closed", "outcome": LONG, "closed_on": NOW.date()}
        make_thread(
            session, long, question="ما الذي ينبغي أن تهدف إليه المدرسة؟", language="ar", **over
        )
        make_thread(
            session, long, question="学校应该以什么为目标？", language="zh-Hans", summary=LONG
        )
        many = make_series(session)
        themes = [many.themes[0], *(make_theme(session, many) for _each in range(9))]
        for number in range(40):
            make_thread(session, many, themes=[themes[number % 8]],
                        stage=("open", "weighing", "closed")[number % 3])  # fmt: skip
        return {"long": long.slug, "many": many.slug, "none": make_series(session).slug}


@pytest.mark.parametrize("of", ["long", "many", "none"])
@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (1440, "light")])
def test_they_fit_and_axe_finds_nothing_serious(
    awkward: dict[str, str], open_page: Opener, of: str, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    for address in (*(make(awkward[of]) for make in PAGES), "/"):
        page = open_page(address, width=width, theme=theme)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        refuse_serious(axe, page)
        page.close()
