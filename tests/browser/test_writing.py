"""Writing a position in a real browser, with scripts and without."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations import claim_drafts
from discussion.debate.positions.models import Position
from discussion.web.assets import served_script
from tests.browser.conftest import Served
from tests.factories import NOW, make_item, make_member, make_position, viewer
from tests.factories.scenes import Scene

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


class Writing(Scene):
    """A thread with some positions, two items, and a member who has written nothing yet."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        for placements in ({"requirement": 0.0, "who-decides": 0.25}, {"requirement": 1.0}):
            make_position(session, self.thread, revision={"placements": placements})
        first = make_item(session, self.series, title="Mandatory volunteerism",
                          title_folded="mandatory volunteerism stukas")  # fmt: skip
        second = make_item(session, self.series, title="Extended school day",
                           title_folded="extended school day parentkind")  # fmt: skip
        self.member = make_member(session, self.series)  # the session ends before the test
        self.first, self.second = first.public_id, second.public_id
        self.url = f"/positions/write/{self.thread.slug}"


@pytest.fixture
def stage(served: Served) -> Writing:
    with served.transaction() as session:
        return Writing(session)


def own_position(served: Served, stage: Writing) -> Any:
    """What was handed in: values in order, items and stances."""
    with served.transaction() as session:
        position = session.scalars(
            select(Position)
            .where(Position.thread_id == stage.thread.id)
            .where(Position.author_id == stage.member.id)
        ).one()
        revision = position.revisions[0]
        values = [tag.value.slug for tag in revision.tags if tag.value]
        return values, [(link.item.public_id, link.stance) for link in revision.links]


def fill_the_rest(page: Any) -> None:
    page.check("[name=level][value=school]", force=True)
    page.check("[name=confidence][value='3']", force=True)
    page.check("[name=change_mind][value=evidence]", force=True)
    page.check("#nobody_identified")


