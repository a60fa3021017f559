"""Whom somebody muted: beside what is read, and as a list."""

from discussion.debate.mutes.queries.marking import MUTED, mute_of
from discussion.debate.mutes.queries.page import find_own_mute, find_voice, mutes_page

__all__ = ["MUTED", "find_own_mute", "find_voice", "mute_of", "mutes_page"]
