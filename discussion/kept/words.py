"""How long and how much is kept, and which forms are not, each with its reason."""

from datetime import timedelta

KEPT_FOR = timedelta(days=7)
SENT_KEPT_FOR = timedelta(days=1)  # how long a second press is known for one
TOKEN = "form_token"  # noqa: S105  # the hidden field by which a form is known again
OPENED = "opened"  # the hidden field that says what an edit form was opened with
FILLED = "filled_from"  # the hidden field of a form that was filled with what was kept
COOKIE = "kept"  # by which a browser finds what was kept in it

MOST_OF_A_PERSON = 20  # the oldest goes
MOST_OF_A_BROWSER = 5
MOST_OF_A_NETWORK = 200  # of people unknown; a whole hall sits behind one address
LONGEST_KEPT = 100_000  # characters of one form

OUR_OWN = frozenset({TOKEN, FILLED})

_OWN_DRAFT = "keeps what visitors write as a draft, under a token of the browser"
_NO_WORDS = "holds no words: pressing it again does the same"
_FROM_MAIL = "comes from a letter, and works without being signed in"
_DOOR = "is how one comes in"

# Forms that visitors may send: each answers for itself who is signed out.
FOR_VISITORS = {
    "about.choose_theme": _NO_WORDS,
    "accounts.send_sign_in": _DOOR,
    "accounts.send_sign_up": _DOOR,
    "accounts.send_reset": _DOOR,
    "accounts.sign_out": _DOOR,
    "accounts.send_confirm": _FROM_MAIL,
    "accounts.send_new_password": _FROM_MAIL,
    "accounts.send_address": _FROM_MAIL,
    "threads.end_warnings": _FROM_MAIL,
    "notices.end": _FROM_MAIL,
    "mail.take_bounce": "comes from a mail server, and counts only with the sign of a letter",
    "positions.write_on": _OWN_DRAFT,
    "positions.keep_draft": _OWN_DRAFT,
    "positions.preview": "shows what was sent, and keeps nothing",
    "responses.respond_on": _OWN_DRAFT,
    "positions.part": "holds no words: leads to signing in, and back to the question",
    "reports.send": "is taken from everybody",
    "rounds.send_rating": "private answers are stored nowhere: they come back with the page",
    "practice.send_answer": "private answers are stored nowhere: they come back with the page",
    "practice.stop_letters": _FROM_MAIL,
    "practice.take_back": _FROM_MAIL,
    "practice.send_code": "holds a code, which leads on to a page",
    "practice.send_join": "comes back with the page: no address is kept but of whoever is asked",
    "kept.forget": "is how a visitor throws away what this browser sent",
}

# Forms of people who are signed in that are not kept when they are not any more.
NEVER_KEPT = {
    "accounts.send_password": "holds passwords",
    "accounts.send_own_address": "holds the password, and the address is written in a moment",
    "accounts.send_confirmation": "holds the password",
    "accounts.send_second": "confirms who somebody is, in person",
    "accounts.stop_move": _NO_WORDS,
    "accounts.resume": _NO_WORDS,
    "accounts.sign_out_there": _NO_WORDS,
    "accounts.sign_out_elsewhere": _NO_WORDS,
    "accounts.sign_out_everywhere": _NO_WORDS,
    "moderation.author": _NO_WORDS,
    "moderation.next_one": _NO_WORDS,
    "moderation.take_one": _NO_WORDS,
    "moderation.undo_many": _NO_WORDS,
    "mutes.add": "who does not want to read whom is stored nowhere else",
    "mutes.end": _NO_WORDS,
    "notices.seen": _NO_WORDS,
    "notices.keep": _NO_WORDS,
    "notices.send_follow": _NO_WORDS,
    "rights.send_leave": "holds the password",
    "rights.send_stay": _NO_WORDS,
    "rights.send_take_back": _NO_WORDS,
    "rights.send_terms": "a consent is given by who is there",
    "rights.ask": _NO_WORDS,
    "members.accept": "holds the secret of an invitation",
    "members.join": _NO_WORDS,
    "kept.show": _NO_WORDS,
    "webhooks.add": "holds an address at which whoever knows it may write",
    "announcements.stop": _NO_WORDS,
    "webhooks.send_act": _NO_WORDS,
    "webhooks.secret": _NO_WORDS,
}

# Where a form stands whose own address says neither that nor what is above it.
PAGES = {
    "members.choose_post_from_profile": "/accounts/profile",
    "redactions.send_undo": "/moderation",
}

# Edit forms that also authors may open: who else saved them is named to nobody, since neither is an
# author of an item to be known by it, nor the moderator who looked at it.
NAMES_NOBODY = frozenset({"evidence.keep_edit", "evidence.keep_status"})

# Forms that a second press may send anew.
NOT_ONCE = {
    "accounts.send_confirmation": "asks for the password, and makes nothing",
    "about.choose_theme": "sets the same colours",
    "accounts.send_sign_in": "a second session takes the place of the first; a sign-up is once",
    "accounts.sign_out": "nobody is signed out twice",
    "moderation.next_one": "each press asks what is next",
    "moderation.author": "each look is recorded",
    "webhooks.secret": "each look is recorded",
    "positions.preview": "makes nothing",
    "positions.preview_revision": "makes nothing",
    "positions.keep_draft": "is saved again and again, each time with what another tab saved",
    "positions.keep_revision": "is saved again and again, each time with what another tab saved",
}

# Where a second press is one only if the form says so: the door sends both sides to one address.
ONCE_WHERE = {"accounts.send_sign_in": ("side", "new")}

# Forms of every page that are no more than a press: they hold no token.
PRESSES = ("about.choose_theme", "accounts.sign_out", "accounts.send_confirmation")

# Pages for visitors with a form that makes something: never kept for all, for they hold a token.
WITH_VISITORS_FORMS = frozenset({
    "accounts.sign_in", "accounts.sign_up", "accounts.ask_reset", "reports.form",
})  # fmt: skip
