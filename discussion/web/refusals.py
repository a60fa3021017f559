"""What an error says to a program: problem details, as RFC 9457 has them."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Response, g, jsonify

from discussion.language import _l

TYPE = "application/problem+json"
# What happened, and what to do; other faults of the asker are said as 400, of the site as 500.
SAYS = {
    400: _l("The address or the form was not in a shape that this site understands."),
    401: _l("This is only for people who are signed in."),
    403: _l("This is for others: the author, the moderators or the conveners of the series."),
    404: _l("Nothing has this address, or it is not something that you may see."),
    405: _l("The page exists, but it cannot be asked in this way."),
    406: _l("This page has no JSON. Ask for text/html."),
    409: _l("The same thing was changed at the same moment. Read it again, then try once more."),
    410: _l("What stood here is withdrawn."),
    413: _l("What was sent is larger than this site accepts."),
    422: _l("Some of what you sent cannot be accepted as it is."),
    429: _l("You asked more often than the site allows. Wait, then try again."),
    500: _l("There was an unexpected fault. It has been recorded."),
    501: _l("The answer cannot be given in that format."),
    503: _l("The site is being maintained, or is too busy. Try again in a few minutes."),
}


def refusal(
    code: int,
    *,
    says: str = "",
    wrong: Sequence[tuple[str, str]] = (),
    beside: Mapping[str, str] | None = None,
) -> Response:
    """An error as problem details.

    `says` instead of what is usual; `wrong` are (field, sentence) of a form; `beside` are members
    of its own.
    """
    usual = SAYS.get(code) or SAYS[500 if code >= 500 else 400]
    told: dict[str, object] = {
        **(beside or {}),
        "type": "about:blank",
        "title": _title(code),
        "status": code,
        "detail": says or str(usual),
    }
    if wrong:
        told["errors"] = [{"field": field, "detail": sentence} for field, sentence in wrong]
    if request_id := g.get("request_id", ""):
        told["request_id"] = request_id
    response = jsonify(told)
    response.status_code = code
    response.mimetype = TYPE
    return response


def _title(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return HTTPStatus(500 if code >= 500 else 400).phrase
