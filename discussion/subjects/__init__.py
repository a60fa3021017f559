"""What every kind of people's writing can be asked, whatever it is.

A kind (position, response, item of the library, thread, statement, proposed value, person) has one
adapter, the `subject.py` of its room, which `wiring/writing.py` registers. What differs by kind
stands there and nowhere else; who needs to know asks a `Subject`.
"""
