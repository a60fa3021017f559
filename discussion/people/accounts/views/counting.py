"""Throttling: what was tried too often waits; see web/waiting.py for the page that says so."""

from discussion import clock
from discussion.people.accounts.operations.attempts import count_attempt
from discussion.people.accounts.operations.attempts import forgive as take_back
from discussion.people.accounts.views.cookies import client_address, secret
from discussion.web.doorway import separate_session


def seconds_to_wait(kind: str, account: str) -> int:
    """Count an attempt, in a transaction that outlives a refusal; 0 lets it through."""
    with separate_session() as session:
        wait = count_attempt(
            session, kind, account, client_address(), secret=secret(), now=clock.now()
        )
        session.commit()
    return wait


def forgive(kind: str, account: str) -> None:
    """Its owner came in: only failures stay counted."""
    with separate_session() as session:
        take_back(session, kind, account, client_address(), secret=secret())
        session.commit()
