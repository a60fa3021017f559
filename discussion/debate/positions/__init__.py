"""Positions: a claim in a thread with the values and the evidence behind it, and what answers it.

A *position* is what one person holds in one thread; what it says stands in its *revisions*, of
which at most one is live. A *response* is a short typed answer, bound to the version it answers. A
*part* is a private answer to "where do you part?". A *kept draft* is what somebody typed, as typed.
"""
