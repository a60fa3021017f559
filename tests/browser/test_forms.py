"""Forms that lose nothing, in a real browser: pressed twice, signed out, and saved by two."""

from typing import Any

import pytest
from sqlalchemy import func, select

from discussion.debate.threads.models import Thread
from discussion.people.accounts.operations.passwords import hash_password
from tests.browser.conftest import Opener, Served
from tests.factories import make_member, make_person, make_theme, make_thread
from tests.factories.scenes import Scene

pytestmark = pytest.mark.browser

PASSWORD = "a lamp beside the quarry road"
SCRIPTS = pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])


class Place:
    """A series with one thread, somebody who writes, and two who curate."""

    def __init__(self, served: Served, slug: str) -> None:
        self.served, self.slug, self.email = served, slug, f"{slug}@example.org"
        with served.transaction() as session:
            series = Scene(session, slug=slug).series
            theme = make_theme(session, series, slug=f"{slug}-theme")
            thread = make_thread(session, series, slug=slug, context="Before.", themes=[theme])
            thread.use_of_result = "None."
            hashed = hash_password(PASSWORD, fast=True)
            writer = make_person(session, email=self.email, password_hash=hashed)
            self.writer = make_member(session, series, writer)
            self.curators = [make_member(session, series, role="moderator") for _ in range(2)]
            self.theme = theme.slug

    def threads(self) -> int:
        with self.served.transaction() as session:
            found = select(func.count()).where(Thread.question.like(f"%{self.slug}%"))
            return session.scalar(found) or 0

    def propose(self, page: Any) -> None:
        page.fill("#question", f"Should every school have a club like {self.slug}?")
        page.fill("#context", "Some do.")
        for name, value in (("themes", self.theme), ("levels", "school")):
            page.locator(f"[name={name}][value={value}]").check(force=True)
        page.check("#nobody_identified")


@SCRIPTS
def test_two_presses_sixty_milliseconds_apart_make_one(
    served: Served, open_page: Opener, scripts: bool
) -> None:
    place = Place(served, f"twice-{scripts}".lower())
    page = open_page(f"/threads/propose/{place.slug}", person=place.writer, scripts=scripts)
    place.propose(page)
    button = page.locator("main form button.button").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _press in range(2):
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(60)
    page.wait_for_url("**/threads/should-every-school*")
    assert place.threads() == 1


@SCRIPTS
def test_what_was_sent_after_the_session_ended_is_there_again(
    served: Served, open_page: Opener, scripts: bool
) -> None:
    place = Place(served, f"ended-{scripts}".lower())
    page = open_page(f"/threads/propose/{place.slug}", person=place.writer, scripts=scripts)
    place.propose(page)
    page.context.clear_cookies()
    page.locator("main form button.button").last.click()
    page.get_by_role("heading", name="Your text is kept").wait_for()
    page.fill("#email", place.email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in and go on").click()
    page.get_by_text("The form is filled again").wait_for()
    assert "like ended" in page.input_value("#question")
    assert page.is_checked("#nobody_identified")
    assert place.threads() == 0
    page.locator("main form button.button").last.click()
    page.wait_for_url("**/threads/should-every-school*")
    assert place.threads() == 1


@SCRIPTS
def test_two_curators_both_have_their_way_or_are_asked(
    served: Served, open_page: Opener, scripts: bool
) -> None:
    place = Place(served, f"both-{scripts}".lower())
    first, second = (
        open_page(f"/threads/{place.slug}/curate", person=one, scripts=scripts)
        for one in place.curators
    )
    for page, words in ((first, "Of the first."), (second, "Of the second.")):
        page.fill("#edit-context", words)
    second.fill("#edit-use_of_result", "Three departments use it.")
    for page in (first, second):
        page.locator("form:has(#edit-context) button.button").last.click()
        page.wait_for_load_state()
    second.get_by_role("heading", name="Somebody saved this").wait_for()
    second.get_by_role("button", name="Keep both").click()
    second.get_by_text("The thread is changed.").wait_for()
    with served.transaction() as session:
        thread = session.scalars(select(Thread).where(Thread.slug == place.slug)).one()
        assert "Of the first." in thread.context
        assert "Of the second." in thread.context
        assert thread.use_of_result == "Three departments use it."
