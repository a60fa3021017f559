"""Markdown as people here may use it, as HTML and as plain text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.text import MAX_SOURCE, plain, render, sentences
from tests.text.page import read

UNSAFE = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "ftp://a.example",
    "//evil.example",
    "///evil.example",
    "\\\\evil.example",
    "/path",
    "path",
    "?query",
    "#fn1",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://",
    "https://bank.example@evil.example",
    "https://name:password@evil.example",
    "https://bank.example%2F@evil.example",
    "https://evil%2Eexample",
    "https://a.example:port",
    "https://[::1",
    "mailto:",
    "mailto:a@b.example?bcc=c@d.example",
    "mailto:a@b.example,c@d.example",
    "https://a.example/" + "a" * 2_000,
]


@pytest.mark.parametrize("address", UNSAFE)
def test_an_unsafe_address_is_no_link(address: str) -> None:
    assert "<a" not in render(f"[words]({address})")
    assert "<a" not in render(f"[words][a]\n\n[a]: {address}")
    assert "<a" not in render(f"<{address}>")
    assert "<a" not in render(f"![words]({address})")


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("[a](https://a.example/b?c=d#e)", "https://a.example/b?c=d#e"),
        ("[a](HTTP://a.example)", "HTTP://a.example"),
        ("[a](https://a.example:8443/)", "https://a.example:8443/"),
        ("[a](https://bücher.example/ä)", "https://xn--bcher-kva.example/%C3%A4"),
        ("[a](https://a.example/@b)", "https://a.example/@b"),
        ("<https://a.example>", "https://a.example"),
        ("<a@b.example>", "mailto:a@b.example"),
        ("[a](mailto:a@b.example)", "mailto:a@b.example"),
    ],
)
def test_a_whole_address_is_a_link_that_recommends_nothing(source: str, address: str) -> None:
    ((_, paragraph), (tag, attributes)) = read(render(source)).tags
    assert (tag, paragraph) == ("a", {})
    assert attributes == {"href": address, "rel": "nofollow ugc noopener"}


def test_html_is_shown_as_it_was_typed() -> None:
    assert read(render("a <b onclick=x>c</b>")).text == "a <b onclick=x>c</b>\n"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        (" \n\t\r\n\x00", ""),
        (
            "*a* **b** ~~c~~ `d`",
            "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n",
        ),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("7. a", '<ol start="7">\n<li>a</li>\n</ol>\n'),
        ("```python\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
        ("a\r\n\r\nb\rc", "<p>a</p>\n<p>b<br>\nc</p>\n"),
        ("x^[2]", "<p>x^[2]</p>\n"),
    ],
)
def test_marks_become_these_tags(source: str, html: str) -> None:
    assert render(source) == html


@pytest.mark.parametrize(
    ("level", "tag"), [(1, "h3"), (2, "h3"), (3, "h3"), (4, "h4"), (5, "h4"), (6, "h4")]
)
def test_a_heading_stays_below_those_of_the_page(level: int, tag: str) -> None:
    assert render("#" * level + " a") == f"<{tag}>a</{tag}>\n"


def test_a_picture_is_a_link_with_its_description() -> None:
    html = render("![a *chart*](https://a.example/b.png)")
    assert "<img" not in html
    assert '<a href="https://a.example/b.png" rel="nofollow ugc noopener">a chart</a>' in html


def test_a_picture_without_description_shows_its_address() -> None:
    assert ">https://a.example/b.png</a>" in render("![](https://a.example/b.png)")


def test_a_link_holds_no_other_link() -> None:
    html = render("[![a](https://a.example) c](https://b.example)")
    assert html == '<p><a href="https://b.example" rel="nofollow ugc noopener">a c</a></p>\n'
    noted = read(render("[a [^1]](https://b.example)\n\n[^1]: c"))
    assert [attributes["href"] for tag, attributes in noted.tags if tag == "a"] == [
        "#fn1",
        "https://b.example",
        "#fnref1",
    ]


def test_a_footnote_and_its_mark_lead_to_each_other() -> None:
    tags = read(render("a[^x] b[^x]\n\n[^x]: c", prefix="p7-")).tags
    ids = {attributes["id"] for _, attributes in tags if "id" in attributes}
    targets = {attributes["href"][1:] for _, attributes in tags if "href" in attributes}
    assert ids == targets == {"p7-fn1", "p7-fnref1", "p7-fnref1-2"}


def test_two_posts_on_one_page_share_no_id() -> None:
    source = "a[^1]\n\n[^1]: b"
    first, second = (read(render(source, prefix=prefix)).tags for prefix in ("p1-", "p2-"))
    assert not {t[1]["id"] for t in first if "id" in t[1]} & {
        t[1]["id"] for t in second if "id" in t[1]
    }


@pytest.mark.parametrize("prefix", ['"', "a b", "<", "1", "-", "é", "a\n", "a" * 65])
def test_a_prefix_that_is_no_plain_word_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        render("a", prefix=prefix)


@pytest.mark.parametrize("function", [render, plain])
def test_a_source_above_the_limit_is_refused(function: object) -> None:
    assert callable(function)
    function("a" * MAX_SOURCE)
    function("\r\n" * MAX_SOURCE)
    with pytest.raises(ValueError, match="at most 20000"):
        function("a" * (MAX_SOURCE + 1))


@pytest.mark.parametrize("source", ["a\u202eb", "a&#x202E;b", "a&#8238;b", "`a\u2066b`"])
def test_marks_that_turn_the_direction_of_reading_are_gone(source: str) -> None:
    assert read(render(source)).text == "ab\n"
    assert plain(source) == "ab"


def test_a_combining_stroke_does_not_eat_the_tag_before_it() -> None:
    assert render("&#x338;a") == "<p>\u0338a</p>\n"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("# a\n\nb *c* **d** ~~e~~ `f`", "a\n\nb c d e f"),
        ("[a](https://b.example) ![c](https://d.example)", "a c"),
        ("[a](javascript:b)", "[a](javascript:b)"),
        ("> a\nb", "a\nb"),
        ("| a | b |\n|---|---|\n| c | |\n| d | e |", "a | b\nc\nd | e"),
        ("- a\n- b\n\nc", "a\nb\n\nc"),
        ("a  \nb", "a\nb"),
        ("```\na  b\n```", "a  b"),
        ("a[^1]\n\n[^1]: b", "a\n\nb"),
        ("a <b>c</b> &amp; &lt;i&gt;", "a <b>c</b> & <i>"),
        (r"\*a\*", "*a*"),
    ],
)
def test_plain_text_keeps_words_and_drops_marks(source: str, text: str) -> None:
    assert plain(source) == text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("## What we share\n\nAll *agreed*.\n\nNearly", "All agreed.\n\nNearly"),
        ("All agreed.\n\n# Later\n\n- One", "All agreed.\n\nOne"),
        ("# Only a heading", "Only a heading"),
        ("**What we share.** All agreed.", "All agreed."),
        ("**What we share:**\n\nAll agreed.", "What we share:\n\nAll agreed."),
        ("**All** agreed. **Nearly.**", "All agreed. Nearly."),
        ("", ""),
    ],
)
def test_sentences_leave_the_headings_out_unless_there_is_nothing_else(
    source: str, words: str
) -> None:
    assert sentences(source) == words


WORDS = st.text(alphabet=st.sampled_from("abcé ÀΩ好\n*_~#`[]()!->.1"), max_size=200)


@given(WORDS)
@settings(deadline=None)
def test_plain_text_has_no_tags_of_its_own(source: str) -> None:
    assert "<" not in plain(source)


@given(WORDS)
@settings(deadline=None)
def test_plain_text_keeps_every_letter_outside_links_definitions_and_fences(source: str) -> None:
    """What stands behind a fence names a language, and no page shows it."""
    source = re.sub("~{3,}", "~~", source.translate(str.maketrans("", "", "[]`")))
    assert letters(plain(source)) == letters(source)


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign in "abcéÀΩ好")
