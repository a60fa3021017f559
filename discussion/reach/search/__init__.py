"""Finding: one index of what can be found, the box on every page, results, facets and the pivot.

The index holds what is shown now, and nothing else; it is written in the transaction of the change
that it follows from. What of it a viewer may find is asked of the rulebook, each time anew.
"""
