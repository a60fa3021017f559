"""Sources as long as allowed, each made to cost a parser or a sanitiser as much as it can."""

from discussion.text import MAX_SOURCE


def _fill(unit: str, start: str = "") -> str:
    return (start + unit * (MAX_SOURCE // len(unit) + 1))[:MAX_SOURCE]


_REPEATED = {
    "quotes": "> ",
    "quotes without spaces": ">",
    "lists in lists on one line": "- ",
    "lists and quotes in turn": "- 1. > ",
    "empty list items": "-\n",
    "list items": "- a\n",
    "loose list items": "- a\n\n",
    "numbered items": "1. a\n",
    "stars": "*",
    "openings of emphasis": "*a ",
    "openings of strong emphasis": "**a",
    "crossing emphasis": "*a _",
    "emphasis in words": "_a*b",
    "openings of deletions": "~~a",
    "every delimiter": "*_`~~[",
    "brackets": "[",
    "closings of links": "](",
    "openings of links": "[a](",
    "links to brackets": "[a](<b",
    "links with open titles": '[a](b "',
    "openings of pictures": "![",
    "openings of pictures in list items": "+> ![",
    "pictures": "![a](http://b.c) ",
    "links": "[a](http://b.c) ",
    "notes within the line": "^[a]",
    "openings of notes": "[^a",
    "references to no note": "[^a]",
    "definitions of notes": "[^a]: ",
    "definitions of links": "[a]: b\n",
    "ticks": "`",
    "fences": "```\n",
    "openings of tags": "<a ",
    "tags": "<b>",
    "openings of addresses": "<http://a",
    "ampersands": "&",
    "references to characters": "&#x41;",
    "backslashes": "\\",
    "line breaks": "x  \n",
    "paragraphs": "a\n\n",
    "headings": "# a\n",
    "underlined headings": "a\n=\n",
    "rules": "---\n",
    "tabs": "\t",
    "combining marks": "\u0301",
    "titles of persons": "Mr ",
    "capitals": "Aa ",
    "schools": "A School ",
    "digits": "0 ",
    "patients": "patient A ",
    "openings with two names": "Patient Ab Cd. ",
    "homes": "A Care Home ",
    "names before a home": "Ab ",
    "numbers of the health service": "943 476 5919 ",
    "beginnings of such numbers": "943 ",
    "numbers of insurance": "AB 12 34 56 ",
    "numbers of pupils": "H801200001001 ",
    "numbered cases": "case number a",
    "dates of birth": "born on 1 ",
    "at signs": "@a.",
    "letters": "a",
    "pluses": "+44 ",
}


def sources() -> dict[str, str]:
    """Every costly source, by what it consists of; none is longer than `MAX_SOURCE`."""
    half = MAX_SOURCE // 2 - 10
    made = {name: _fill(unit) for name, unit in _REPEATED.items()}
    made |= {
        "lists in lists": "\n".join("  " * i + "- a" for i in range(139)),
        "quotes in quotes": "\n".join(">" * i + " a" for i in range(1, 198)),
        "lazy lines in a deep quote": _fill("a\n", "> " * 10),
        "shallow quotes in list items": _fill("- > - > - a\n"),
        "balanced stars": "*" * half + "a" + "*" * half,
        "ticks in every number": "".join("`" * i + "a" for i in range(1, 198)),
        "links in links": "[" * (half // 11) + "a" + "](http://a)" * (half // 11),
        "pictures in pictures": "![" * (half // 12) + "a" + "](http://a)" * (half // 12),
        "notes within notes": "^[" * (half // 2) + "a" + "]" * (half // 2),
        "references to one note": _fill("a [^1]\n", "[^1]: a\n\n"),
        "as many notes as allowed": "[^1]: a\n\n" + "[^1]\n" * 99,
        "openings of notes and much text": ("[^a" * 98 + "[^b]: c\n\n").ljust(MAX_SOURCE, "a"),
        "notes that refer to notes": "".join(f"[^{i}]: [^{i + 1}]\n" for i in range(50)),
        "definitions that nobody uses": "".join(f"[{i}]: /x\n" for i in range(1_700)),
        "a long address": "[a](http://" + "é" * (MAX_SOURCE - 12) + ")",
        "a long address in angles": "<http://" + "a." * half + ">",
        "a capital name without end": _fill("Ab-"),
    }
    return {name: source[:MAX_SOURCE] for name, source in made.items()}
