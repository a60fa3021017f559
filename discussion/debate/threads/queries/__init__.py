"""A thread's page, and the pages on which threads are proposed and curated."""

from discussion.debate.threads.queries.curating import curate_page, propose_page
from discussion.debate.threads.queries.cycles import cycle_page
from discussion.debate.threads.queries.finding import (
    find_position_in,
    find_series_to_propose_in,
    find_thread,
)
from discussion.debate.threads.queries.following import find_new_slug
from discussion.debate.threads.queries.history import history_page
from discussion.debate.threads.queries.page import thread_page

__all__ = [
    "curate_page",
    "cycle_page",
    "find_new_slug",
    "find_position_in",
    "find_series_to_propose_in",
    "find_thread",
    "history_page",
    "propose_page",
    "thread_page",
]
