"""Which words of a text are those that were looked for, and what a result shows of its texts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from discussion.language import _
from discussion.reach.search.drafts import Typed
from discussion.reach.search.words import PLACES
from discussion.text import stems
from discussion.text.found import holds, marked, piece_of

Said = tuple[str, str]  # where it stands, of words.PLACES; and what


@dataclass(frozen=True)
class Look:
    """What was looked for, in every language that it may be found in."""

    typed: Typed
    languages: tuple[str, ...]

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(
            stem
            for term in self.typed.wanted
            for word in term.words
            for language in self.languages
            for stem in (*stems.tokens_of(word, language), stems.joined_of(word, language))
            if stem
        )

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(one.words[0] for one in self.typed.wanted if one.is_prefix)

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def finds(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self._finds(word)
        return self._known[word]

    def _finds(self, word: str) -> bool:
        folded = tuple(stems.words_in(word))
        if self._beginnings and any(one.startswith(self._beginnings) for one in folded):
            return True
        return any(
            stem in self._stems
            for one in folded
            for language in self.languages
            for stem in stems.tokens_of(one, language)
        )

    def mark(self, said: str) -> Markup:
        return marked(said, self.finds)

    def cut(self, texts: Sequence[Said]) -> str:
        """A piece of the first text that holds a word; empty where none does."""
        pieces = (piece_of(said, self.finds) for _place, said in texts)
        return next((one for one in pieces if one), "")

    def piece(self, texts: Sequence[Said]) -> Markup:
        """The same with its words marked."""
        return marked(self.cut(texts), self.finds)

    def where(self, texts: Collection[Said]) -> str:
        """ "found in the claim and the reasoning"; empty where nothing was looked for."""
        places = dict.fromkeys(place for place, said in texts if holds(said, self.finds))
        named = [str(PLACES[place]) for place in PLACES if place in places]
        if not named:
            return ""
        *before, last = named
        if not before:
            return _("found in %(place)s", place=last)
        return _("found in %(places)s and %(place)s", places=", ".join(before), place=last)
