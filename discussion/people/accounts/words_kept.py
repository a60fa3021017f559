"""How a browser names the drafts that are kept for somebody who is signed out."""

TOKEN = "draft_token"  # noqa: S105  # what a browser calls the tokens that it holds
MOST_SIGNED_OUT = 5  # drafts of one browser; their tokens are one word, the newest first
BETWEEN_TOKENS = "."


def tokens_in(token: str) -> list[str]:
    """The tokens of which a browser's word is made, the newest first."""
    return list(dict.fromkeys(filter(None, token.split(BETWEEN_TOKENS))))[:MOST_SIGNED_OUT]


def joined(*tokens: str) -> str:
    """One word of all of these; each may be one of several already."""
    return BETWEEN_TOKENS.join(tokens_in(BETWEEN_TOKENS.join(tokens)))
