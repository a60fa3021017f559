"""Notices, how one hears, webhooks and values by evidence in a real browser."""

from typing import Any, NamedTuple

import pytest

from discussion import clock, paths
from discussion.people.accounts.models import Person
from discussion.reach.notices.models import Notice
from discussion.reach.webhooks.drafts import HookDraft
from discussion.reach.webhooks.operations import add_webhook
from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.factories import NOW, make_item, make_position, make_response
from tests.factories.scenes import Scene
from tests.reach.notices.test_leaks import Told

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("keeps_found")]


class Pages(NamedTuple):
    reader: Person
    convener: Person
    own: tuple[str, ...]
    convened: tuple[str, ...]
    response: str


@pytest.fixture(scope="module")
def pages(served: Served) -> Pages:
    with served.transaction() as session:
        told = Told(session)
        scene: Scene = told
        series = scene.series
        for number in range(6):
            make_position(session, scene.thread, item=make_item(session, series),
                          revision={"claim": f"Wards need {number} midwives."})  # fmt: skip
        make_response(session, told.own)
        hook = add_webhook(
            session, scene.as_convener, series,
            HookDraft("Ward chat " + "enrichment" * 5, "https://chat.example.org/x",
                      ("thread.opened",), "whole"), now=NOW,
        )  # fmt: skip
        session.add(
            Notice(person_id=told.reader.id, kind="changed", what="changed",
                   ids={"revision": told.live.id}, key="this", at=clock.now())
        )  # fmt: skip
        session.flush()
        return Pages(
            told.reader,
            scene.convener,
            ("/notices", "/notices/hear", "/positions/mine", paths.pivot(series.slug)),
            (paths.webhooks(series.slug), f"{paths.webhooks(series.slug)}/{hook.public_id}/edit"),
            paths.response(told.other.public_id, told.reply.public_id),
        )


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1440, "light")])
def test_they_fit_and_axe_finds_nothing_serious(
    pages: Pages, open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    seen = 0
    for person, some in ((pages.reader, pages.own), (pages.convener, pages.convened)):
        for path in some:
            page: Any = open_page(path, person=person, width=width, theme=theme)
            assert page.locator("h1").count() == 1, path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            if path.startswith("/search"):
                assert page.locator(".pivot-scroll").first.evaluate(
                    "each => each.scrollWidth <= each.clientWidth"
                )
            refuse_serious(axe, page)
            seen += 1
    assert seen == 6


def test_by_keyboard_alone_an_answer_still_stands(pages: Pages, open_page: Opener) -> None:
    page: Any = open_page("/notices", person=pages.reader)
    button = page.locator("button", has_text="My answer still stands")
    for _press in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("each => each === document.activeElement"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/notices")
    assert "holds for the new version" in page.inner_text("body")
    assert button.count() == 0
