"""What is known of two groups, in clauses, the surest first.

Every clause says which side holds what, with counts. A clause never says more than the states of a
snapshot carry: see `docs/how-sure.md`.
"""
