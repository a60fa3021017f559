"""Templates are indented for who reads them, not for browsers: a page is a twentieth shorter."""

import re
from typing import Any

from jinja2.ext import Extension

_INDENT = re.compile(r"(?m)^[ \t]{2,}")


class ShortIndents(Extension):
    """One space stands for the indentation of each line, once, when a template is compiled."""

    def preprocess(self, source: str, name: str | None, filename: Any = None) -> str:
        """HTML alone; in a letter spaces are shown, and a textarea's would be somebody's text."""
        return _INDENT.sub(" ", source) if name and name.endswith(".html") else source
