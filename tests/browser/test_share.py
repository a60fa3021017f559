"""Sending a page on, in a real browser: the address is copied, and nobody is told where it goes."""

from typing import Any

import pytest

from tests.browser.conftest import Opener, Served

pytestmark = pytest.mark.browser
PAGES = (
    "/threads/compel-enrichment",
    "/publications/mapping-the-way/what-data-should-stop",
)
SHARED = "navigator.share = async (given) => { window.given = given; }"


def sheet(page: Any) -> Any:
    """The sheet, opened from the keyboard."""
    summary = page.locator("[data-share] > summary")
    assert summary.count() == 1
    summary.focus()
    page.keyboard.press("Enter")
    return page.locator(".share-sheet")


@pytest.mark.parametrize("path", PAGES)
def test_the_address_of_a_page_is_copied(
    demonstrated: Served, open_page: Opener, path: str
) -> None:
    page = open_page(f"{demonstrated.url}{path}")
    page.context.grant_permissions(["clipboard-read"], origin=demonstrated.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened = sheet(page)
    assert opened.get_by_role("status").text_content() == ""
    opened.get_by_role("button", name="Copy").click()
    assert opened.get_by_role("status").text_content() == "Copied"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == opened.get_by_label("Address").input_value()
    assert copied == demonstrated.url + path
    assert not opened.get_by_role("button", name="Send with this device").is_visible()
    page.keyboard.press("Escape")
    opened.wait_for(state="hidden")
    assert asked == []


def test_a_device_with_a_sheet_of_its_own_is_given_the_address_and_nothing_else(
    demonstrated: Served, open_page: Opener
) -> None:
    first = open_page(f"{demonstrated.url}/about", touch=True, width=360)
    first.context.add_init_script(SHARED)
    page = open_page(f"{demonstrated.url}/threads/compel-enrichment", context=first.context)
    opened = sheet(page)
    opened.get_by_role("button", name="Send with this device").click()
    assert page.evaluate("window.given") == {"url": f"{demonstrated.url}/threads/compel-enrichment"}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_the_address_can_be_selected_and_no_button_does_nothing(
    demonstrated: Served, open_page: Opener
) -> None:
    page = open_page(f"{demonstrated.url}/threads/compel-enrichment", scripts=False)
    opened = sheet(page)
    field = opened.get_by_label("Address")
    assert field.input_value() == f"{demonstrated.url}/threads/compel-enrichment"
    assert not field.is_editable()
    assert opened.get_by_role("button").count() == 0
    for ending in (".bib", ".ris", ".csl"):
        with page.expect_download() as given:
            opened.get_by_role("link", name=ending, exact=True).click()
        assert given.value.suggested_filename == f"thread-compel-enrichment{ending}"
        assert b"enrichment" in given.value.path().read_bytes().lower()
