"""From signing up to being cited, in a real browser, with scripts and without."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from discussion.jobs.worker import Worker
from tests.browser.conftest import Opener, Served
from tests.factories import make_item
from tests.factories.scenes import Scene

pytestmark = pytest.mark.browser

PASSWORD = "a lamp beside the quarry road"
CLAIM = "Every pupil should try three activities, and keep one."
REVISED = "Every pupil should try two activities, and keep one."


class Place:
    """What the journey needs to know of the site it walks through."""

    def __init__(self, served: Served, number: int) -> None:
        now = datetime.now(UTC)
        self.served = served
        self.email = f"traveller{number}@example.org"
        with served.transaction() as session:
            slug = f"journey-{number}"
            thread = {"slug": slug, "created_at": now, "changed_at": now}
            scene = Scene(session, thread=thread, slug=slug, created_at=now)
            for title in ("Mandatory volunteerism", "An unequal playing field"):
                make_item(session, scene.series, title=title, title_folded=title.casefold())
            self.moderator = scene.moderator
            self.reader = scene.member
            self.thread = scene.thread.slug

    def last_mail(self) -> str:
        """Do what was promised, and read the newest letter to the traveller."""
        Worker(self.served.app).sweep()
        folder = self.served.app.extensions["site"].settings.mail_folder
        letters: list[str] = [path.read_text() for path in folder.glob("*.eml")]
        mine = [letter for letter in letters if self.email in letter]
        return sorted(mine, key=lambda letter: re.search(r"X-Job: (\d+)", letter) is None)[-1]


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_newcomer_signs_up_posts_mends_responds_edits_and_cites(
    served: Served, open_page: Opener, scripts: bool
) -> None:
    place = Place(served, 1 if scripts else 2)
    page = open_page(f"/threads/{place.thread}", scripts=scripts)
    sign_up(page, place)
    write(page, place, scripts=scripts)
    desk = open_page("/moderation", person=place.moderator, scripts=scripts)
    decide(desk, "send_back", reason="unclear", why="Say how many activities.")
    mend(page)
    decide(desk, "approve")
    url = read_and_cite(page, place)
    answer(open_page(url, person=place.reader, scripts=scripts))
    decide(desk, "approve")
    edit(page, url)
    decide(desk, "approve")
    page.goto(url)
    assert REVISED in page.inner_text("h1, .claim >> nth=0")
    assert "Version 2" in page.inner_text("main")
    assert "How would this be staffed?" in page.inner_text("main")


def sign_up(page: Any, place: Place) -> None:
    page.get_by_role("link", name="Sign up").first.click()
    page.fill("input[name=display_name]", "Traveller")
    page.fill("input[name=email]", place.email)
    page.fill("input[name=new_password]", PASSWORD)
    page.select_option("select[name=role]", "headteacher")
    page.select_option("select[name=phase]", "secondary")
    page.check("input[name=is_adult]")
    page.check("input[name=accepts]")
    page.get_by_role("button", name="Sign up").click()
    letter = place.last_mail().replace("=\n", "").replace("=3D", "=")
    link = re.search(r"http://127\.0\.0\.1:\d+(/accounts/\S+)", letter)
    assert link is not None, letter
    page.goto(link[1])
    page.get_by_role("button", name="Confirm and sign in").click()
    assert page.url.endswith(f"/threads/{place.thread}")


def write(page: Any, place: Place, *, scripts: bool) -> None:
    page.get_by_role("link", name="Write a position").first.click()
    page.fill("#claim", CLAIM)
    page.fill("#reasoning", "Choosing needs something to choose from.")
    choose_value(page, 0, "self_authorship")
    choose_value(page, 1, "adequacy")
    for number, words in enumerate(("volunteerism", "unequal")):
        find(page, words, number, scripts=scripts)
        page.check(f"input[name=links-{number}-stance][value=supports]", force=True)
        page.fill(f"#links-{number}-warrant", "It shows who comes when nobody must.")
    page.check("input[name=level][value=school]", force=True)
    page.check("input[name=confidence][value='3']", force=True)
    page.check("input[name=change_mind][value=evidence]", force=True)
    page.check("input[name=attribution][value=role]", force=True)
    page.check("#nobody_identified")
    page.get_by_role("button", name="Publish position").click()
    page.wait_for_load_state()
    assert "problems" not in page.url
    assert page.locator(".summary").count() == 0, page.inner_text(".summary")


def choose_value(page: Any, index: int, slug: str) -> None:
    """Pick a value into its row, adding the row where there is none."""
    if page.locator(f"#served-{index}-value").count() == 0:
        page.click("#do-served-add")
        page.wait_for_selector(f"#served-{index}-value")
    page.select_option(f"#served-{index}-value", slug)


def find(page: Any, words: str, number: int, *, scripts: bool) -> None:
    """Find an item by typing, and link it; a script shows what it finds without being asked."""
    page.fill("#find", words)
    if scripts:
        page.locator("[role=option]").first.click()
    else:
        page.click("#do-find")
        page.locator("button[value^='links-add-']").first.click()
    page.wait_for_selector(f"#links-{number}-warrant")


def decide(desk: Any, action: str, *, reason: str = "", why: str = "") -> None:
    desk.goto("/moderation")
    desk.locator(".queue .qk a").first.click()
    desk.check(f"input[name=action][value={action}]")
    if reason:
        desk.select_option("#reason", reason)
    if why:
        desk.fill("#why", why)
    desk.get_by_role("button", name=re.compile("and next$")).click()  # scripts name what it does
    desk.wait_for_load_state()
    assert "The author has been told" in desk.inner_text("body")


def mend(page: Any) -> None:
    page.goto("/positions/mine")
    assert "Say how many activities." in page.inner_text("main")
    page.locator("main a[href$='/revise']").first.click()
    assert page.input_value("#claim") == CLAIM
    page.fill("#objection", "An hour of trying can be an hour of waiting.")
    page.check("#nobody_identified")
    page.locator("button[value=publish]").click()
    page.wait_for_load_state()
    assert page.locator(".summary").count() == 0, page.inner_text(".summary")


def read_and_cite(page: Any, place: Place) -> str:
    page.goto(f"/threads/{place.thread}")
    page.get_by_role("link", name=CLAIM).click()
    assert "Position" in page.inner_text(".cite")
    assert "version 1" in page.inner_text(".cite")
    return str(page.url)


def answer(page: Any) -> None:
    page.get_by_role("link", name="Respond").first.click()
    page.check("input[name=type][value=asks]", force=True)
    page.fill("#text", "How would this be staffed?")
    page.check("#nobody_identified")
    page.get_by_role("button", name="Publish response").click()
    page.wait_for_load_state()
    assert page.locator(".summary").count() == 0, page.inner_text(".summary")


def edit(page: Any, url: str) -> None:
    page.goto(url)
    page.locator("main a[href$='/revise']").first.click()
    page.fill("#claim", REVISED)
    page.check("input[name=change_reason][value=heard_argument]", force=True)
    page.check("#nobody_identified")
    page.locator("button[value=publish]").click()
    page.wait_for_load_state()
    assert page.locator(".summary").count() == 0, page.inner_text(".summary")
