"""Every sentence that the site says is read once: no figures of speech, and no long breaths."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract

ROOT = Path(__file__).parents[3]
SAID_BY = {"_": None, "_l": None, "_n": (1, 2), "gettext": None, "ngettext": (1, 2)}
MOST_WORDS = 30
UNCLEAR = re.compile(
    r"\b(whom|whoever|meanwhile|afresh|anew|mend(s|ed)?|shoreline|weightiest|by lot|n\.d\.)(?!\w)"
    r"|\b(part(s)? from|bears on|of one mind|not respected|belong together|we hope you)\b"
    r"|(?<!e-)\bmail(s|ed)?\b(?! server)|\b(our|the last|one such|one|no more|more such) letters?\b"
    r"|\bstands? (here|there|below|beside|in|on|under|for)\b",
    re.IGNORECASE,
)


def test_no_sentence_uses_a_figure_of_speech_that_stops_a_reader() -> None:
    assert not [said for said in sentences() if UNCLEAR.search(said[1])]


def test_no_sentence_is_longer_than_one_breath() -> None:
    assert not [said for said in sentences() if longest(said[1]) > MOST_WORDS]


def longest(said: str) -> int:
    return max(len(one.split()) for one in re.split(r"(?<=[.?!:;])\s", said))


def sentences() -> Iterator[tuple[str, str]]:
    for folder, suffix, method in (
        ("discussion", "*.py", "python"),
        ("templates", "*.html", "jinja2.ext:babel_extract"),
        ("templates", "*.txt", "jinja2.ext:babel_extract"),
    ):
        for path in sorted((ROOT / folder).rglob(suffix)):
            with path.open("rb") as file:
                for found in extract(method, file, keywords=SAID_BY):
                    for said in found[1] if isinstance(found[1], tuple) else (found[1],):
                        words = re.sub(r"%\(\w+\)s", "it", str(said or ""))
                        yield str(path.relative_to(ROOT)), " ".join(words.split())
