"""Input that is made to cost as much as it can: long, nested, repeated, put together of marks."""

MOST = 200_000  # bytes of one field; a body has 262,144


def _fill(unit: str, length: int = MOST) -> str:
    """So many bytes of a unit again and again."""
    return unit * (length // len(unit.encode()))


PASSWORDS = ("@4({[<3691!|708$5+7%2" * 4)[:72]

# What no form takes: refused for its length, but only after it was put in order and counted.
TOO_LONG = {
    "one letter": _fill("a"),
    "line breaks": _fill("\r\n"),
    "two marks in turn": "e" + _fill("\u0301\u0316"),
    "letters that come apart": _fill("\ufdfa"),
    "two scripts": _fill("\u0430a"),
    "a mailbox of umlauts": "a@" + _fill("\u00fc."),
    "a web address of umlauts": "https://" + _fill("\u00fc."),
    "lines of addresses": _fill("a@example.org\n"),
    "an entry of braces": "@article{a, title = {" + "{" * 90_000 + "}" * 90_000 + "}}",
    "entries": _fill("@book{a, title={B}, year=2019}\n"),
    "records": _fill("TY  - JOUR\nTI  - A\nER  - \n"),
    "names": _fill("Mr Hugh Castleton of St Mary Primary School, "),
    "stars": _fill("*a _"),
}
# As long as long fields take, and so read in full.
TAKEN = {
    f"{kind}, {length:,}": unit * (length // len(unit))
    for kind, unit, length in (
        ("names", "Hugh Castleton of St Mary Primary School, ", 300),
        ("crossing emphasis", "*a _", 6_000),
        ("openings of links", "[a](", 6_000),
        ("other words", "ab ac ad ae af ag ", 6_000),
        ("names", "Mr Hugh Castleton of St Mary Primary School, ", 6_000),
        ("an entry", "@article{a, title={B}, author={" + "Marlow, A. and " * 90 + "}}\n", 90_000),
        ("records", "TY  - JOUR\nTI  - A\nAU  - Marlow, A.\nER  - \n", 90_000),
    )
}
EVERY = TOO_LONG | TAKEN
