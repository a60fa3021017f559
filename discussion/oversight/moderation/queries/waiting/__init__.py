"""What waits of the desk's own kinds: positions, responses, proposed threads, proposed values.

Each module says the same as those of other rooms: `list_bare`, `describe` and `tally`.
"""
