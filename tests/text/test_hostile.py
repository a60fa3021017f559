"""Nothing that people write can act on a page."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discussion.text import MAX_SOURCE, identifying, line, plain, render, stored
from discussion.vocabulary.education import EDUCATION
from tests.text.costly import sources
from tests.text.page import read, read_again

FILES = sorted((Path(__file__).parents[1] / "data" / "sanitiser").glob("*.json"))
COSTLY = sources()


def test_there_are_thousands_of_hostile_inputs() -> None:
    assert sum(len(hostile_inputs(file)) for file in FILES) == 8_991


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_hostile_input_leaves_anything_active(file: Path) -> None:
    for source in hostile_inputs(file):
        assert_inert(source)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_hostile_input_becomes_active_inside_markdown(file: Path) -> None:
    inputs = hostile_inputs(file)
    for i, source in enumerate(inputs):
        places = in_markdown(source)
        # The longest list is varied enough for one place each; the others are tried everywhere.
        for wrapped in places if len(inputs) < 1_000 else places[i % len(places) :][:1]:
            assert_inert(wrapped)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_hostile_input_can_be_read_as_plain_text(file: Path) -> None:
    sources = list(hostile_inputs(file))
    assert sources
    for source in sources:
        assert not [sign for sign in plain(source) + line(source) if sign in "\x00\u202e\u2066"]
        identifying(source, EDUCATION.signs)


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_source_makes_a_small_and_shallow_page(name: str) -> None:
    html = render(COSTLY[name])
    page = read(html)
    assert page.faults == []
    assert page.depth <= 14
    assert len(page.tags) <= 8_000
    assert len(html) <= 8 * MAX_SOURCE


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_source_can_be_read_as_plain_text(name: str) -> None:
    assert len(plain(COSTLY[name])) <= 3 * MAX_SOURCE
    identifying(COSTLY[name], EDUCATION.signs)


@pytest.mark.parametrize("source", ["[^a" * 101, "- a\n" * 4_000, ">" * 13 + "a", "*a* " * 4_000])
def test_a_source_cut_up_beyond_sense_is_shown_as_it_was_typed(source: str) -> None:
    assert [tag for tag, _ in read(render(source)).tags] == ["pre"]
    assert source.rstrip() in read(render(source)).text


@pytest.mark.parametrize("depth", [13, 100, 2_000, 10_000])
@pytest.mark.parametrize("mark", [">", "- ", "1. ", "+ > "])
def test_no_word_is_lost_in_deep_nesting(mark: str, depth: int) -> None:
    source = (mark * depth)[: MAX_SOURCE - 20] + " the innermost word"
    assert "the innermost word" in read(render(source)).text
    assert "the innermost word" in plain(source)


@given(st.text())
@settings(deadline=None)
def test_any_text_makes_a_page_without_anything_active(source: str) -> None:
    assert_inert(source)


MARKS = st.sampled_from(
    [
        *"*_~[]()!^<>`\\&#+-=|\"':;%@/ \n\t\r\x00",
        *("\n\n", "    ", "> ", "- ", "1. ", "```", "[^a]", "[^a]: ", "[a]: ", "](", "![", "<!--"),
        *("javascript:", "JaVa\tScRiPt:", "data:text/html,", "//evil.example", "https://a.example"),
        *("https:\\\\a", "http://a@b.example", "mailto:a@b.example", "http://[::1]", "a@b.example"),
        *("&#106;", "&#x202e;", "&lt;", "&colon;", "&NewLine;", "&#0;", "&#xD800;", "&#x338;"),
        *("<script>", "<a href=", "<img src=x onerror=alert(1)>", "</p>", "<svg/onload=", "]]>"),
        *("\u202e", "\u2066", "\ud800", "\u0338", "\ufeff", "\u2028", "é", "ß", "مرحبا", "好"),
        *("word", "onclick=", "style=", 'title="'),
    ]
)


@given(st.lists(MARKS, max_size=60).map("".join))
@example("https://a.exampleمرحبا")  # a name in two directions, which browsers refuse
@settings(deadline=None, max_examples=400)
def test_any_markdown_makes_a_page_without_anything_active(source: str) -> None:
    assert_inert(source)


@given(st.lists(MARKS, max_size=40).map("".join))
@settings(deadline=None)
def test_rendering_is_the_same_every_time_and_survives_the_database(source: str) -> None:
    html = render(source)
    assert render(source) == html == stored(str(html))


@given(st.lists(MARKS, max_size=40).map("".join))
@settings(deadline=None)
def test_html_shown_as_source_is_text_and_stays_text(source: str) -> None:
    html = str(render(source))
    assert read(render(html)).faults == []


def assert_inert(source: str) -> None:
    html = render(source, prefix="post-1-")
    page, again = read(html), read_again(html)
    assert page.faults == [], source
    # A second sanitiser, with the parser of a browser, finds nothing to take away.
    assert again.tags == page.tags, source
    assert again.text == page.text, source


def hostile_inputs(file: Path) -> list[str]:
    inputs: list[str] = json.loads(file.read_text("utf-8"))
    return inputs


def in_markdown(source: str) -> tuple[str, ...]:
    """The input where it would do most: as an address, a title, a picture, a label, code."""
    return (
        f"[a]({source})",
        f"[a](<{source}>)",
        f'[a](https://a.example "{source}")',
        f"![{source}]({source})",
        f"<{source}>",
        f"[a]\n\n[a]: {source}\n",
        f"a[^{source}]\n\n[^{source}]: {source}\n",
        f"```{source}\n{source}\n",
        f"[{source}](https://a.example/{source})",
    )
