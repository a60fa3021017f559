"""Statements: neutral sentences drawn from positions, to be rated.

A *statement* is of kind *end*, *fact* or *means*; what it says stands in its versions. The authors
of the positions that it comes from are asked whether it is fair. Moderators may withhold its words,
on every surface and in every round. It is rated in the room `rounds`.
"""
