"""The findings page in every state it can be in: sentence, table and picture say the same."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from discussion.app import create_app
from discussion.config import Settings
from discussion.migrations import every_table
from discussion.web.faces import answer
from discussion.web.site import site as site_of
from discussion.weighing.findings.shapes.page import FindingsPage
from discussion.weighing.findings.shapes.rows import Row
from tests.conftest import SECRET
from tests.weighing.findings.dom import Node, Reader
from tests.weighing.findings.pages.enrichment import MINE, make_page
from tests.weighing.findings.pages.states import STATES, of_many, of_points, with_everything


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, of which only templates are asked; its tables have no rows."""
    folder: Path = tmp_path_factory.mktemp("findings")
    app = create_app(Settings(environment="test", secret_key=SECRET, data_dir=folder,
                              database_url=f"sqlite:///{folder / 'none.sqlite'}"))  # fmt: skip
    every_table().create_all(site_of(app).engine)  # the menu asks what there is
    return app


def render(site: Flask, page: FindingsPage) -> str:
    with site.test_request_context("/findings/compel-enrichment"):
        series = (page.series_slug, page.series_title)
        return answer("findings/page.html", page, series=series).get_data(as_text=True)


def read(site: Flask, page: FindingsPage) -> Node:
    reader = Reader()
    reader.feed(render(site, page))
    return next(reader.root.all("main"))


def rows_of(page: FindingsPage) -> list[Row]:
    assert page.found is not None
    return [row for kind in page.found.kinds for row in kind.rows]


@pytest.mark.parametrize("name", STATES)
def test_every_state_says_one_thing_first_and_names_each_part_once(site: Flask, name: str) -> None:
    page = STATES[name]
    main = read(site, page)
    [heading] = main.all("h1")
    if page.found:
        assert heading.words() == page.found.sentence.heading
    elif page.waiting:
        assert page.waiting.says in main.words()
    ids = [one.given["id"] for one in main.all() if "id" in one.given]
    assert len(ids) == len(set(ids))
    for one in main.all():
        if one.tag == "use":
            continue
        for named in ("aria-labelledby", "popovertarget"):
            assert set((one.given.get(named) or "").split()) <= set(ids), (one.tag, one.given)
        address = one.given.get("href") or ""
        assert not address.startswith("#") or address[1:] in ids, address


@pytest.mark.parametrize("name", [name for name, page in STATES.items() if page.found])
def test_the_table_the_picture_and_its_words_carry_the_same_numbers(site: Flask, name: str) -> None:
    page = STATES[name]
    main = read(site, page)
    drawn = {words(one).partition(".")[0]: one for one in main.all("svg", "shore")}
    told = {one.given["id"]: one for one in main.all("tr") if "id" in one.given}
    listed = [one for one in main.all("details", "as-table") if "each point" in one.words()]
    as_table = {} if not listed else table_of(listed[0])
    assert len(rows_of(page)) > 0
    for row in rows_of(page):
        cells = row.cells or (row.everybody,)
        for cell in cells:
            assert cell.short in told[f"s-{row.code}"].words()
        if row.gap is not None:
            assert row.gap_words in told[f"s-{row.code}"].words()
        known = [cell for cell in cells if cell.counts]
        assert (row.code in drawn) == bool(known)
        if not known:
            continue
        for cell in known:
            assert f": {', '.join(map(str, cell.counts))};" in words(drawn[row.code])
            assert list(map(str, cell.counts)) in as_table[row.code]
        heights = bars(drawn[row.code])
        shares = [share for cell in known for share in cell.shares if share]
        assert len(heights) == len(shares)
        unit = max(heights) / max(shares)
        assert heights == pytest.approx([share * unit for share in shares], abs=0.2)


def words(picture: Node) -> str:
    return next(picture.all("title")).words()


def bars(picture: Node) -> list[float]:
    return [float(one.given["height"] or 0) for one in picture.all("rect")]


def table_of(details: Node) -> dict[str, list[list[str]]]:
    """By statement: the numbers of each group, point by point."""
    found: dict[str, list[list[str]]] = {}
    for row in details.all("tr"):
        heads = [one for one in row.all("th") if one.given.get("scope") == "row"]
        cells = [
            one.words() for one in row.all("td", "is-number")
            if re.fullmatch(r"\d+:", one.given.get("data-l") or "")
        ]  # fmt: skip
        if heads:
            found.setdefault(heads[0].words(), []).append(cells)
    return found


