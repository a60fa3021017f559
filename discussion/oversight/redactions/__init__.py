"""Redactions: a name or a phrase is taken out of what everybody reads, in all its versions.

A labelled gap stands in its place. The original is kept, encrypted, for a stated number of days, so
that a mistake can be mended; then it is destroyed.
"""
