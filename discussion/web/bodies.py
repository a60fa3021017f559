"""What a page says is kept, and drawn anew only around it what is its reader's own.

A body (title, description, main) is kept under the states of what it shows, its address, the
language, the day, and the kind of its viewer, and is drawn for the stand-in of that kind: it cannot
say what only one of them may read. Where something on it is somebody's own, it is kept for them.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from hashlib import sha256
from secrets import token_hex
from sys import getsizeof
from threading import Lock
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, g, make_response, render_template, request

from discussion import clock
from discussion.language import language_tag
from discussion.permissions.facts import Viewer
from discussion.permissions.kinds import kind_of, stand_in
from discussion.states.shapes import Head
from discussion.web import doorway
from discussion.web.doorway import SAFE_METHODS
from discussion.web.faces import answer, wants_fragment, wants_json
from discussion.web.flights import Flights
from discussion.web.layout import Layout, layout_for
from discussion.web.pieces import THOROUGH, Pieces, deflated, sent_in_pieces
from discussion.web.site import site

KEPT_BYTES = 64 * 1024 * 1024
MOST_MADE = 100  # pages that are kept undrawn, and none whose address is longer than
LONGEST_ADDRESS = 200
MOST_SHELLS = 1_000  # of 10 kB each, and none of more than
LONGEST_SHELL = 30_000  # characters: links repeat the address, which anybody can make long
MARK = f"[{token_hex(16)}]"  # where the shell ends and a block begins, or the reverse
Key = tuple[Hashable, ...]


class Made(NamedTuple):
    """A page, and the series that it is about, as (slug, title)."""

    page: Any
    series: tuple[str, str]


Make = Callable[[Viewer | None], Made | None]
Fill = Callable[[Viewer | None, Any], Any]  # a page that is made, with what changes often


@dataclass(frozen=True)
class Body:
    """The blocks of a page in the order of the frame, and the series whose shell is around them.

    The longest is kept compressed too, and whether a form stands in any that needs a token.
    """

    blocks: tuple[str, ...]
    series: tuple[str, str]
    longest: int
    plain: bytes
    packed: bytes
    name: str  # a digest of them all
    has_forms: bool

    @classmethod
    def of(cls, blocks: tuple[str, ...], series: tuple[str, str]) -> "Body":
        longest = max(range(len(blocks)), key=lambda at: len(blocks[at]))
        plain = blocks[longest].encode()
        has_forms = any("<form" in block for block in blocks)
        name = sha256("\0".join(blocks).encode()).hexdigest()
        return cls(blocks, series, longest, plain, deflated(plain, THOROUGH), name, has_forms)


@dataclass
class Shell:
    """What stands between the blocks of a page.

    Of the body that it last went out around also the name, and what stood before and behind that
    body's longest block, compressed.
    """

    parts: tuple[str, ...]
    around: tuple[str, bytes, bytes] = ("", b"", b"")

    def of(self, body: Body) -> Pieces:
        """A whole page."""
        parts = list(self.parts)
        parts[1::2] = body.blocks
        at = 2 * body.longest + 1
        before, after = "".join(parts[:at]).encode(), "".join(parts[at + 1 :]).encode()
        around = self.around
        if around[0] != body.name:
            self.around = around = body.name, deflated(before), deflated(after)
        said = sha256(before + body.name.encode() + after).hexdigest()
        return Pieces((before, around[1]), (body.plain, body.packed), (after, around[2]), said)


class Bodies:
    """The newest bodies, each valid under the states that it was made under."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._lock = Lock()
        self._bodies: OrderedDict[Key, tuple[Key, Body]] = OrderedDict()
        self._bytes = 0
        self._most = most_bytes
        self.flights: Flights[tuple[Key, Key], Body] = Flights()
        self._made: OrderedDict[Key, tuple[Key, Made]] = OrderedDict()
        self._shells: OrderedDict[Key, Shell] = OrderedDict()

    def find(self, key: Key, states: Key) -> Body | None:
        with self._lock:
            kept = self._bodies.get(key)
            if kept is None or kept[0] != states:
                return None
            self._bodies.move_to_end(key)
        return kept[1]

    def keep(self, key: Key, states: Key, body: Body) -> None:
        with self._lock:
            self._forget(key)
            self._bodies[key] = states, body
            self._bytes += _weight(key, body)
            while self._bytes > self._most:
                self._forget(next(iter(self._bodies)))

    def find_made(self, key: Key, states: Key) -> Made | None:
        """A page as it was made, before what changes often was filled in."""
        with self._lock:
            kept = self._made.get(key)
        return kept[1] if kept is not None and kept[0] == states else None

    def keep_made(self, key: Key, states: Key, made: Made) -> None:
        with self._lock:
            self._made.pop(key, None)
            self._made[key] = states, made
            while len(self._made) > MOST_MADE:
                self._made.popitem(last=False)

    def find_shell(self, key: Key) -> "Shell | None":
        with self._lock:
            return self._shells.get(key)

    def keep_shell(self, key: Key, shell: "Shell") -> None:
        if sum(map(len, shell.parts)) > LONGEST_SHELL:
            return
        with self._lock:
            self._shells[key] = shell
            while len(self._shells) > MOST_SHELLS:
                self._shells.popitem(last=False)

    def _forget(self, key: Key) -> None:
        kept = self._bodies.pop(key, None)
        self._bytes -= _weight(key, kept[1]) if kept else 0