def test_each_end_of_the_stretch_is_an_average_and_it_is_as_long_as_the_gap(site: Flask) -> None:
    page = make_page()
    pictures = {words(one)[:2]: one for one in read(site, page).all("svg", "shore")}
    assert any(row.is_one_sided for row in rows_of(page))
    for row in rows_of(page):
        stretch = [] if row.code not in pictures else list(pictures[row.code].all("line", "span"))
        assert bool(stretch) == row.is_one_sided
        for line in stretch:
            ends = [float((line.given[end] or "").rstrip("%")) for end in ("x1", "x2")]
            assert row.gap is not None
            assert abs(ends[0] - ends[1]) / 100 * 5 == pytest.approx(row.gap * 4, abs=0.002)


@pytest.mark.parametrize("points", [3, 4, 5, 7])
def test_a_scale_of_any_length_fills_the_width(site: Flask, points: int) -> None:
    picture = next(read(site, of_points(points)).all("svg", "shore"))
    at = [float((one.given["x"] or "").rstrip("%")) for one in picture.all("rect", "is-a")]
    width = float((next(picture.all("rect")).given["width"] or "").rstrip("%"))
    assert len(at) == points
    assert at[0] == pytest.approx(100 - at[-1] - width, abs=0.05)


def test_every_number_opens_into_how_it_was_got(site: Flask) -> None:
    page = make_page()
    main = read(site, page)
    sheets = {one.given["id"]: one.words() for one in main.all() if "popover" in one.given}
    opened = {one.given.get("popovertarget") for one in main.all("button", "opener")}
    for row in rows_of(page):
        assert f"got-{row.code}" in opened
        for sentence in row.opens:
            assert sentence in sheets[f"got-{row.code}"]
    assert {"got-end", "got-fact", "got-means"} <= opened


def test_boxes_are_as_many_as_answered_and_filled_as_many_as_said_yes(site: Flask) -> None:
    page = make_page()
    assert page.found is not None
    drawn = list(read(site, page).all("svg", "boxes"))
    for picture, one in zip(drawn, page.found.meta.rows, strict=True):
        assert len(list(picture.all("rect"))) == one.answered
        assert len(list(picture.all("rect", "is-on"))) == one.yes
        assert f"{one.yes} of {one.answered}" in words(picture)


def test_where_i_stand_is_there_for_me_alone(site: Flask) -> None:
    assert MINE.group not in render(site, make_page())
    assert "Only you see this" in render(site, with_everything())


def test_nothing_of_too_few_people_is_drawn_or_told(site: Flask) -> None:
    main = read(site, STATES["not enough"])
    assert not list(main.all("svg", "shore"))
    assert "Too few to draw" in main.words()
    row = next(one for one in main.all("tr") if one.given.get("id") == "s-E1")
    assert "fewer than 5" in row.words()
    assert "not shown" in row.words()


def test_a_group_that_is_too_small_to_draw_is_named_beside_the_picture(site: Flask) -> None:
    page = make_page()
    assert page.found is not None
    kind = page.found.kinds[0]
    first, second = kind.rows[0].cells
    few = replace(second, counts=(), shares=(), mean=None, words="fewer than five")
    row = replace(kind.rows[0], cells=(first, few), gap=None)
    kinds = (replace(kind, rows=(row, *kind.rows[1:])), *page.found.kinds[1:])
    main = read(site, replace(page, found=replace(page.found, kinds=kinds)))
    [said] = main.all("p", "shore-undrawn")
    title = page.found.groups[1].title
    assert said.words() == f"{title} is not drawn here: fewer than five."


@pytest.mark.parametrize("state", ["none", "planned", "open", "computing"])
def test_a_page_that_waits_tells_how_many_answered_and_nothing_else(
    site: Flask, state: str
) -> None:
    main = read(site, STATES[state])
    assert not list(main.all("table"))
    assert "What this page will say" in main.words()
    assert ("People who have answered 12" in main.words()) == (state == "open")


def test_imported_data_carry_their_attribution_and_inferred_groups_their_warning(
    site: Flask,
) -> None:
    said = read(site, STATES["polis"]).words()
    assert "The Computational Democracy Project" in said
    assert "inferred from the answers alone" in said
    assert "45 of 57 agree, against 7 of 41 elsewhere" in said


def test_a_page_of_eight_statements_is_small(site: Flask) -> None:
    assert len(render(site, with_everything()).encode()) < 100_000
    assert len(render(site, of_many(40)).encode()) < 400_000
