"""The composer: how a text is opened, changed, kept, looked at again, and handed in.

It knows no kind of writing. What is composed says by its *composition* what differs: its fields,
what it is about, what is still needed, and what becomes of it.
"""
