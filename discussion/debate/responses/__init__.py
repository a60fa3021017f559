"""Short typed answers to one version of a position: written, mended and taken back.

Their rows stand beside those of positions, in `positions/models.py`: both have one way of being
named, and what is said of a voice is said of both.
"""
