"""Decisions: the append-only record of what was decided, by whom, under which rule, and how.

Every room decides by it, about a subject that it names by its kind and public id. A *claim* says
who is deciding now, a *decision* is a row that nobody can edit, a *target* says how soon.
"""
