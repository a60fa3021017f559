"""The rulebook: who may do what, decided here and nowhere else.

`may.py` names every permission with its sentence, `facts.py` says what is so of a viewer and a
subject, `rules.py` is the table that combines facts, and `visibility.py` says the reading rules
again as SQL. `docs/permissions.md` is printed from them.
"""
