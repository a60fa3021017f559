"""The library of a series: what people rely on, added once, cited by many, strength as published.

Words: an *item* is one thing of the library; its *kind* says what sort of evidence it is; its
*strength* is what a published scale says of it, never converted to another; its *status* says
whether it still stands. An item is *listed* once a moderator has approved something that cites it.
"""