def test_a_position_is_posted_with_two_values_and_two_sources_by_script(
    served: Served, stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url, person=stage.member)
    page.fill("#claim", "Every pupil tries three things.")
    page.select_option("#served-0-value", "equality")
    page.locator("#do-served-remove-0").wait_for()
    page.click("#do-served-add")
    page.select_option("#served-1-value", "adequacy")
    page.locator("#do-served-up-1").wait_for()
    page.click("#do-served-up-1")
    page.locator("#do-served-down-0:focus").wait_for()
    for typed, index, stance in (("stukas", 0, "qualifies"), ("parentk", 1, "contradicts")):
        page.fill("#find", typed)
        page.locator("#found-list [role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator(f"#links-{index}").wait_for()
        page.check(f"[name=links-{index}-stance][value={stance}]", force=True)
        page.fill(f"#links-{index}-warrant", "It bears on this.")
    assert page.locator("#links-0-rebuttal").is_hidden()
    page.fill("#links-1-rebuttal", "Because trying is not staying.")
    fill_the_rest(page)
    page.locator("[data-piece=card] .claim", has_text="Every pupil tries three things").wait_for()
    page.click("button[value=publish]")
    page.wait_for_url("**/sent")
    assert own_position(served, stage) == (
        ["adequacy", "equality"],
        [(stage.first, "qualifies"), (stage.second, "contradicts")],
    )


def test_a_position_is_posted_with_two_values_and_two_sources_without_a_script(
    served: Served, stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url, person=stage.member, scripts=False)
    page.fill("#claim", "Every pupil tries three things.")
    page.select_option("#served-0-value", "equality")
    page.click("#do-served-add")
    page.select_option("#served-1-value", "adequacy")
    page.click("button[value=keep]")
    page.click("#do-served-up-1")
    for typed, item, index in (("stukas", stage.first, 0), ("parentkind", stage.second, 1)):
        page.fill("#find", typed)
        page.keyboard.press("Enter")
        page.click(f"button[value=links-add-{item}]")
        page.check(f"[name=links-{index}-stance][value=supports]", force=True)
        page.fill(f"#links-{index}-warrant", "It bears on this.")
    page.click("button[value=publish]")
    assert "Four things still needed" in page.inner_text(".summary")
    fill_the_rest(page)
    page.click("button[value=publish]")
    page.wait_for_url("**/sent")
    assert own_position(served, stage) == (
        ["adequacy", "equality"],
        [(stage.first, "supports"), (stage.second, "supports")],
    )


def test_a_draft_that_is_opened_again_shows_one_list_of_what_was_found(
    stage: Writing, open_page: Opener
) -> None:
    first = open_page(stage.url, person=stage.member)
    first.fill("#claim", "Every pupil is offered something.")
    first.fill("#find", "stukas")
    first.locator("#found-list [role=option]").first.wait_for()
    first.locator("[data-stamp]", has_text="Saved at").wait_for()
    page = open_page(stage.url, person=stage.member)
    assert page.input_value("#find") == "stukas"
    lists = page.locator("[data-found]:visible, #found-list:visible")
    assert lists.count() == 1
    page.fill("#find", "parentk")
    page.locator("#found-list [role=option]").first.wait_for()
    assert lists.count() == 1
    assert page.locator("#found-list [role=option]").count() == 1


def test_a_second_tab_is_told_and_the_first_ones_text_stays(
    served: Served, stage: Writing, open_page: Opener
) -> None:
    one = open_page(stage.url, person=stage.member)
    two = open_page(stage.url, context=one.context)
    one.fill("#claim", "Written in the first tab")
    one.locator("[data-stamp]", has_text="Saved at").wait_for()
    two.fill("#claim", "Written in the second tab")
    two.locator("[data-moved]").wait_for()
    assert two.input_value("#claim") == "Written in the second tab"
    assert kept_claims(served, stage) == ["Written in the first tab"]
    two.click("[data-look]")
    two.click("button[value=mine]")
    two.locator("[data-write]").wait_for()
    assert kept_claims(served, stage) == ["Written in the second tab"]


def kept_claims(served: Served, stage: Writing) -> list[str]:
    with served.transaction() as session:
        rows = session.scalars(
            select(KeptDraft).where(KeptDraft.person_id == stage.member.id)
        ).all()
        return [row.typed["claim"][0] for row in rows]


def test_values_are_ranked_with_the_keyboard_alone_and_the_focus_goes_along(
    stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url, person=stage.member)
    for index, slug in enumerate(("equality", "adequacy", "knowledge")):
        if index:
            page.focus("#do-served-add")
            page.keyboard.press("Enter")
            page.locator(f"#served-{index}-value:focus").wait_for()
        page.select_option(f"#served-{index}-value", slug)
        page.locator(f"#served-{index}-gloss:focus").wait_for()
    page.focus("#do-served-up-2")
    for at in (1, 0):
        page.keyboard.press("Enter")
        name = f"do-served-up-{at}" if at else "do-served-down-0"
        page.locator(f"#{name}:focus").wait_for()
    assert page.input_value("[name=served-0-value]") == "knowledge"
    assert page.inner_text("[data-say]") == "Moved up."


def test_arrow_keys_in_the_list_of_values_settle_on_nothing_until_enter(
    stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url, person=stage.member)
    page.locator(".picker:not([hidden])").wait_for()
    page.focus("#served-0-value")
    for _each in range(3):
        page.keyboard.press("ArrowDown")
    third = page.input_value("#served-0-value")
    page.keyboard.press("Enter")
    page.locator("#served-0-gloss:focus").wait_for()
    assert page.input_value("[name=served-0-value]") == third == "self_authorship"


def test_what_is_typed_signed_out_is_there_again_after_signing_in(
    served: Served, stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url)
    page.fill("#claim", "Typed before signing in")
    page.select_option("#served-0-value", "equality")
    page.locator("#do-served-remove-0").wait_for()
    page.locator("[data-stamp]", has_text="on this device").wait_for()
    page.reload()
    page.locator("[data-local]", has_text="Was it you?").wait_for()
    assert page.input_value("#claim") == ""
    page.click("[data-use]")
    page.locator("#claim", has_text="Typed before signing in").wait_for()
    page.context.add_cookies([served.cookie_of(stage.member)])
    page.goto(stage.url)
    page.locator("[data-local]", has_text="Was it you?").wait_for()
    assert page.input_value("#claim") == ""
    assert kept_claims(served, stage) == []
    with page.expect_response("**/draft"):
        page.click("[data-use]")
    page.locator("#claim", has_text="Typed before signing in").wait_for()
    assert page.input_value("[name=served-0-value]") == "equality"
    assert kept_claims(served, stage) == ["Typed before signing in"]
    assert page.evaluate("localStorage.length") == 0


def test_what_is_posted_signed_out_is_claimed_without_a_script(
    served: Served, stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url, scripts=False)
    page.fill("#claim", "Posted before signing in")
    page.click("button[value=keep]")
    page.wait_for_url("**/accounts/sign-in?next=*")
    back = parse_qs(urlsplit(page.url).query)["next"][0]
    token = back.partition("draft=")[2]
    with served.transaction() as session:
        claim_drafts(session, viewer(session, stage.member), token, now=NOW)
    page.context.clear_cookies()
    page.context.add_cookies([served.cookie_of(stage.member)])
    page.goto(back)
    assert page.input_value("#claim") == "Posted before signing in"


def test_leaving_the_page_saves_what_was_just_typed(
    served: Served, stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url, person=stage.member)
    page.fill("#claim", "Typed at the last moment")
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert kept_claims(served, stage) == ["Typed at the last moment"]


def test_the_map_is_set_with_arrow_keys_and_says_where_it_stands(
    stage: Writing, open_page: Opener
) -> None:
    page = open_page(stage.url, person=stage.member)
    across = page.locator("[data-range=place-who-decides]")
    across.wait_for()  # hidden until the script has woken
    across.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#place-who-decides").evaluate("list => list.value") == "0.75"
    assert across.get_attribute("aria-valuetext") == "Little"
    page.locator("[data-off=place-who-decides]").check()
    assert page.locator("#place-who-decides").evaluate("list => list.value") == ""
    assert page.inner_text("[data-words]:visible") == "Not placed on either scale."


HARD = ["", "plain", "a\nb", "a\r\nb", "😀é", "é", "\u202eabc", "\x00x\x7f", "ﬁ\ufeff",
        "a\u2028b", "\ufdd0", "👩‍👩‍👧", "\u1112\u1161\u11ab", "\x85"]  # fmt: skip


def test_the_counter_counts_as_the_server_does(stage: Writing, open_page: Opener) -> None:
    page = open_page(stage.url, person=stage.member)
    source = page.get_attribute("script[src*=enhance]", "src").replace("enhance.js", "count.js")
    counted = page.evaluate(
        "async ([source, texts]) => { const { count } = await import(source);"
        " return texts.map(count); }",
        [source, HARD],
    )
    assert counted == [text.count(each) for each in HARD]
    page.fill("#claim", "é" * 281)
    assert page.inner_text("[data-counter=claim]") == "281 of 280"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_serious(
    stage: Writing, open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    page = open_page(stage.url, person=stage.member, width=width, theme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.select_option("#served-0-value", "equality")
    page.locator("#do-served-remove-0").wait_for()
    page.fill("#find", "stukas")
    page.locator("#found-list [role=option]").first.wait_for()
    refuse_serious(axe, page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#links-0").wait_for()
    page.click("button[value=publish]")
    page.locator(".summary").wait_for()
    refuse_serious(axe, page)


def refuse_serious(axe: Any, page: Any) -> None:
    found = axe.run(page).response["violations"]
    bad = [(each["id"], [node["html"][:160] for node in each["nodes"]])
           for each in found if each["impact"] in ("serious", "critical")]  # fmt: skip
    assert not bad, bad


def test_the_scripts_stay_small() -> None:
    """What is found beside a page comes later, and has a limit of its own."""
    scripts = Path(__file__).parents[2] / "static" / "js"
    served = {path.stem: gzip.compress(served_script(path)) for path in scripts.glob("*.js")}
    assert len(served.pop("seek")) < 850
    assert sum(map(len, served.values())) < 12_000
