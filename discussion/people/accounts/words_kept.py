"""How a browser names the drafts that are kept for somebody who is signed out."""

from urllib.parse import parse_qs, urlsplit

TOKEN = "draft_token"  # noqa: S105  # what a browser calls the tokens that it holds
ASKED = "draft"  # in an address: the draft that is to stand there again
MOST_SIGNED_OUT = 5  # drafts of one browser; their tokens are one word, the newest first
BETWEEN_TOKENS = "."


def tokens_in(token: str) -> list[str]:
    """The tokens of which a browser's word is made, the newest first."""
    return list(dict.fromkeys(filter(None, token.split(BETWEEN_TOKENS))))[:MOST_SIGNED_OUT]


def without(token: str, taken: str) -> str:
    """What is left of a browser's word when these are taken out of it."""
    gone = tokens_in(taken)
    return joined(*(one for one in tokens_in(token) if one not in gone))


def named_in(address: str) -> list[str]:
    """The tokens that an address names: of the drafts that it goes on with."""
    return [
        one
        for asked in parse_qs(urlsplit(address).query).get(ASKED, [])
        for one in tokens_in(asked)
    ]


def joined(*tokens: str) -> str:
    """One word of all of these; each may be one of several already."""
    return BETWEEN_TOKENS.join(tokens_in(BETWEEN_TOKENS.join(tokens)))
