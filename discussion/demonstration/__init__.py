"""The series, people, library and threads that the demonstration shows.

Authors are invented and marked so; references are real, but for the few items that say "invented".
"""

from discussion.demonstration.filling import SIGN_INS, count_steps, fill

__all__ = ["SIGN_INS", "count_steps", "fill"]
