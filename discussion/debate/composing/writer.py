"""Who composes, and what they are asked to look at again."""

from discussion.language import _l
from discussion.text import Notice
from discussion.vocabulary import Wording
from discussion.web.sector import sector

_NOTICES: dict[str, Wording] = {
    "email": _l("an e-mail address"),
    "phone": _l("a telephone number"),
    "postcode": _l("a postcode"),
    "handle": _l("a name on a network"),
    "number": _l("a number that one person has"),
    "titled-name": _l("a person’s name"),
    "workplace": lambda said: said.workplace_name,
    "place": _l("the name of a hospital, a home or a practice"),
    "person": _l("somebody’s name"),
}


def notice_in_words(notice: Notice) -> str:
    """What may identify somebody, by its kind."""
    return sector().say(_NOTICES[notice.kind])
