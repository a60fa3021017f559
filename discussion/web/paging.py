"""Which page of a list an address asks for."""

from flask import request

LAST = 10_000  # nobody turns so many pages


def page_asked(name: str = "page") -> int:
    """From 1; what is no number is as if it had not been asked."""
    asked = request.args.get(name, "")
    return (
        min(max(int(asked), 1), LAST)
        if asked.isascii() and asked.isdecimal() and len(asked) < 6
        else 1
    )
