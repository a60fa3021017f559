"""From the front page to *handed in*, as somebody new goes: few pages, few words, no surprise."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from discussion.jobs.worker import Worker
from tests.browser.conftest import Opener, Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_PAGES, MOST_WORDS, MOST_PRESSES = 6, 1200, 20
WRITING_WORDS = 450
EMAIL = "newcomer@example.org"
CLAIM = "Every pupil should try three activities, and keep one."
# What can be read without unfolding anything: text that is shown, and what a list stands at.
READ = """(main) => {
  const words = [], walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: at, textContent: said } = walker.currentNode;
    if (at.closest("script, style, noscript, .vh")) continue;
    const isShown = at.checkVisibility({ visibilityProperty: true });
    if (at.matches("option") ? !at.selected : !isShown) continue;
    words.push(...said.split(/\\s+/).filter((word) => /[\\p{L}\\d]/u.test(word)));
  }
  return words;
}"""


@dataclass
class Walk:
    """What a newcomer met on the way."""

    page: Any
    words: dict[str, int] = field(default_factory=dict)
    presses: int = 0

    def reads(self, name: str) -> str:
        read = self.page.locator("main").evaluate(READ)
        self.words[name] = max(len(read), self.words.get(name, 0))
        return " ".join(read)

    def press(self, target: Any) -> None:
        self.presses += 1
        target.click(force=True)

    def __str__(self) -> str:
        each = ", ".join(f"{name} {count}" for name, count in self.words.items())
        total = sum(self.words.values())
        return f"{len(self.words)} pages, {self.presses} presses, {total} words: {each}"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_new_hands_in_a_position_on_six_pages_without_a_surprise(
    demonstrated: Served, open_page: Opener, scripts: bool
) -> None:
    page = open_page(f"{demonstrated.url}/", scripts=scripts, width=360)
    walk = Walk(page)
    walk.reads("front")
    walk.press(page.get_by_role("link", name=re.compile("^Answer: ")).first)
    said_before = walk.reads("writing")
    for asked in (
        "e-mail address",
        "name",
        "password",
        "role",
        "phase",
        "18 or over",
        "rules",
        "by e-mail",
    ):
        assert asked in said_before
    email = f"{scripts}-{EMAIL}".lower()
    write(walk)
    walk.press(page.locator("button[value=publish]"))
    walk.reads("door")
    sign_up(walk, email)
    walk.reads("sent")
    page.goto(confirming(demonstrated, email))
    assert CLAIM in page.inner_text("main")
    walk.reads("confirming")
    walk.press(page.get_by_role("button", name="Confirm and hand in"))
    walk.reads("handed in")
    assert page.url.endswith("/sent"), page.url
    assert CLAIM in page.inner_text("main")
    assert page.locator(".summary").count() == 0
    assert page.locator("main input, main select, main textarea").count() == 0, "asked again"
    assert len(walk.words) <= MOST_PAGES, str(walk)
    assert walk.presses <= MOST_PRESSES, str(walk)
    assert walk.words["writing"] <= WRITING_WORDS, str(walk)
    assert sum(walk.words.values()) <= MOST_WORDS, str(walk)


def write(walk: Walk) -> None:
    """Give what the page says is needed, and nothing else; then it says that nothing is."""
    page = walk.page
    needed = [link.get_attribute("href") for link in page.locator("#needs a").all()]
    assert {"#claim", "#served", "#links", "#level", "#confidence", "#change_mind"} <= set(needed)
    page.fill("#claim", CLAIM)
    page.select_option("#served-0-value", "equality")
    for name in ("#is_without_study", "[name=level][value=school]", "[name=confidence][value='3']",
                 "[name=change_mind][value=evidence]", "#nobody_identified"):  # fmt: skip
        walk.press(page.locator(name))
    if "#attribution" in needed:
        walk.press(page.locator("[name=attribution][value=role]"))


def sign_up(walk: Walk, email: str) -> None:
    page = walk.page
    walk.press(page.locator("#side-new"))
    walk.reads("door")
    page.fill("input[name=email]", email)
    page.fill("input[name=display_name]", "Newcomer")
    page.fill("input[name=new_password]", "a lamp beside the quarry road")
    page.select_option("select[name=role]", "headteacher")
    page.select_option("select[name=phase]", "secondary")
    walk.press(page.locator("input[name=is_adult]"))
    walk.press(page.locator("input[name=accepts]"))
    walk.press(page.locator("form.door button.button"))
    page.wait_for_url("**/accounts/sent/**")


def confirming(served: Served, email: str) -> str:
    """The address in the letter that came."""
    Worker(served.app).sweep()
    folder = served.app.extensions["site"].settings.mail_folder
    letters = [
        path.read_text().replace("=\n", "").replace("=3D", "=") for path in folder.glob("*.eml")
    ]
    mine = next(letter for letter in letters if email in letter)
    found = re.search(r"http://127\.0\.0\.1:\d+/accounts/confirm/\S+", mine)
    assert found is not None, mine
    return found[0]
