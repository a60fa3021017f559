"""Whom the data of a folder is owed to, as a file beside it says."""

import re
from pathlib import Path

NAMES = ("ATTRIBUTION.txt", "README.txt", "README.md", "README", "LICENSE.txt", "LICENSE")
MOST_READ = 100_000
MARK = "Attribution:"  # before it, in the README.txt that we write ourselves
_POLIS = "Data was gathered using the Polis software"
_LINK = re.compile(r"[-*]?\s*(https?://\S+)")


def find_attribution(folder: Path) -> str:
    """One line; empty where no file says it in words that we know."""
    for name in NAMES:
        path = folder / name
        if not path.is_file():
            continue
        with path.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(MOST_READ)
        if found := attribution_in(text):
            return found
    return ""


def attribution_in(text: str) -> str:
    """The paragraph after our own mark, or the statement that Polis asks for with its links.

    The statement alone, without a link to the conversation, is not enough.
    """
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    for at, paragraph in enumerate(paragraphs):
        if paragraph.startswith(MARK):
            return paragraph.removeprefix(MARK).strip()
        if paragraph.startswith(_POLIS):
            following = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
            links = _LINK.findall(following)
            return " ".join([paragraph, *links]) if links else ""
    return ""
