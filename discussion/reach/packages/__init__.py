"""Open data: a series as one file of tables that programs read, made in the background.

What stands in it is what everybody who may read the series reads on its pages, and no more of when
and of whom. It is served only while everything in it may still be shown.
"""
