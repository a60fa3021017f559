"""A thread's page, and the page on which it is curated."""

from discussion.threads.queries.finding import find_new_slug, find_thread
from discussion.threads.queries.page import thread_page

__all__ = ["find_new_slug", "find_thread", "thread_page"]
