"""Findings: what the ratings and tags say, with the numbers behind it.

A *snapshot* is made by a job when a round closes or tags change; it holds only what may be shown,
with the hash of its inputs, its parameters and the version of the code. None is ever altered: a
later one stands beside it.
"""
