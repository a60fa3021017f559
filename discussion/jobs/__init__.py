"""Work for later: promised in a transaction, done after it.

A **job** is a row of the outbox, written with the change it follows from (`queue.enqueue`), so that
it is kept exactly when the change is. A **task** is the function that does it, found by its name in
the `TASKS` of a room's `tasks.py`. The **worker** claims one job at a time. huey only wakes the
worker and keeps its clock: it may lose what it likes, since a sweep finds every row that waits.
"""
