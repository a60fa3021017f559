"""What people paste: text from a word processor, tables, and addresses without any marks."""

import re

import pytest

from discussion.text import (
    MAX_SOURCE,
    as_written,
    count_links,
    find_phrases,
    plain,
    render,
    take_out,
)
from tests.text.page import read

FROM_WORD = (
    "    A paragraph that Word indented.\n\nWe should:\n•\tpay for slack\n•\tshare staff\n\n"
    "First line\nSecond line\n"
)


def shape(source: str) -> str:
    """The HTML of a source on one line, without attributes."""
    return re.sub(r"\n", "", re.sub(r"<(\w+)[^>]*>", r"<\1>", str(render(source))))


def test_text_from_a_word_processor_reads_as_its_writer_saw_it() -> None:
    assert shape(FROM_WORD) == (
        "<p>A paragraph that Word indented.</p><p>We should:</p>"
        "<ul><li>pay for slack</li><li>share staff</li></ul><p>First line<br>Second line</p>"
    )
    assert plain(FROM_WORD) == (
        "A paragraph that Word indented.\n\nWe should:\n\npay for slack\nshare staff\n\n"
        "First line\nSecond line"
    )


@pytest.mark.parametrize(
    "indent",
    ["    ", "\t", "\t\t", " \t", "\u00a0\u00a0\u00a0\u00a0", "\u3000\u3000", "            "],
)
@pytest.mark.parametrize("before", ["", "Words\n", "Words\n\n", "- item\n\n", "> quoted\n\n"])
def test_no_indent_makes_code(indent: str, before: str) -> None:
    html = render(f"{before}{indent}A sentence.\n\n{indent}Another.")
    assert "<code" not in html
    assert "<pre" not in html
    assert "A sentence." in html


def test_code_is_what_stands_in_a_fence_and_stays_as_it_is() -> None:
    source = "```\n•\ta\n    b\nx\ty\nx\ty\nhttps://a.example\n```"
    assert shape(source) == "<pre><code>•\ta    bx\tyx\tyhttps://a.example</code></pre>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("•a\n•b", "<ul><li>a</li><li>b</li></ul>"),
        ("\uf0b7\ta\n\uf0b7\tb", "<ul><li>a</li><li>b</li></ul>"),
        ("▪\ta", "<ul><li>a</li></ul>"),
        ("·\ta", "<ul><li>a</li></ul>"),
        ("· a\n· b", "<ul><li>a</li><li>b</li></ul>"),
        ("o\ta\no\tb", "<ul><li>a</li><li>b</li></ul>"),
        ("– a\n– b", "<ul><li>a</li><li>b</li></ul>"),
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("\u00a0\u00a0•\u00a0a\n\u00a0\u00a0•\u00a0b", "<ul><li>a</li><li>b</li></ul>"),
        ("We:\n    •\ta\n    •\tb", "<p>We:</p><ul><li>a</li><li>b</li></ul>"),
        ("We:\n    - a\n    - b", "<p>We:</p><ul><li>a</li><li>b</li></ul>"),
        ("We:\n    1.\ta\n    2.\tb", "<p>We:</p><ol><li>a</li><li>b</li></ol>"),
        ("•\ta\no\tb\n•\tc", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("• a\n   • b\n• c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1.\ta\n2.\tb", "<ol><li>a</li><li>b</li></ol>"),
        ("1)\ta\n2)\tb", "<ol><li>a</li><li>b</li></ol>"),
        ("a.\tx\nb.\ty", "<p>a.\tx<br>b.\ty</p>"),
        ("a) x\nb) y", "<p>a) x<br>b) y</p>"),
        ("(i) x\n(ii) y", "<p>(i) x<br>(ii) y</p>"),
        ("(i)\tx\n(ii)\ty", "<p>(i)\tx<br>(ii)\ty</p>"),
    ],
)
def test_bullets_and_numbers_are_lists_or_lines_of_their_own(source: str, html: str) -> None:
    assert shape(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "— Ada Lovelace",
        "– once",
        "o que faz\no que diz",
        "Ø is a letter",
        "A. Smith said",
        "•",
        "- ",
    ],
)
def test_what_only_looks_like_a_bullet_loses_no_word(source: str) -> None:
    assert "".join(source.split()) in "".join(read(render(source)).text.split()) or source == "- "


def test_sources_to_which_nothing_refers_are_shown() -> None:
    source = "As Marlow says.\n\n[1]: https://a.example/b\n[2]: Marlow, 2019"
    assert shape(source) == (
        "<p>As Marlow says.</p><p>[1]: <a>https://a.example/b</a><br>[2]: Marlow, 2019</p>"
    )
    assert shape("As [Marlow][1] says.\n\n[1]: https://a.example/b") == (
        "<p>As <a>Marlow</a> says.</p>"
    )


def test_smart_quotes_stay_and_soft_hyphens_go() -> None:
    assert render("“Hy\u00adphen” – it’s…") == "<p>“Hyphen” – it’s…</p>\n"
    assert plain("Hy\u00adphen") == "Hyphen"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\x0b", "\u2028"])
def test_a_line_that_was_ended_ends(break_: str) -> None:
    assert shape(f"a{break_}b") == "<p>a<br>b</p>"
    assert plain(f"a{break_}b") == "a\nb"


# --- tables


def test_a_table_scrolls_inside_itself_and_says_what_it_is() -> None:
    tags = read(render("| Year | Share |\n|---|--:|\n| 2019 | 4 |")).tags
    assert tags[0] == (
        "div",
        {"class": "wide-table", "role": "region", "tabindex": "0", "aria-label": "Year, Share"},
    )
    assert ("th", {"scope": "col", "class": "is-right"}) in tags
    assert [tag for tag, _ in tags][1:] == [
        "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td",
    ]  # fmt: skip


