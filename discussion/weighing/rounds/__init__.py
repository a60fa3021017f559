"""Rounds: statements drawn from positions, and the periods in which people rate them privately.

A *statement* is one neutral sentence of kind *end*, *fact* or *means*; the authors of the positions
it comes from are asked whether it is fair. A *round* fixes everything before it opens. A *rating*
is one person's private answer, kept under a key of that person and round; nobody else sees it.
"""
