"""What is counted."""

POSITIONS = "positions"  # that are published; the subject is 0
SERVED = "served"  # positions that serve a value, as it is meant today, by its id
OUTWEIGHED = "outweighed"
PROPOSED = "proposed"  # tags that name a value the set does not have; the subject is 0
CITED = "cited"  # positions that cite an item of the library, by its id
KINDS = (POSITIONS, SERVED, OUTWEIGHED, PROPOSED, CITED)
# Not a sum: the state of a series under which none of its threads was left to count; subject 0.
CLEAN = "clean"
NOTHING = 0  # the subject of what has none
