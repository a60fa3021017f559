"""Promise 18: nothing but its vocabulary says a word of a sector.

The vocabulary is asked for its words within the tests, so that the others can be run where the
application cannot be imported.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.reading import parsed, root, templates

CURE = (
    "Promise 18, one vocabulary: nothing but discussion/vocabulary/education says a word of"
    " education. Give the word its place in vocabulary/shape.py or vocabulary/sentences.py, and ask"
    " the series’ vocabulary for it; CONTRIBUTING.md tells how to add a word of the sector."
)
# Whose words are not the site's own.
ELSEWHERE = ("discussion/vocabulary/education", "discussion/demonstration", "/migrations/versions/")
# What code calls other things: a folder's parent, a proxy that is trusted, and as rows and the
# vocabulary call them, phases; what is shown may not say so.
OF_CODE = frozenset({"parent", "parents", "trust", "phase", "phases"})
PLACES_IN = re.compile(r"%\(\w+\)s")
# What is said all the same: where, what, and why.
COLUMN = "the name of a column: what rows hold is called as it was"
BODIES = "organisations as references of every field name them"
EVERYWHERE = "a word of every sector, by which names are told from other words"
EXCEPTIONS = {
    "discussion/analysis/coherence.py": {"trusts": "the title of a source"},
    "discussion/debate/evidence/citations/bibtex.py": {"school": "a field of BibTeX"},
    "discussion/debate/evidence/citations/people.py": dict.fromkeys(
        ("academy", "ofsted", "schools", "teachers"), BODIES
    ),
    "discussion/debate/evidence/drafts.py": {"pupil": COLUMN},
    "discussion/debate/evidence/forms.py": {"pupil": COLUMN},
    "discussion/debate/evidence/models.py": {"pupil": COLUMN},
    "discussion/oversight/redactions/words.py": {"school": COLUMN},
    "discussion/text/numbers.py": {"upn": "a number with a check digit, in any text"},
    "discussion/text/vocabulary.py": {"teaching": EVERYWHERE},
    "templates/evidence/_fields.html": {"pupil": COLUMN},
}


def test_nothing_but_the_vocabulary_says_a_word_of_education() -> None:
    found = dict(_said())
    more = [
        f"{place}: {', '.join(sorted(words - EXCEPTIONS.get(place, {}).keys()))}"
        for place, words in found.items()
        if words - EXCEPTIONS.get(place, {}).keys()
    ]
    assert not more, "\n".join([CURE, *more])
    spare = [
        f"{place}: {word}"
        for place, words in EXCEPTIONS.items()
        for word in words
        if word not in found.get(place, ())
    ]
    assert not spare, f"No exception is needed any more for {spare}"


def test_a_word_of_education_is_found_wherever_it_stands() -> None:
    """The net itself: in sentences, in keys with underscores, and in the plural."""
    for said in ("Ask a teacher.", "no_pupil_confirmed", "SIXTH-FORM", "“classroom”", "The DfE"):
        assert _words_in(said), said
    assert not _words_in("A nurse asks the council, in another ward: trusted, transparent.")


def _said() -> Iterator[tuple[str, set[str]]]:
    for path in _files():
        place = str(path.relative_to(root()))
        text = path.read_text(encoding="utf-8")
        words = set(_words_in(text))
        shown = PLACES_IN.sub("", "\n".join(_shown(path, text)))
        words -= OF_CODE - _words_in(shown)
        if words:
            yield place, words


@cache
def _words_in(text: str) -> frozenset[str]:
    from tests.education import found_in

    return frozenset(found_in(text))


def _files() -> list[Path]:
    found = [*(root() / "discussion").rglob("*.py"), *(root() / "static" / "js").rglob("*.js")]
    found += templates()
    return [path for path in sorted(found) if not any(one in str(path) for one in ELSEWHERE)]


def _shown(path: Path, source: str) -> Iterator[str]:
    """What people read: the sentences that go through gettext."""
    if path.suffix != ".py":
        yield from re.findall(r'\b_\("([^"]*)"', source)
        return
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "_l", "_n"):
            yield from (
                one.value
                for one in node.args
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )
