"""Tallies: how many positions there are, serve a value or cite a source; kept, not counted anew.

What is kept is never believed blindly. What a thread added to the sums stands beside the state
under which it was counted (see `states`), which the database's own triggers change with every row
that matters. Whoever reads a sum takes away what threads that changed since had added to it, and
counts those threads there and then.
"""
