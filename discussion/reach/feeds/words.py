"""How much a feed holds, and what its entries are called."""

from discussion.language import _l

ENTRIES = 50  # of a feed, the newest ones
ADDRESSES = 10_000  # of one map of the site
CHATHAM_HOUSE = "chatham_house"

ANSWERED = {
    "asks": _l("A question on “%(claim)s”"),
    "adds_evidence": _l("Evidence added to “%(claim)s”"),
    "questions_evidence": _l("Evidence questioned on “%(claim)s”"),
    "names_value": _l("A value named on “%(claim)s”"),
    "shares_practice": _l("Practice shared on “%(claim)s”"),
    "offers_alternative": _l("An alternative to “%(claim)s”"),
    "restates": _l("“%(claim)s”, restated by somebody who disagrees"),
    "says_what_follows": _l("What would follow from “%(claim)s”"),
}
