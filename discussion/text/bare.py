"""Web addresses that only stand there, without any marks: where one begins, and where it ends."""

import re
from collections.abc import Iterator

# What never belongs to one: space, quotation marks and signs that no address holds as they are, and
# the full stops and brackets of scripts that put no space after an address.
_END = (
    r"\s\\<>\"`^{|}\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2060-\u2069"
    r"\u201c-\u201f\u00ab\u00bb\u3000-\u3002\u3008-\u3011\u3014-\u301b"
    r"\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\ufffd"
)
_BEGIN = re.compile(r"(?<![A-Za-z0-9@/.\-])(?:https?://|www\.)(?=[^\s./@])", re.IGNORECASE)
_BARE = re.compile(rf"(?:https?://|www\.)[^{_END}]+", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?[^/?#]*[^/?#.]\.[^/?#.]+\.?(?::[0-9]{1,5})?(?=[/?#]|$)", re.I)
_TAIL = frozenset("?!.,:;*_~'([\u2018\u2019\u2026")
_REFERENCE = re.compile(r"&#?[A-Za-z0-9]{1,31};$")
_OPENED = {")": "(", "]": "["}
LONGEST = 2_000


def next_bare(text: str, start: int, end: int) -> int:
    """Where the next may begin; `end` if nowhere before."""
    found = _BEGIN.search(text, start, end + len("https://x"))
    return found.start() if found and found.start() < end else end


def bare_at(text: str, start: int, end: int) -> str:
    """The address that begins here, without what only follows it in the sentence; "" if none.

    A bracket at its end belongs to it if it was opened within it.
    """
    if not _BEGIN.match(text, start):
        return ""
    found = _BARE.match(text, start, min(end, start + LONGEST + 1))
    if found is None or len(found[0]) > LONGEST or text[found.end() : found.end() + 1] == "\\":
        return ""
    address = _trimmed(_balanced(found[0]))
    host = _HOST.match(address)
    least = 2 if address[:4].lower() == "www." else 1
    return address if host and host[0].rstrip(".").count(".") >= least else ""


def followed(address: str) -> str:
    """Where a bare address leads: one without a scheme is asked for by https."""
    return address if "://" in address[:8] else f"https://{address}"


def split_bare(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is an address."""
    done = at = 0
    while (at := next_bare(text, at, len(text))) < len(text):
        address = bare_at(text, at, len(text))
        if address:
            yield text[done:at], False
            yield address, True
            done = at + len(address)
        at += len(address) or 1
    yield text[done:], False


def _balanced(address: str) -> str:
    """As far as a bracket is closed that nothing in it opened: the "](" of a link is not of it."""
    depth = 0
    for at, sign in enumerate(address):
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return address[:at]
    return address


def _trimmed(address: str) -> str:
    while address:
        last = address[-1]
        if last == ";" and (reference := _REFERENCE.search(address)):
            address = address[: reference.start()]
        elif last in _TAIL or address.count(_OPENED.get(last, last)) < address.count(last):
            address = address[:-1]
        else:
            break
    return address
