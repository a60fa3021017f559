"""Arithmetic: numbers in, frozen dataclasses and numbers out.

Nothing here knows of Flask, of a database, of a clock or of a file. Nothing here is random without
a seed in its signature, so the same input gives the same output, on any day and in any order.
"""
