"""Audit: everything that somebody with power did, and each look at a hidden identity, in a chain.

Every row carries a hash of itself and of the row before, and a number without gaps, so that a row
that was changed, taken out or moved shows. One writer adds at a time. `discussion audit verify`
walks the chain; what was cut off at its end shows by decisions that have no row any more, and to
those who noted an earlier head.
"""