TH = "<div><table><thead><tr><th>a</th><th>b</th></tr></thead>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a | b\n--|--", f"{TH}</table></div>"),
        (
            "| a | b |\n|:-|:-:|\n| c |",
            f"{TH}<tbody><tr><td>c</td><td></td></tr></tbody></table></div>",
        ),
        (
            "words\n| a | b |\n|-|-|\n| **c** | d \\| e |\nwords",
            f"<p>words</p>{TH}<tbody><tr><td><strong>c</strong></td><td>d | e</td></tr></tbody>"
            "</table></div><p>words</p>",
        ),
        (
            "a\tb\nc\td",
            "<div><table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody>"
            "</table></div>",
        ),
        (
            "a\t\tb\nc\t\td",
            "<div><table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody>"
            "</table></div>",
        ),
        ("| a | b |\n| c | d |", "<p>| a | b |<br>| c | d |</p>"),
        ("a | b", "<p>a | b</p>"),
        ("one\ttab", "<p>one\ttab</p>"),
    ],
)
def test_tables_are_drawn(source: str, html: str) -> None:
    assert shape(source) == html


def test_a_row_with_more_cells_than_the_first_keeps_them() -> None:
    source = "| a | b |\n|---|---|\n| c | d | e |"
    assert "<td>e</td>" in render(source)
    assert plain(source) == "a | b\nc | d | e"


@pytest.mark.parametrize(
    "source",
    ["|a" * 1_001 + "\n" + "|-" * 1_001, "|" * 500 + "a|\n" + "|-" * 500 + "\n" + "|\n" * 5_000,
     "a\tb\n" * 2_000, "|a|b|\n|-|-|\n" * 500],
)  # fmt: skip
def test_a_table_too_large_to_read_is_shown_as_it_was_typed(source: str) -> None:
    page = read(render(source[:MAX_SOURCE]))
    assert [tag for tag, _ in page.tags] == ["pre"]


def test_the_name_of_a_table_is_words_whatever_was_typed() -> None:
    page = read(render('| "><script>x | b |\n|---|---|'))
    assert page.tags[0][1]["aria-label"] == '"><script>x, b'
    assert page.faults == []


# --- addresses without marks


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example/b_c_d/_e_/", "https://a.example/b_c_d/_e_/"),
        ("http://a.example/b?c=d&e=f#g", "http://a.example/b?c=d&e=f#g"),
        ("HTTPS://A.example/B", "HTTPS://A.example/B"),
        ("https://a.example:8443/b", "https://a.example:8443/b"),
        ("www.a.example/b", "https://www.a.example/b"),
        ("https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("https://a.example/?b[]=1", "https://a.example/?b%5B%5D=1"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://a.example/L’école", "https://a.example/L%E2%80%99%C3%A9cole"),
        ("https://a.example/@b", "https://a.example/@b"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""), ("see ", " now"), ("see ", "."), ("see ", ", and"), ("(", ")"), ("(see ", ")."),
        ("“", "”"), ("‘", "’"), ("[", "]"), ("Source:", ";"), ("**", "**"), ("_", "_"), ("- ", "!"),
        ("a\n", "\nb"), ("见", "。好"), ("| a | b |\n|---|---|\n| c | ", " |"), ("<", ">"),
    ],
)  # fmt: skip
def test_a_bare_address_is_a_link_to_what_was_typed(
    typed: str, address: str, before: str, after: str
) -> None:
    if before == "<" and typed[:3] == "www":
        before, after = "", ""
    source = f"{before}{typed}{after}"
    links = [given for tag, given in read(render(source)).tags if tag == "a"]
    assert links == [{"href": address, "rel": "nofollow ugc noopener"}]
    assert f">{typed.replace('&', '&amp;')}</a>" in render(source)
    assert typed in plain(source)
    assert count_links(source) == 1


@pytest.mark.parametrize(
    "source",
    [
        "ada@example.org", "mailto:ada@example.org", "ada@www.example.org", "https://", "www.",
        "http://localhost", "www.example", "https://ada@evil.example/", "https://a:b@evil.example",
        "xhttps://a.example", "javascript://a.example", "ftp://a.example", "https://evil%2Eexample",
        "`https://a.example`", "https://a.example/" + "a" * 2_000, "https://.example",
        r"https://a.example/\[name removed\]", "/www.a.example/b",
    ],
)  # fmt: skip
def test_what_is_no_whole_address_or_an_e_mail_address_is_no_link(source: str) -> None:
    assert "<a" not in render(source)
    assert "<a" not in as_written(source) or "`" in source or "\\" in source


def test_a_link_with_words_stays_the_one_link() -> None:
    assert count_links("[www.a.example](https://a.example)") == 1
    assert shape("[www.a.example](https://a.example)") == "<p><a>www.a.example</a></p>"


def test_plain_fields_keep_their_lines_and_link_their_addresses() -> None:
    assert as_written("<b>\nsee (https://a.example/?b=1&c=2).") == (
        '&lt;b&gt;<br>see (<a href="https://a.example/?b=1&amp;c=2" '
        'rel="nofollow ugc noopener">https://a.example/?b=1&amp;c=2</a>).'
    )
    assert read(as_written('https://a.example/"onx=1 www.b.example/<i>')).faults == []


def test_what_is_taken_out_of_pasted_text_leaves_its_shape() -> None:
    source = "•\tAda Lovelace said\n•\tno\n\nA\tB\nAda Lovelace\t3"
    taken, how_many = take_out(source, ["Ada Lovelace"], "[name removed]", is_markdown=True)
    assert how_many == len(find_phrases(source, ["Ada Lovelace"], is_markdown=True)) == 2
    assert shape(taken) == shape(source).replace("Ada Lovelace", "[name removed]")
