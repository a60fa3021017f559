"""Input that is made to cost as much as it can: long, nested, repeated, put together of marks."""

MOST = 200_000  # bytes of one field; a body has 262,144


def _fill(unit: str, length: int = MOST) -> str:
    """So many bytes of a unit again and again."""
    return unit * (length // len(unit.encode()))


PASSWORDS = ("@4({[<3691!|708$5+7%2" * 4)[:72]

# What no form takes: refused for its length, but only after it was put in order and counted.
TOO_LONG = {
    "one letter": _fill("a"),
    "spaces": _fill(" "),
    "line breaks": _fill("\r\n"),
    "digits": _fill("9"),
    "two marks in turn": "e" + _fill("\u0301\u0316"),
    "letters that come apart": _fill("\ufdfa"),
    "marks of half width": "e" + _fill("\uff9e\u0316"),
    "names in two scripts": _fill("\u0430a"),
    "at signs": _fill("a@"),
    "an address of dots": "a@" + _fill("a."),
    "an address of umlauts": "a@" + _fill("\u00fc."),
    "a web address": "https://example.org/" + _fill("a"),
    "a web address of umlauts": "https://" + _fill("\u00fc."),
    "a DOI": "10.1000/" + _fill("a(b)"),
    "lines of addresses": _fill("a@example.org\n"),
    "lines of words": _fill("clubs in school hours\n"),
    "openings of entries": _fill("@article{a,\n"),
    "an entry of braces": "@article{a, title = {"
    + _fill("{", MOST // 2)
    + _fill("}", MOST // 2)
    + "}}",
    "an entry of authors": "@article{a, author = {" + _fill("Marlow, A. and ") + "}}",
    "an entry of fields": "@article{a,\n" + _fill('note = "a" # b,\n') + "}",
    "many entries": _fill("@book{a, title={B}, year=2019}\n"),
    "records of RIS": _fill("TY  - JOUR\nTI  - A\nER  - \n"),
    "authors of RIS": "TY  - JOUR\n" + _fill("AU  - Marlow, A.\n") + "ER  - \n",
    "names of schools": _fill("St Mary Primary "),
    "pupils": _fill("the pupil Hugh "),
    "telephones": _fill("01234 "),
    "stars": _fill("*a _"),
    "brackets": _fill("[a]("),
    "quotes": _fill("> "),
}
# As long as the longest field takes, and so read in full.
TAKEN = {
    f"{kind}, {length} characters": unit * (length // len(unit))
    for length in (300, 2_000, 6_000)
    for kind, unit in {
        "quotes": "> ",
        "lists in lists": "- 1. > ",
        "crossing emphasis": "*a _",
        "openings of links": "[a](",
        "references to notes": "[^a]",
        "one word": "a ",
        "other words": "ab ac ad ae af ag ",
        "names": "Mr Hugh Castleton of St Mary Primary School, ",
        "letters that come apart": "\ufdfa",
    }.items()
}
EVERY = TOO_LONG | TAKEN
