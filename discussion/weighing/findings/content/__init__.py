"""What a snapshot says, as frozen dataclasses: the one description of the JSON in which it is kept.

`read_content` reads what any version of the site has kept, and `dump` (`records.py`) writes it. A
snapshot is never altered, so a dataclass here may gain fields and lose none. How a schema is added:

1. What is new is a field with `later(...)` of `records.py`, whose default says nothing: snapshots
   from before do not have it. What would mean something else than it did is a new field.
2. Its number is `CURRENT` in `whole.py`, with a line in `SCHEMAS` that says what it means; what
   depends on it asks a property of `Content`, never the number.
3. A snapshot of it, as the site made it, joins `tests/weighing/findings/kept/`, which holds one of
   each schema: they are read, and written again as they were.
"""
