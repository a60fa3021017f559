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


def shrink_css(*sheets: str) -> list[str]:
    """The same rules in the same order, with short names for what the site calls its own.

    They are the same names in all sheets: what one of them says, another one asks for.
    """
    said = [_without_layout(css) for css in sheets]
    named = Counter(name for css in said for name in _NAME.findall(css))
    short = {
        name: f"--{new}" for (name, _), new in zip(named.most_common(), _names(), strict=False)
    }
    return [_NAME.sub(lambda found: short[found[0]], css) for css in said]


def _without_layout(css: str) -> str:
    said = _CSS.sub(lambda found: found[1] or found[2] or found[3] or (found[4] and " ") or "", css)
    return said.strip().replace(";}", "}")


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
