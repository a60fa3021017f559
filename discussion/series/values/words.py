"""Limits of a series' values, and what is said of one that is only proposed."""

OTHER = "other"  # the family of a value that is only proposed

MAX_LABEL = 60
MAX_DEFINITION = 200
MIN_VALUES, MAX_VALUES = 4, 24
