"""Promises 8, 10 and 11 in templates: no HTML let through, nothing inline, one h1 and a title."""

import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta, nodes

from tests.architecture.reading import modules, name_of, root, templates


def pages() -> list[Path]:
    return [path for path in templates() if '{% extends "_layout/base.html" %}' in path.read_text()]


def htmls() -> list[Path]:
    return [path for path in templates() if path.suffix == ".html"]


# A block of data is no script: no browser runs it, and `tojson` lets no "<" into it.
_DATA = r'\stype="application/ld\+json">\{\{[^}]*\|tojson \}\}</script>'
_SCRIPT = rf"<script(?![^>]*\ssrc=|{_DATA})"
# A letter is no page: programs that show it know no style sheet of ours.
_STYLES, _STYLE = r"<style\b", r"\sstyle\s*="
LETTERS = "mail/"
# What no template may hold, and what to do instead.
NEVER = {
    r"\|\s*safe\b": "hand over Markup from discussion.text",
    r"{%-?\s*autoescape\s+false": "hand over Markup from discussion.text",
    _STYLES: "write static/css/<room>.css",
    _STYLE: "write a class in static/css/<room>.css: the page's policy refuses style=",
    _SCRIPT: "write static/js/<room>.js: the page's policy refuses inline script",
    r"\son[a-z]+\s*=\s*[\"']": "bind by data- attributes in static/js",
    r"(maxlength|data-longest)=\"?\d|\blongest=\"?\d{2}": "read how long it may be from its form",
    r"javascript:": "bind by data- attributes in static/js",
    r"(src|href|action)\s*=\s*[\"']https?:": "a page loads and links nothing fixed from elsewhere",
}


PART = (
    "Promise 10, a template gets `page`, perhaps `form`: what it extends, includes or imports"
    " stands in templates/, and it compiles. Mend the name, or move the part to templates/_parts."
)
HEAD = (
    "Promise 11: every page has a title and one `h1`. Add {% block title %}, or mend the headings."
)
WORDS = 'Every visible word goes through gettext. Say it as {{ _("…") }}.'
FOLDER = (
    "Promise 12, one word per thing: a folder in templates/ is called like its room. Rename it, or "
    "move what all pages share to templates/_parts."
)


def environment() -> Environment:
    return _environment(root() / "templates")


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_template_compiles_and_finds_its_parts(path: Path) -> None:
    tree = environment().parse(path.read_text(encoding="utf-8"))
    assert environment().get_template(name_of(path)).name == name_of(path)
    for used in meta.find_referenced_templates(tree):
        is_there = used is None or (root() / "templates" / used).is_file()
        assert is_there, f"{PART}\ntemplates/{name_of(path)} uses {used}"


@pytest.mark.parametrize("pattern", NEVER)
def test_no_template_holds_what_a_page_may_not(pattern: str) -> None:
    wrong = [
        f"templates/{name_of(path)}: {found.group().strip()}"
        for path in htmls()
        if not (pattern in (_STYLES, _STYLE) and name_of(path).startswith(LETTERS))
        if (found := re.search(pattern, _without_comments(path.read_text()), re.IGNORECASE))
    ]
    assert not wrong, "\n".join([f"Promises 8 and 11: {NEVER[pattern]}.", *wrong])


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_every_page_has_a_title_and_one_main_heading(path: Path) -> None:
    """One h1 whichever way its conditions go: in the page itself or in a part it includes."""
    source = path.read_text(encoding="utf-8")
    tree = environment().parse(source)
    has_title = any(block.name == "title" for block in tree.find_all(nodes.Block))
    assert has_title, f"{HEAD}\ntemplates/{name_of(path)} has no title"
    counts = _headings(tree.body)
    assert counts == {1}, f"{HEAD}\ntemplates/{name_of(path)} has {sorted(counts)} h1"


@pytest.mark.parametrize("path", htmls(), ids=name_of)
def test_every_visible_word_goes_through_gettext(path: Path) -> None:
    source = _without_comments(path.read_text(encoding="utf-8"))
    for pattern in (r"{%-?\s*trans\b.*?endtrans\s*-?%}", r"{%.*?%}", r"{{.*?}}",
                    r"<(script|style|svg)\b.*?</\1>", r"<!doctype[^>]*>", r"<[^>]*>", r"&\w+;",
                    r"[\w-]+=\"[^\"]*\""):  # fmt: skip
        source = re.sub(pattern, " ", source, flags=re.DOTALL)
    words = re.findall(r"[^\W\d_]{3,}", source)
    assert not words, f"{WORDS}\ntemplates/{name_of(path)}: {' '.join(words[:8])}"


def test_a_notice_begins_with_its_icon() -> None:
    """Its first column is as narrow as an icon: words there stand one letter below the other."""
    notice = re.compile(r'<\w+ class="notice(?: [^>]*)?">\s*(.{11})', re.DOTALL)
    begun = [
        (name_of(path), begins)
        for path in htmls()
        for begins in notice.findall(_without_comments(path.read_text(encoding="utf-8")))
    ]
    assert len(begun) > 10
    assert [one for one in begun if not one[1].startswith(("<svg class=", "{{ icon("))] == []


def test_every_folder_of_templates_belongs_to_a_room() -> None:
    rooms = {module.room for module in modules()}
    shared = {"_layout", "_parts", "errors", "mail_box"}
    lost = {path.name for path in (root() / "templates").iterdir()} - rooms - shared
    assert not lost, "\n".join([FOLDER, *(f"templates/{name}" for name in sorted(lost))])


def macros_with_a_heading() -> frozenset[str]:
    return _macros_with_a_heading(root())


@cache
def _macros_with_a_heading(_root: Path) -> frozenset[str]:
    """The macros that write the page's h1."""
    return frozenset(
        macro.name
        for path in htmls()
        for macro in environment().parse(path.read_text()).find_all(nodes.Macro)
        if any("<h1" in data.data for data in macro.find_all(nodes.TemplateData))
    )


def _headings(body: list[nodes.Node]) -> set[int]:
    """How many h1 the body can end up with: one number for each way through its conditions."""
    counts = {0}
    for node in body:
        counts = {mine + theirs for mine in counts for theirs in _headings_of(node)}
    return counts


def _headings_of(node: nodes.Node) -> set[int]:
    match node:
        case nodes.If():
            ways = [_headings(node.body), _headings(node.else_)]
            ways += [_headings(other.body) for other in node.elif_]
            return set().union(*ways)
        case nodes.For():
            inside = _headings(node.body)
            return {0} if inside == {0} else {2, *inside}
        case nodes.Block() if node.name not in ("main",):
            return {0}
        case nodes.Macro():
            return {0}
        case nodes.Include(template=nodes.Const(value=name)):
            return _headings(environment().parse((root() / "templates" / name).read_text()).body)
        case nodes.Call(node=nodes.Name(name=name) | nodes.Getattr(attr=name)):
            return {int(name in macros_with_a_heading())}
        case nodes.TemplateData():
            return {len(re.findall(r"<h1\b", node.data))}
    return _headings(list(node.iter_child_nodes()))


def _without_comments(source: str) -> str:
    return re.sub(r"{#.*?#}|<!--.*?-->", "", source, flags=re.DOTALL)