def install(app: Flask) -> None:
    site(app).assets["bodies"] = Bodies()


def answer_kept(
    template: str, head: Head | None, make: Make, fill: Fill | None = None
) -> Response | None:
    """The page from what is kept, or made by `make` for whom it is given; None where it is not.

    Beside its viewer, what `make` follows from is in the address and under the states of the head.
    What follows from `head.often` besides is filled in by `fill`, where there is one: what `make`
    gave is kept without. In a database that counts nothing, nothing is kept.
    """
    whole = _Making(make, fill)
    viewer = doorway.viewer()
    if head is not None:
        g.menu, g.head = head.menu, head
    if head is None or head.is_passing or not any(head.states) or not _may_keep():
        return _answer(template, whole.of(viewer))
    asker = viewer
    if not head.is_own:
        asker = stand_in(viewer, head.series_id, reaches_out=head.reaches_out)
    body = _find(template, head, asker, whole)
    return _framed(body) if body is not None else _answer(template, whole.of(viewer))


@dataclass(frozen=True)
class _Making:
    """How a page is made: at once, or what changes seldom first."""

    make: Make
    fill: Fill | None

    def of(self, asker: Viewer | None) -> Made | None:
        return self.filled(asker, self.make(asker))

    def filled(self, asker: Viewer | None, made: Made | None) -> Made | None:
        if made is None or self.fill is None:
            return made
        return made._replace(page=self.fill(asker, made.page))

    def found(self, key: Key, states: Key, asker: Viewer | None) -> Made | None:
        """As `of`, from what is kept under these states where something is."""
        if self.fill is None:
            return self.make(asker)
        bodies: Bodies = site().assets["bodies"]
        made = bodies.find_made(key, states)
        if made is None:
            made = self.make(asker)
            if made is not None and len(request.full_path) <= LONGEST_ADDRESS:
                bodies.keep_made(key, states, made)
        return self.filled(asker, made)


def _may_keep() -> bool:
    """While debug is on a template may change at any time."""
    is_page = not (wants_json() or wants_fragment())
    return is_page and request.method in SAFE_METHODS and not current_app.debug


def _answer(template: str, made: Made | None) -> Response | None:
    return answer(template, made.page, series=made.series) if made is not None else None


def _find(template: str, head: Head, asker: Viewer | None, whole: _Making) -> Body | None:
    bodies: Bodies = site().assets["bodies"]
    key = (template, request.script_root, request.full_path, language_tag(), kind_of(asker))
    seldom = (clock.today(), *head.states)
    states = (*seldom, *head.often)
    found = bodies.find(key, states)
    if found is not None:
        return found
    flight = bodies.flights.share((key, states), lambda _made: True)
    if isinstance(flight, Body):
        return flight
    body = None
    try:
        made = whole.found(key, seldom, asker)
        if made is not None:
            body = _drawn(template, made)
            bodies.keep(key, states, body)
        return body
    finally:
        bodies.flights.land((key, states), flight, body)


def _drawn(template: str, made: Made) -> Body:
    """In a frame that knows nobody, so that no block says who asked for it first."""
    html = render_template(template, page=made.page, layout=_nobodys(_layout(made.series)))
    return Body.of(tuple(html.split(MARK)[1::2]), made.series)


def _layout(series: tuple[str, str]) -> Layout:
    """That of this request, which has its notices only once."""
    if "layout" not in g:
        g.layout = layout_for(series, has_data=True)
    found: Layout = g.layout
    return found


def _nobodys(layout: Layout) -> Layout:
    return replace(
        layout,
        mark=MARK,
        theme="auto",
        viewer_name="",
        news=0,
        since=None,
        desk=None,
        own_links=(),
        flashes=(),
        leaves_at=None,
        accept_url="",
        owes_first=False,
        pauses=(),
    )


def _framed(body: Body) -> Response:
    """The shell of this request around a body."""
    layout = replace(_layout(body.series), mark=MARK)
    pieces = _shell(layout).of(body)
    if body.has_forms or layout.leaves_at:  # each form is given a token on its way out
        return make_response(pieces.plain)
    return sent_in_pieces(pieces)


def _shell(layout: Layout) -> Shell:
    """What stands between the blocks, kept under everything that it is drawn from."""
    bodies: Bodies = site().assets["bodies"]
    key = (layout, language_tag())
    found = bodies.find_shell(key)
    if found is None:
        html = render_template("_layout/base.html", layout=layout)
        found = Shell(tuple(html.split(MARK)))
        if not layout.flashes:  # what is said once is drawn once
            bodies.keep_shell(key, found)
    return found


def _weight(key: Key, body: Body) -> int:
    """In bytes: one letter beyond Latin makes a text twice as heavy; addresses weigh too."""
    said = (*body.blocks, *(part for part in key if isinstance(part, str)))
    return sum(map(getsizeof, said)) + len(body.plain) + len(body.packed)
