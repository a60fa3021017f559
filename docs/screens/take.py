"""Takes the pictures of this folder from a running demonstration.

    make demo                                        # in one terminal
    .venv/bin/python docs/screens/take.py            # in another

Needs Debian's chromium. Every page is taken at 1440 px, light, and at 360 px, dark, at half size;
the picture that the README begins with is the one that goes with a link to a finding.
"""

import argparse
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PASSWORD = "reasons beneath the road"  # noqa: S105  # the demonstration's, printed by `make demo`
SERIES = "/series/mapping-the-way"
WEIGHED, WEIGHING, OPEN = "compel-enrichment", "tutoring-or-the-classroom", "grouping-by-attainment"
DRAWN = {  # what README.md shows first
    "finding.png": f"/pictures/findings/{WEIGHED}.png",
    "map.png": "/pictures/threads/what-data-should-stop.png",
}
THREAD = f"/threads/{WEIGHED}"
OTHER = "paying-for-slack"
SHAPES = ((1440, 900, "light"), (360, 740, "dark"))
WAITING = "first waiting"
LONGEST = 2_000  # a taller page is cut off
FROM = {"where-i-stand": ".stands"}  # what a picture begins with, where that is not the page's head

PAGES = {
    "visitor": {
        "series": SERIES,
        "theme": f"{SERIES}/themes/supply-of-opportunity",
        "thread": THREAD,
        "thread-weighing": f"/threads/{WEIGHING}",
        "thread-by-value": f"{THREAD}?group=value",
        "position": "first position",
        "library": "/evidence/mapping-the-way",
        "item": "first item",
        "values": "/values/mapping-the-way",
        "value": "/values/mapping-the-way/equality",
        "findings": f"/findings/{WEIGHED}",
        "findings-as": f"/findings/{WEIGHED}?as=role:headteacher",
        "findings-waiting": f"/findings/{WEIGHING}",
        "round": f"/rounds/{WEIGHING}/1",
        "statements": f"/rounds/{WEIGHED}/statements",
        "rules": f"{SERIES}/rules",
        "report": "first reportable",
        "log": "/transparency/mapping-the-way/log",
        "transparency": "/transparency/mapping-the-way",
        "history": f"{THREAD}/history",
        "record": "/duties/complaints-procedure",
        "sign-up": "/accounts/sign-up",
        "not-found": "/nowhere",
    },
    "contributor": {
        "write": f"/positions/write/{OPEN}",
        "rate": f"/rounds/{WEIGHING}/1/rate",
        "rate-all": f"/rounds/{WEIGHING}/1/rate?all=1",
        "my-answers": f"/rounds/{WEIGHED}/1/mine",
        "where-i-stand": f"/findings/{WEIGHED}",
        "mine": "/positions/mine",
        "profile": "/accounts/profile",
        "statement": "first statement",
        "my-data": "/rights",
        "leave": "/rights/leave",
    },
    "moderator": {
        "desk": "/moderation",
        "deciding": WAITING,
        "reported": "first reported",
        "pace": "/moderation/statistics",
        "curate": f"{THREAD}/curate",
        "draft": f"/rounds/{WEIGHED}/statements/draft",
        "one-statement": "first drafted",
        "plan": f"/rounds/{WEIGHING}/plan",
        "merge": f"/threads/{OPEN}/regroup/merge?into={OTHER}",
        "sanctions": "/sanctions/mapping-the-way",
        "sanction": "first sanctioned",
        "redact": "first redacted",
    },
    "convener": {
        "members": f"{SERIES}/members",
        "settings": f"{SERIES}/settings",
        "record-writing": "/duties/illegal-content-risk-assessment/write",
    },
}


def main() -> None:
    """Take every picture of every kind of person."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="", help="parts of names, with commas")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        for who, pages in PAGES.items():
            wanted = {
                name: path
                for name, path in pages.items()
                if any(part in name for part in given.only.split(","))
            }
            for shape in SHAPES:
                take(browser, given.base, who, wanted, shape)
        asked = browser.new_page(base_url=given.base).request
        for name, path in DRAWN.items():
            (HERE / name).write_bytes(asked.get(path).body())
        browser.close()


def take(
    browser: Browser, base: str, who: str, pages: dict[str, str], shape: tuple[int, int, str]
) -> None:
    """The pages as one kind of person sees them; `shape` is width, height (pixels) and theme."""
    width, height, theme = shape
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        device_scale_factor=0.5 if width > 1000 else 1,
        base_url=base,
    )
    page = context.new_page()
    if who != "visitor":
        sign_in(page, who)
    for name, path in pages.items():
        page.goto(found(page, path))
        page.wait_for_timeout(150)
        top = top_of(page, FROM[name]) if name in FROM else 0
        tall = min(LONGEST, int(page.evaluate("document.documentElement.scrollHeight")) - top)
        page.screenshot(
            path=HERE / f"{name}-{width}-{theme}.jpg",
            type="jpeg",
            quality=20,
            full_page=True,
            clip={"x": 0, "y": top, "width": width, "height": tall},
        )
    context.close()


def top_of(page: Page, part: str) -> int:
    """Where a part of the page begins, with what folds in it unfolded."""
    shown = page.locator(part)
    shown.locator("details").evaluate_all("each => each.forEach(one => { one.open = true; })")
    return int(shown.evaluate("one => one.getBoundingClientRect().top + scrollY")) - 24


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/sign-in")
    page.fill("input[name=email]", f"{who}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button:not([type=button])")
    page.wait_for_load_state()


def found(page: Page, path: str) -> str:
    """A path that depends on random ids is read off the page that links to it."""
    places = {
        "first position": (THREAD, r'href="(/positions/[a-z0-9]{10})"'),
        "first item": ("/evidence/mapping-the-way", r'href="(/evidence/[a-z-]+/[a-z0-9]{10})"'),
        WAITING: ("/moderation", r'href="(/moderation/positions/[a-z0-9]{10})"'),
        "first reported": ("/moderation", r'href="(/reports/desk/[a-z0-9]{10})"'),
        "first reportable": (THREAD, r'href="(/reports/position/[a-z0-9]{10})'),
        "first statement": ("/appeals", r'href="(/appeals/[a-z0-9]{10})"'),
        "first drafted": (
            f"/rounds/{WEIGHED}/statements/draft",
            rf'href="(/rounds/{WEIGHED}/statements/[a-z0-9]{{10}})"',
        ),
        "first sanctioned": (WAITING, r'href="(/sanctions/positions/[a-z0-9]{10})"'),
        "first redacted": (WAITING, r'href="(/redactions/positions/[a-z0-9]{10})"'),
    }
    if path not in places:
        return path
    start, pattern = places[path]
    page.goto(found(page, start))
    match = re.search(pattern, page.content())
    return match[1] if match else start


if __name__ == "__main__":
    main()
