"""Names that people cannot have here: unseen, disguised, or what the site calls its own.

Nothing here knows who has an account, so that a refusal tells nothing of anybody. A namesake of
somebody else, in plain letters, is welcome.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from discussion import text
from discussion.language import _
from discussion.vocabulary import Vocabulary, of_site

# Anywhere in a name they say that it speaks for those who moderate.
STAFF = ("moderator", "moderation", "convener", "convenor", "chatham house")
# Alone, with an article before them or a letter after them, they are what pages call people.
LABELS = (
    "admin", "admins", "administration", "administrator", "administrators", "anonymous", "author",
    "contributor", "contributors", "deleted user", "editor", "editors", "former contributor",
    "former member", "guest", "guest of a round table", "help", "host", "member", "members",
    "nobody", "official", "reader", "robot", "security", "site", "somebody", "staff", "support",
    "system", "team", "user", "visitor", "website", "webmaster", "you", "your name", "yours",
)  # fmt: skip
# Beside the name of the site or of a series they speak for it.
BESIDE = ("", "admin", "help", "news", "official", "staff", "support", "team")
READ = 300  # characters
ARTICLES = frozenset({"a", "an", "our", "the", "this", "your"})


def name_problem(name: str, *, own: Iterable[str] = ()) -> str:
    """Why somebody cannot be called this, or nothing; `own` are the names of site and series.

    What is longer than any name is refused elsewhere, and only its beginning read here.
    """
    name = name[:READ]
    if text.is_unseen(name):
        return _("Write a name that can be seen, with letters in it.")
    if text.is_disguised(name):
        return _(
            "Write your name in plain letters of one script, without characters that cannot be "
            "seen and without letters that only look like others."
        )
    if _speaks_for_the_site(name, own):
        return _("The site itself speaks under this name. Write the name that colleagues know.")
    return ""


def organisation_problem(name: str) -> str:
    """The same of an organisation, which stands beside a name; none is given by an empty one."""
    name = name[:READ]
    if not name:
        return ""
    if text.is_unseen(name) or text.is_disguised(name):
        return _("Write it in plain letters, without characters that cannot be seen.")
    if any(word in text.skeleton(name) for word in _skeletons(STAFF)):
        return _("The site itself speaks under this name. Write where you work.")
    return ""


def _speaks_for_the_site(name: str, own: Iterable[str]) -> bool:
    read = text.skeleton(name)
    readings = {read, read.replace("rn", "m").replace("vv", "w"), read.replace("cl", "d")}
    if any(word in reading for word in _skeletons(STAFF) for reading in readings):
        return True
    bare = {text.skeleton(one) for one in _bared(name)} | readings
    names = _skeletons(tuple(f"{one} {beside}" for one in own for beside in BESIDE))
    return not bare.isdisjoint(_labels(of_site()) | names)


def _bared(name: str) -> Iterator[str]:
    """The words without an article before them and without a letter or number after them."""
    words = re.findall(r"\w+", name)
    words = words[1:] if words and words[0].casefold() in ARTICLES else words
    yield " ".join(words)
    while len(words) > 1 and (len(words[-1]) <= 2 or words[-1].isdecimal()):
        words = words[:-1]
        yield " ".join(words)


@cache
def _labels(known: Vocabulary) -> frozenset[str]:
    roles = [str(label) for label in (*known.role_labels.values(), *known.family_labels.values())]
    phases = [str(one.label) for one in known.phases.values()]
    with_phases = [f"{role} {phase}" for role in roles for phase in phases]
    former = [f"former contributor {label}" for label in (*roles, *with_phases)]
    return frozenset(_skeletons((*LABELS, *roles, *with_phases, *former)))


def _skeletons(words: tuple[str, ...]) -> set[str]:
    return {text.skeleton(one) for one in words} - {""}
