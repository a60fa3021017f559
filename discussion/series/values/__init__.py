"""Values: what a position serves or outweighs, in a set of words that each series keeps for itself.

A set begins as a copy of sixteen. A value may be reworded (the earlier words are kept), retired, or
merged into another; its slug is never given again, and tags keep pointing at the row they chose.
"""
