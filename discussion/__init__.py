"""A place for a profession to reason together in public.

A sector holds a discussion series. Contributors post positions with the values and the evidence
behind them; threads group these by the series' themes; moderators curate the threads.
"""

__version__ = "0.1.0"
