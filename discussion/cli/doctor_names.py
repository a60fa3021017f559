"""doctor: people whose names would be refused today, as they were taken before it was asked."""

from collections.abc import Iterator

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.people.accounts.words_names import name_problem

SHOWN = 5


def look_at_names(engine: Engine) -> Iterator[str]:
    """A sentence for each person whose name would be refused today."""
    with Session(engine) as session:
        yield from find_unfit(session)


def find_unfit(session: Session) -> Iterator[str]:
    """One sentence with where the first few are found; it repeats none of the names."""
    rows = session.execute(
        select(Person.public_id, Person.display_name)
        .where(Person.left_at.is_(None))
        .where(Person.is_guest.is_(False))
        .where(Person.email_confirmed_at.is_not(None))
        .order_by(Person.id)
    )
    unfit = [public_id for public_id, name in rows if name_problem(name)]
    if unfit:
        pages = ", ".join(f"/accounts/people/{public_id}" for public_id in unfit[:SHOWN])
        more = ", …" if len(unfit) > SHOWN else ""
        yield (
            f"Names that would be refused today, since they are disguised or speak for the site: "
            f"{len(unfit)} ({pages}{more}). Ask these people to change theirs."
        )
