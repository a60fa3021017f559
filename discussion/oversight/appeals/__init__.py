"""Appeals: the author's request that somebody else look again.

One *appeal* a decision, to somebody other than who decided: another moderator or a convener, a
convener where there is one moderator, else the administrator. Its *outcome* is final and explained.
"""
