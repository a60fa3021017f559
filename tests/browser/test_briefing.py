"""A briefing in a real browser: to a PDF in three presses, and from an empty draft to readers."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import update

from discussion import clock
from discussion.reach.publications.files.typeset import pages_of
from discussion.reach.publications.models import Publication, Quoting
from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.reach.publications.scene import ANSWER, QUOTE, Briefed

pytestmark = pytest.mark.browser
YESTERDAY = clock.today() - timedelta(days=1)


def test_three_presses_lead_from_the_front_page_to_a_pdf_in_hand(
    demonstrated: Served, open_page: Opener
) -> None:
    page = open_page(f"{demonstrated.url}/series/mapping-the-way", scripts=False)
    page.get_by_label("Main").get_by_role("link", name="Briefings").click()
    page.locator(".pub-list li", has_text="Briefing.").get_by_role("link").first.click()
    with page.expect_download() as given:
        page.get_by_role("link", name="PDF", exact=True).click()
    pdf = given.value.path().read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pages_of(pdf) == 2


@pytest.mark.parametrize("path", ["/findings/compel-enrichment", "/threads/what-data-should-stop"])
def test_findings_and_an_outcome_are_printed_on_two_pages(
    demonstrated: Served, open_page: Opener, path: str
) -> None:
    page = open_page(f"{demonstrated.url}{path}")
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")
    assert pages_of(page.pdf(format="A4", margin=margin)) <= 2


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_moderator_composes_a_briefing_from_an_empty_draft_to_its_readers(
    served: Served, open_page: Opener, scripts: bool
) -> None:
    with served.transaction() as session:
        scene = Briefed(session, slug=f"briefed-{scripts}".lower())
        scene.source.link_state = ""
        moderator, thread = scene.moderator, f"/threads/{scene.thread.slug}"
        others = [scene.four.author, scene.five.author]
    page = open_page(thread, person=moderator, scripts=scripts)
    page.get_by_role("button", name="Compose a briefing").click()
    quote(page, "disputed", "P4", QUOTE)
    quote(page, "disputed", "A1", ANSWER)
    quote(page, "minority", "P5", "Visit 5 times a year")
    cite(page, "evidence", "R1")
    page.locator("#section-question").fill("A visit should name its reason [O].")
    page.locator("#section-evidence").fill("Both cite the same count [R1].")
    if scripts:
        refuse_serious(Axe(), page)
    page.get_by_role("button", name="Keep it and check").click()
    main = page.locator("main")
    assert "The link of R1 is not checked yet" in main.inner_text()
    page.locator("summary", has_text="Keep an archived copy").click()
    page.get_by_label("Address of an archived copy").fill("https://archive.example.org/1")
    page.get_by_role("button", name="Keep the copy").click()
    assert "The link of R1" not in main.inner_text()
    page.get_by_role("button", name="Tell them").click()
    assert "Authors may object until" in main.inner_text()
    if scripts:
        refuse_serious(Axe(), page)
    address = page.url.removesuffix("/check")
    author = open_page("/", person=others[0], scripts=scripts)
    assert author.goto(address).status == 404  # nobody reads a draft
    with served.transaction() as session:  # their days go by
        session.execute(update(Quoting).values(until=YESTERDAY))
        session.execute(update(Publication).values(tells_until=YESTERDAY))
    page.get_by_role("button", name="Publish version 1").click()
    assert page.url == address, main.inner_text()
    assert QUOTE in main.inner_text()
    assert author.goto(address).status == 200


def quote(page: Any, part: str, mark: str, words: str) -> None:
    """Open what can be cited under its mark, and put one sentence of it into a part."""
    pick = _pick(page, part, mark)
    pick.locator("li", has_text=words).get_by_role("button").first.click()
    assert words in page.locator(f"#section-{part}").input_value()


def cite(page: Any, part: str, mark: str) -> None:
    _pick(page, part, mark).get_by_role("button", name="Cite it").click()
    assert f"[{mark}]" in page.locator(f"#section-{part}").input_value()


def _pick(page: Any, part: str, mark: str) -> Any:
    page.get_by_label("Into which part").select_option(part)
    pick = page.locator("details.pick-one").filter(has=page.locator("b", has_text=mark)).first
    pick.locator("summary").click()
    return pick
