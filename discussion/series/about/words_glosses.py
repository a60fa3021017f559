"""The words that the site uses in a sense of its own, each explained in one line."""

from collections.abc import Callable, Mapping
from functools import cache

from discussion.language import _l
from discussion.vocabulary import Vocabulary
from discussion.vocabulary.shape import Gloss

GLOSSES: dict[str, Gloss | Callable[[Vocabulary], Gloss]] = {
    "series": Gloss(
        _l("Series"), _l("a public discussion of one large question, held in several threads.")
    ),
    "theme": Gloss(_l("Theme"), _l("a broad question that groups several threads.")),
    "thread": Gloss(_l("Thread"), _l("one question, with the positions that people take on it.")),
    "position": Gloss(
        _l("Position"), _l("what one person claims, with the values and evidence behind it.")
    ),
    "response": Gloss(_l("Response"), _l("a short answer to one position.")),
    "serves": Gloss(_l("Serves"), _l("the position is meant to bring about this value.")),
    "cost": Gloss(
        _l("At a cost to"), _l("a value that the position gives less weight, as its author says.")
    ),
    "scale": Gloss(
        _l("Scale"),
        _l("a line between two opposite ideas. Each position can have a place on it."),
    ),
    "setting": lambda known: Gloss(_l("Setting"), known.sentences.setting_gloss),
    "stance": Gloss(
        _l("Stance"), _l("whether a source supports, limits or contradicts the claim.")
    ),
    "strength": lambda known: known.strength_gloss,
    "retracted": Gloss(
        _l("Retracted"), _l("the publisher or the authors have withdrawn the source.")
    ),
    "doi": Gloss(
        _l("DOI"),
        _l("a permanent number for a publication, such as 10.1007/s10964-007-9207-1."),
        True,
    ),
    "bibtex": Gloss(
        _l("BibTeX and RIS"),
        _l("two formats in which reference software and journals give a source."),
        True,
    ),
    "statement": Gloss(
        _l("Statement"), _l("one neutral sentence, drawn from the positions, that people rate.")
    ),
    "round": Gloss(_l("Round"), _l("a set time in which people rate the statements in private.")),
    "cycle": Gloss(
        _l("Cycle"), _l("one run of a thread from open to closed. Reopening begins the next.")
    ),
    "weighing": Gloss(
        _l("Weighing"), _l("people rate short statements in private. No results are shown yet.")
    ),
    "sense": Gloss(_l("Making sense"), _l("the results are shown and discussed.")),
    "ends": Gloss(_l("Ends"), _l("what matters, and what we want to achieve.")),
    "facts": Gloss(_l("Facts"), _l("what is the case, whatever anybody wants.")),
    "means": Gloss(_l("Means"), _l("what to do about it, such as a rule or a programme.")),
    "common": Gloss(_l("Common ground"), _l("what nearly everybody, in each group, agrees on.")),
    "gap": Gloss(
        _l("Gap"), _l("how far apart two groups answered: 0 is the same, 1 is as far as can be.")
    ),
    "alike": Gloss(
        _l("Answered alike"), _l("a difference that would matter between the groups is ruled out.")
    ),
    "apart": Gloss(_l("Apart"), _l("the gap is large, and too large to be down to chance.")),
    "inferred": Gloss(
        _l("Inferred groups"), _l("people put together because they answered in a similar way.")
    ),
    "chatham": Gloss(
        _l("Chatham House Rule"),
        _l("what is said may be used. Who said it, and where they work, is never shown."),
        True,
    ),
}


@cache
def glosses_in(vocabulary: Vocabulary) -> Mapping[str, Gloss]:
    """The site's own words, and those that each sector explains by itself."""
    return {
        key: gloss if isinstance(gloss, Gloss) else gloss(vocabulary)
        for key, gloss in GLOSSES.items()
    }
