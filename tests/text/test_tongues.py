"""Words that know their language go on knowing it, whatever is done with them."""

from copy import deepcopy
from pickle import dumps, loads

from discussion.text.tongues import Spoken


def test_a_copy_of_words_knows_their_language_too() -> None:
    said = Spoken("Bore da", "cy", "en-GB")
    for copied in (deepcopy(said), loads(dumps(said))):  # our own
        assert (copied, copied.language, copied.usual) == ("Bore da", "cy", "en-GB")
