"""Forms in a page that was drawn already: hidden fields are added, and what was typed is put back.

It works on the HTML of the page, so that every form is filled as a browser would fill it, whatever
room draws it. What somebody typed is escaped here like everywhere.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Fields = Mapping[str, Sequence[str]]
_FORM = re.compile(
    r'(<form\b[^>]*\bmethod="post"[^>]*>)(.*?)(?=</form>)', re.DOTALL | re.IGNORECASE
)
_ACTION = re.compile(r'\baction="([^"]*)"', re.IGNORECASE)
VALUE = "value"  # the attribute
_TICKED = ("checkbox", "radio")
_NOT_TYPED = ("submit", "button", "image", "reset", "file", "password", "hidden")


@dataclass
class Control:
    """One field of a form, and where its tag stands in the page."""

    tag: str
    name: str
    kind: str
    value: str
    is_on: bool  # ticked, or selected
    attributes: list[tuple[str, str | None]]
    start: int
    end: int
    body_end: int = 0  # of a textarea: where its text ends


@dataclass
class Found:
    """A form of the page: where it sends to, its fields, and the details that it is folded into."""

    action: str
    identifier: str
    start: int
    tag_end: int
    goes_to: list[str] = field(default_factory=list)  # its action, and those of its buttons
    controls: list[Control] = field(default_factory=list)
    folded: list[tuple[int, int]] = field(default_factory=list)  # closed details around it

    def names(self) -> set[str]:
        return {one.name for one in self.controls if one.name}


def with_hidden(html: str, page: str, hidden: Callable[[str, str], Fields]) -> str:
    """The page, with hidden fields in each form that sends something.

    `hidden` is asked with where the form sends to and with its HTML; what it gives is added.
    """

    def add(match: re.Match[str]) -> str:
        action = _ACTION.search(match[1])
        where = urljoin(page, unescape(action[1])) if action else page
        inputs = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, values in hidden(where, match[0]).items()
            for value in values
        )
        return match[1] + match[2] + inputs

    return _FORM.sub(add, html)


def names_in(html: str) -> set[str]:
    """The names of the fields of a form's HTML."""
    reader = _Reader(html, "")
    return set().union(*(form.names() for form in reader.forms))


def filled(
    html: str, page: str, address: str, typed: Fields, hidden: Mapping[str, str]
) -> tuple[str, str, set[str]]:
    """The page with what was typed in the form that sends to the address, and these hidden fields.

    Returns it with the id of the form and the names that found no place; ("", all of them) where
    the page has no such form.
    """
    forms = [form for form in _Reader(html, page).forms if _same(form.goes_to, address)]
    if not forms:
        return html, "", set(typed)
    form = max(forms, key=lambda one: _nearness(one, typed))
    identifier = form.identifier or "filled"
    edits = [(start, end, _opened(html[start:end])) for start, end in form.folded]
    tag = html[form.start : form.tag_end]
    named = tag if form.identifier else f'{tag[:-1]} id="filled">'
    added = "".join(
        _tag("input", [("type", "hidden"), ("name", name), ("value", value)])
        for name, value in hidden.items()
    )
    edits.append((form.start, form.tag_end, named + added))
    for control in form.controls:
        if control.kind == "hidden" and control.name in hidden:
            edits.append((control.start, control.end, ""))
        else:
            edits += _edits(control, typed)
    for start, end, new in sorted(edits, reverse=True):
        html = html[:start] + new + html[end:]
    return html, identifier, set(typed) - form.names()


def _same(goes_to: Sequence[str], address: str) -> bool:
    return any(urlsplit(one).path == urlsplit(address).path for one in goes_to)


def _nearness(form: Found, typed: Fields) -> tuple[int, int]:
    """Of several forms with one address: as many hidden fields alike as there are, then names."""
    hidden = [one for one in form.controls if one.kind == "hidden"]
    alike = sum(one.value in typed.get(one.name, ()) for one in hidden)
    return alike, len(form.names() & set(typed))


def _edits(control: Control, typed: Fields) -> list[tuple[int, int, str]]:
    values = typed.get(control.name)
    if control.tag == "input" and control.kind in _NOT_TYPED:
        return []
    if control.tag == "textarea":
        if not values:
            return []
        return [(control.end, control.body_end, "\n" + escape(values[0], quote=False))]
    if control.tag == "option" or control.kind in _TICKED:
        if control.tag == "option" and values is None:
            return []
        mark = "selected" if control.tag == "option" else "checked"
        is_on = control.value in (values or ())
        rest = [one for one in control.attributes if one[0] != mark]
        tag = _tag("option" if control.tag == "option" else "input", rest + [(mark, None)] * is_on)
        return [(control.start, control.end, tag)]
    if values is None:
        return []
    rest = [one for one in control.attributes if one[0] != VALUE]
    return [(control.start, control.end, _tag("input", [*rest, ("value", values[0])]))]


def _tag(name: str, attributes: Sequence[tuple[str, str | None]]) -> str:
    said = "".join(
        f" {each}" if value is None else f' {each}="{escape(value)}"' for each, value in attributes
    )
    return f"<{name}{said}>"


def _opened(tag: str) -> str:
    return f"{tag[:-1]} open>"


class _Reader(HTMLParser):
    """Finds the forms that send something, and their fields."""

    def __init__(self, html: str, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Found] = []
        self._page = page
        self._lines = [0]
        for match in re.finditer("\n", html):
            self._lines.append(match.end())
        self._form: Found | None = None
        self._select = ""
        self._details: list[tuple[int, int] | None] = []  # None for one that is open already
        self._textarea: Control | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        given = dict(attrs)
        if tag == "details":
            self._details.append(None if "open" in given else (start, end))
        elif tag == "form":
            self._begin(given, start)
        elif self._form is None:
            return
        elif tag == "select":
            self._select = given.get("name") or ""
        elif tag == "button" and given.get("formaction"):
            self._form.goes_to.append(urljoin(self._page, given["formaction"] or ""))
        elif tag in ("input", "textarea", "option"):
            name = self._select if tag == "option" else given.get("name") or ""
            kind = given.get("type") or "text"
            value = given.get("value") or ("on" if kind in _TICKED and VALUE not in given else "")
            is_on = "checked" in given or "selected" in given
            control = Control(tag, name, kind, value, is_on, attrs, start, end)
            self._form.controls.append(control)
            self._textarea = control if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self._details:
            self._details.pop()
        elif tag == "textarea" and self._textarea is not None:
            self._textarea.body_end = self._at()
            self._textarea = None
        elif tag == "select":
            self._select = ""
        elif tag == "form" and self._form is not None:
            self._form = None

    def _begin(self, given: dict[str, str | None], start: int) -> None:
        if (given.get("method") or "").lower() != "post":
            return
        action = urljoin(self._page, given.get("action") or self._page)
        end = start + len(self.get_starttag_text() or "")
        self._form = Found(action, given.get("id") or "", start, end, goes_to=[action])
        self._form.folded = [one for one in self._details if one is not None]
        self.forms.append(self._form)

    def _at(self) -> int:
        line, offset = self.getpos()
        return self._lines[line - 1] + offset
