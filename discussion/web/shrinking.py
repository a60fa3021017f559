"""Styles and scripts as browsers get them: without what only explains them, and without layout.

No tool but Python is needed, and nothing is built: it is done when the site starts.
"""

import re
from collections import Counter
from itertools import product
from string import ascii_lowercase, digits

_QUOTED = r'"(?:\\.|[^"\\])*"' + r"|'(?:\\.|[^'\\])*'"

# Kept as it is: what is quoted, an address. Else a comment, or a sign with the spaces around it.
_CSS = re.compile(
    rf"({_QUOTED}|url\([^)]*\))|/\*.*?\*/|\s*([{{}};,>])\s*|(:)\s+|(\s)\s*", re.DOTALL
)
_NAME = re.compile(r"--[\w-]+")


def shrink_css(css: str) -> str:
    """The same rules in the same order, with short names for what the site calls its own."""
    said = _CSS.sub(lambda found: found[1] or found[2] or found[3] or (found[4] and " ") or "", css)
    said = said.strip().replace(";}", "}")
    named = Counter(_NAME.findall(said))
    short = {
        name: f"--{new}" for (name, _), new in zip(named.most_common(), _names(), strict=False)
    }
    return _NAME.sub(lambda found: short[found[0]], said)


def _names() -> list[str]:
    """a … z, then aa … z9: seven hundred or more."""
    return [*ascii_lowercase, *map("".join, product(ascii_lowercase, ascii_lowercase + digits))]


# Kept as it is: what is quoted, or a pattern where a value may begin. Else a sign.
_JS = re.compile(
    rf"({_QUOTED}|`(?:\\.|[^`\\])*`"
    r"|(?:(?<=[(!])|(?<=[(!] ))/(?:\\.|\[[^\]]*\]|[^/\\\n])+/)"
    r"| *([=+\-*/<>!?:;,(){}\[\]|&]) *"
)


def shrink_script(script: str) -> str:
    """Lines are put together only where a line cannot end by itself.

    Text over several lines would suffer, so there is none in scripts.
    """
    told = re.sub(r"(?m)^[ \t]*(//.*)?\n?|(?<=;) // .*$", "", script)
    told = re.sub(r"(?<=[;{,(])\n|\n(?=[.}?:|&)])", "", told)
    return _JS.sub(lambda found: found[1] or found[2], told)
