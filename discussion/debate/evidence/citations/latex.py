"""LaTeX to characters, by pylatexenc; what people type beside LaTeX is taken as they mean it."""

import re
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from discussion.debate.evidence.citations.plain import tidy_line, untagged

MOST_BRACES = 60  # within each other; what is deeper is read without LaTeX

# What the reader knows nothing of, or shows in another way than a reference does.
_MACROS = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "copyright": "©", "pounds": "£",
    "euro": "€", "S": "§", "P": "¶", "degree": "°", "hyphen": "-", "slash": "/", "textpm": "±",
    "nobreakdash": "", "textquotesingle": "'", "bibstring": "", "relax": "", "textnumero": "№",
    "textperthousand": "‰", "allowbreak": "", "break": " ", "newline": " ", "par": " ",
    "textunderscore": "_", "lbrace": "{", "rbrace": "}", "cite": "",
    "textgreater": ">", "textless": "<", "textbar": "|", "textbackslash": "\\",
    "textbullet": "•", "cdot": "·", "cdots": "…",
}  # fmt: skip
# They change the look of their words alone.
_HARMLESS = frozenset(
    [
        "itshape",
        "bfseries",
        "scshape",
        "it",
        "bf",
        "em",
        "sc",
        "sl",
        "tt",
        "rm",
        "sf",
        "textsuperscript",
        "textsubscript",
        "textsc",
        "textup",
        "uppercase",
        "lowercase",
        "MakeUppercase",
        "MakeLowercase",
        "url",
        "href",
        "enquote",
        "mkbibquote",
        "mkbibemph",
        "mbox",
        "textnormal",
        "foreignlanguage",
        "bibinfo",
        "noopsort",
        "textcolor",
        "small",
        "large",
    ]
)
_WITH_GROUPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\\(?:noopsort|sortas|SortNoop)\s*\{[^{}]*\}"), ""),
    (re.compile(r"\\(?:href|textcolor|color|bibinfo|foreignlanguage)\s*\{[^{}]*\}\s*(?=\{)"), ""),
    (re.compile(r"\\(?:mbox|hbox|text|nolinkurl|path|natexlab|bibfield|textnormal)\s*(?=\{)"), ""),
    (re.compile(r"\\(?:enquote|mkbibquote|textquote)\*?\s*\{([^{}]*)\}"), r"“\1”"),
    (re.compile(r"\\footnote\s*\{([^{}]*)\}"), r" (\1)"),
    (re.compile(r"\\-|\\/|\\discretionary\{\}\{\}\{\}"), ""),
    (re.compile(r"\\(?:url)\s*\{([^{}]*)\}"), lambda found: _verbatim(found[1])),
)
_MATHS = re.compile(r"(?<!\\)\$([^$\n]{1,200})(?<!\\)\$")
_RAISED = re.compile(r"[_^]\s*\{?\s*([0-9A-Za-z+-]{1,12})\s*\}?")
_LONE = re.compile(r"(?<!\\)([%&#$])")
_DOUBLY = re.compile(r"\{\\&\}(?=(?:#\d{1,7}|[A-Za-z]{2,8});)")
_MARKED = re.compile(r"[\\${}~`'%]|--")
_MARKS = re.compile(r"\\(?=[%&#$_])|[{}\\]")
_COMMAND = re.compile(r"\\([A-Za-z]{2,40})")


def decode(value: str) -> str:
    """The words in plain characters."""
    value = _without_groups(untagged(_DOUBLY.sub("&", value)))
    if not _MARKED.search(value):
        return tidy_line(value)
    value = value.replace(r"\textasciicircum{}", "^")
    plain = _LONE.sub(r"\\\1", _MATHS.sub(_maths, value))
    if _depth(plain) <= MOST_BRACES:
        try:
            return tidy_line(_decoder().latex_to_text(plain))
        except Exception:  # of a library that meets whatever people paste
            return tidy_line(_MARKS.sub("", value))
    return tidy_line(_MARKS.sub("", value))


def unknown_commands(value: str) -> list[str]:
    """Commands that are not known, so that what they did is lost."""
    known = _database()
    names = dict.fromkeys(_COMMAND.findall(_without_groups(value)))
    return [
        f"\\{name}"
        for name in names
        if name not in _HARMLESS and known.get_macro_spec(name) is None
    ][:8]


def addresses_in(value: str) -> str:
    r"""An address as it is meant: it is no LaTeX, but tools put a backslash before some marks."""
    inner = re.sub(r"\\(?:url|href|path|nolinkurl)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?", r"\1", value)
    inner = inner.replace(r"\textasciitilde{}", "~").replace(r"\textasciitilde", "~")
    inner = re.sub(r"\\(?:slash|allowbreak|-|/)\s?(?:\{\})?", "", inner)
    return re.sub(r"[{}]", "", re.sub(r"\\([_%&#~{}$^])(?:\{\})?", r"\1", untagged(inner)))


def _without_groups(value: str) -> str:
    for pattern, becomes in _WITH_GROUPS:
        value = pattern.sub(becomes, value)
    return value


def _verbatim(address: str) -> str:
    return re.sub(r"(?<!\\)([%&#_$~^])", r"\\\1", address).replace(r"\~", r"\textasciitilde{}")


def _maths(found: re.Match[str]) -> str:
    """Formulas lose their dollars; sums of money keep them."""
    inner = found[1]
    if re.match(r"[\d\s]", inner):
        return rf"\${inner}\$"
    return r"\ensuremath{" + _RAISED.sub(r"\1", inner) + "}"


def _depth(value: str) -> int:
    depth = most = 0
    for mark in re.findall(r"\\.|[{}]", value, re.DOTALL):
        depth = max(0, depth + (1 if mark == "{" else -1 if mark == "}" else 0))
        most = max(most, depth)
    return most


@lru_cache(maxsize=1)
def _database():  # type: ignore[no-untyped-def]
    known = get_default_latex_context_db()
    known.add_context_category(
        "references",
        prepend=True,
        macros=[MacroTextSpec(name, simplify_repl=becomes) for name, becomes in _MACROS.items()],
    )
    return known


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(latex_context=_database(), math_mode="text")
