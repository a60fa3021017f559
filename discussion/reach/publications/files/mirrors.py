"""A mirror as two pages of PDF, for whoever an organisation answers to."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from discussion.language import _, language_tag
from discussion.reach.publications.files.typeset import (
    HERE,
    pages_of,
    typeset,
    with_row_headers,
)
from discussion.reach.publications.words import MOST_PAGES
from discussion.weighing.practice.shapes_mirror import BesidePart, MirrorPage
from discussion.weighing.practice.words_mirror import BESIDE_WORDS, STATE_WORDS

TEMPLATE = HERE / "mirror.typ"
TIGHTEST = 4
MOST_QUOTES = (8, 6, 4, 2, 0)


def mirror_as_pdf(page: MirrorPage) -> bytes:
    """Two pages: smaller type first, then fewer words of colleagues, then fewer groups."""
    made = b""
    for tight, tried, is_cut in _tries(page):
        made = typeset(TEMPLATE, _given(tried, is_cut=is_cut), tight)
        if pages_of(made) <= MOST_PAGES:
            break
    return with_row_headers(made)


def _tries(page: MirrorPage) -> Iterator[tuple[int, MirrorPage, bool]]:
    """What is tried in turn; what the page says more is said to be there."""
    few = replace(page, quotes=page.quotes[: MOST_QUOTES[0]])
    is_cut = len(few.quotes) < len(page.quotes)
    for tight in range(TIGHTEST + 1):
        yield tight, few, is_cut
    for most in MOST_QUOTES[1:]:
        yield TIGHTEST, replace(page, quotes=page.quotes[:most]), True
    bare = replace(page, quotes=(), how=())
    yield TIGHTEST, bare, True
    yield TIGHTEST, replace(bare, units=None), True
    bare = replace(bare, units=None, roles=None, moved=())
    yield TIGHTEST, bare, True
    yield TIGHTEST, replace(bare, functions=bare.functions[:16], talk=bare.talk[:3]), True


def _given(page: MirrorPage, *, is_cut: bool) -> dict[str, Any]:
    """The page with the words around it, as plain data."""
    return {
        "title": page.title,
        "organisation": page.organisation,
        "head": page.organisation,
        "running": _("What we say, and what we do · %(when)s", when=page.when),
        "lang": language_tag().partition("-")[0],
        "lede": page.lede,
        "sure": " ".join(page.sure),
        "rows": [
            {
                "name": row.name,
                "kind": row.state,
                "state": str(STATE_WORDS[row.state][0]),
                "bell": asdict(row.bell) if row.bell else None,
                "says": row.says,
                "professed": row.professed,
                "practised": row.practised,
                "gap": row.gap_says,
                "range": row.rules_out,
                "gave": _("Gave both answers: %(number)s", number=row.gave_both),
            }
            for row in page.functions
        ],
        "together": page.together,
        "moved": list(page.moved),
        "talk": [asdict(one) for one in page.talk],
        "beside": [_beside(part) for part in (page.roles, page.units) if part is not None],
        "quotes": [asdict(one) for one in page.quotes],
        "how": [list(one) for one in page.how],
        "is_cut": is_cut,
        "words": _words(is_invented=page.is_demonstration),
    }


def _beside(part: BesidePart) -> dict[str, Any]:
    return {
        "title": part.title,
        "says": part.says,
        "rows": [
            {
                "name": row.name,
                "state": str(BESIDE_WORDS[row.state]),
                "tracks": [asdict(track) for track in row.tracks],
            }
            for row in part.rows
        ],
    }


def _words(*, is_invented: bool) -> dict[str, str]:
    private = _("Private to the people of this organisation. Nothing of fewer than five is shown.")
    if is_invented:
        private += " " + _("Invented: the organisation, its people and every answer.")
    return {
        "private": private,
        "page": _("Page %(page)s of %(pages)s", page=1, pages=2),
        "sure": _("How sure."),
        "functions": _("Function by function"),
        "say": _("What we say"),
        "do": _("What we do"),
        "may": _("Where practice could lie: not ruled out"),
        "central": _("Centrally"),
        "local": _("Locally"),
        "function": _("Function"),
        "middle": _("The middle answer"),
        "gap": _("Gap, in steps; not ruled out"),
        "say_short": _("say:"),
        "do_short": _("do:"),
        "moved": _("What moved"),
        "talk": _("What to talk about"),
        "who": _("Who"),
        "quotes": _("What colleagues said"),
        "how": _("How this was got"),
        "longer": _("The page says more than two sides of paper hold."),
    }
