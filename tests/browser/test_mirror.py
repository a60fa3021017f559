"""A mirror and the sector's view in a real browser: they fit, and axe finds nothing serious."""

from datetime import timedelta

import pytest

from discussion import paths
from discussion.weighing.practice.operations.editions import renew_edition
from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.factories import NOW, make_series, make_thread
from tests.factories.practice import make_instrument, make_organisation
from tests.weighing.practice.mirrors import WORKED, everybody, hold_run, invite

pytestmark = pytest.mark.browser

LONG = "Krankenhausverwaltungsgesellschaft" * 2
ARABIC = "مستشفى الساحل والوادي"


@pytest.fixture(scope="module")
def addresses(served: Served) -> list[str]:
    """A mirror, one of the same organisation later, one of few, and the sector's view."""
    with served.transaction() as session:
        series = make_series(session)
        make_thread(session, series, question="Who should keep records of visits?")
        instrument = make_instrument(session, series, tuple(WORKED))
        organisation = make_organisation(session, series, name=f"{LONG} {ARABIC}")
        wards = (LONG, ARABIC)
        first = hold_run(session, instrument, everybody(24, WORKED), organisation, units=wards)
        moved = dict.fromkeys(WORKED, (1, 5))
        second = hold_run(
            session, instrument, everybody(24, moved), organisation, units=wards, later=300
        )
        few = hold_run(session, instrument, everybody(7, WORKED))
        for _ in range(6):
            hold_run(session, instrument, everybody(12, WORKED), shared_at=NOW)
        renew_edition(session, series, site_url=served.url, now=NOW + timedelta(days=1))
        links = [paths.own_mirror(invite(session, run)) for run in (first, second, few)]
        return [*links, paths.sector(series.slug)]


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1440, "light")])
def test_mirrors_and_the_sector_fit_and_axe_finds_nothing_serious(
    addresses: list[str], open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    assert len(addresses) == 4
    for address in addresses:
        page = open_page(address, width=width, theme=theme)
        assert page.locator("h1").count() == 1
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        refuse_serious(axe, page)


def test_a_mirror_is_whole_without_a_script_and_its_parts_are_reached_by_keyboard(
    addresses: list[str], open_page: Opener
) -> None:
    page = open_page(addresses[0], scripts=False)
    talk = page.get_by_role("link", name="What to talk about")
    talk.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#next-h")
    unfold = page.locator("details.unfold > summary").first
    unfold.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.unfold[open] table").first.is_visible()
