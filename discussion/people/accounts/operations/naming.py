"""What somebody is called here: refused by its shape, whoever else has an account."""

from sqlalchemy.orm import Session

from discussion.people.accounts.queries_higher import TAKEN_NAMES
from discussion.people.accounts.words_names import name_problem


class UnfitName(Exception):
    """Nobody can be called this here; the message says why."""


def refuse_unfit(session: Session, name: str, *, site_name: str = "") -> None:
    """Raises UnfitName for a name that is unseen, disguised, or what the site calls its own.

    The names of series count as far as everybody may know of them.
    """
    own = [site_name, *(name for names in TAKEN_NAMES for name in names(session))]
    if problem := name_problem(name, own=own):
        raise UnfitName(problem)
