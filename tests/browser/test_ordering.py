"""Ordering positions in a real browser: by keys and by dragging, saved with one button."""

from typing import Any

import httpx
import pytest

from discussion.debate.threads.models import Heading
from tests.browser.conftest import Opener, Served
from tests.factories import make_member, make_position, make_series, make_thread

pytestmark = pytest.mark.browser


def test_rows_move_by_keys_and_by_dragging_and_one_button_saves_them(
    served: Served, open_page: Opener
) -> None:
    with served.transaction() as session:
        series = make_series(session, slug="ordering")
        thread = make_thread(session, series, slug="ordering")
        moderator = make_member(session, series, role="moderator")
        rows = [make_position(session, thread, order=place) for place in (1, 2, 3, 4)]
        own = make_position(session, thread, moderator, order=5)
        session.add(Heading(thread_id=thread.id, text="Money", order=1))
        a, b, c, d, mine = [row.public_id for row in (*rows, own)]
    page = open_page("/threads/ordering/curate", person=moderator)
    shelf, money = page.locator("[data-order-shelf]").all()
    said = page.locator("[data-order-say]")

    handle_of(page, c).focus()
    page.keyboard.press("Space")
    assert "is lifted" in said.inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "is 1 of 5 under no heading" in said.inner_text()
    page.keyboard.press("Space")
    assert ids(shelf) == [c, a, b, d, mine]
    assert handle_of(page, c).evaluate("handle => handle === document.activeElement")

    handle_of(page, d).focus()
    page.keyboard.press("Enter")  # only space lifts
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")  # past the moderator's own, which stays: under the heading
    assert (ids(shelf), ids(money)) == ([c, a, b, mine], [d])
    page.keyboard.press("Escape")
    assert (ids(shelf), ids(money)) == ([c, a, b, d, mine], [])
    assert "is put back" in said.inner_text()

    drag(page, handle_of(page, a), money)
    assert (ids(shelf), ids(money)) == ([c, b, d, mine], [a])
    drag(page, handle_of(page, d), page.locator(f"#row-{c}"), above=True)
    assert ids(shelf) == [d, c, b, mine]
    assert page.locator("[data-order-own] [data-order-handle]").count() == 0
    assert page.locator("[data-order-changed]").is_visible()

    page.get_by_role("button", name="Save the order").click()
    page.wait_for_load_state()
    assert "The order is saved." in page.inner_text("body")
    groups = httpx.get(f"{served.url}/threads/ordering.json", timeout=60).json()["groups"]
    shown = [(group["title"], [card["id"] for card in group["cards"]]) for group in groups]
    assert shown == [("", [d, c, b, mine]), ("Money", [a])]


def handle_of(page: Any, public_id: str) -> Any:
    return page.locator(f"#row-{public_id} [data-order-handle]")


def ids(shelf: Any) -> list[str]:
    """The rows of a shelf as they stand; the numbers beside them say the same."""
    rows = shelf.locator("> li")
    places = rows.evaluate_all(
        "rows => rows.map(row => row.querySelector('.row-place input')?.value ?? '')"
    )
    assert all(place in ("", str(at)) for at, place in enumerate(places, start=1)), places
    found = rows.evaluate_all("rows => rows.map(row => row.id.replace('row-', ''))")
    return [str(one) for one in found]


def drag(page: Any, handle: Any, onto: Any, *, above: bool = False) -> None:
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), onto.bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + (2 if above else end["height"]), steps=4)
    page.mouse.up()
