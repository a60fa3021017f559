"""What about the wording of a statement might lead raters astray: hints, which block nothing.

The word lists are English, and short on purpose: a hint that is often wrong is soon not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from discussion.vocabulary import Vocabulary

MOST_WORDS = 25  # in one sentence that is read once and answered


@dataclass(frozen=True)
class Doubt:
    """One hint, of words_statements.DOUBTS, and what in the sentence gave rise to it."""

    kind: str  # question, two_claims, loaded, negation, over_long
    phrases: tuple[str, ...]


# A claim has one of these: so "reading and writing matter" is one, and "hospitals should offer
# it and councils should pay" is two.
_VERBS = (
    r"am|is|are|was|were|be|has|have|had|do|does|did|can|could|may|might|must|shall|should|will|"
    r"would|ought|(?:need|matter|help|harm|work|cost|make|give|raise|reduce|increase|improve|"
    r"lower|widen|narrow|lead|cause|benefit|deserve|depend|take|pay|provide|offer|fund|decide|"
    r"choose|know|want|get|lose|gain|attend|run|fall|rise|keep|let|allow|require|bring|leave|learn|"
    r"come|go|belong|count|show|prefer|suffer|thrive|teach|protect)s?"
)
_VERB = re.compile(rf"\b(?:{_VERBS})\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|whose|where)\b", re.IGNORECASE)
_JOINS = re.compile(r"\b(?:and|or|while|as well as|plus|yet)\b|&", re.IGNORECASE)
_ALWAYS_JOINS = re.compile(
    r";|\b(?:but|because|whereas|although|though|however|therefore|hence|so that|and so|"
    r"which is why|given that|in order that)\b|(?<=[.!?])\s+(?=\S)",
    re.IGNORECASE,
)
_PAIRS = re.compile(
    r"\b(?:between \w+ and|both \w+ and|more and more|health and safety|trial and error|"
    r"now and then|and/or)\b",
    re.IGNORECASE,
)

# Words that tell the reader what to think, in any field; those of one come with it.
_LOADED = (
    r"obvious(?:ly)?|clear(?:ly)?|of course|certainly|undoubtedly|undeniabl[ey]|surely|simply|"
    r"merely|mere|only|just|at last|everybody knows|everyone knows|so[- ]called|needless to say|"
    r"common sense|nonsense|sensible|naive|naïve|lazy|cynical|absurd|ridiculous|shameful|"
    r"scandal(?:ous)?|disgrace(?:ful)?|crisis|draconian|heavy[- ]handed|imposed?|forced|"
    r"fail(?:s|ed|ing|ure|ures)?|waste(?:s|d|ful)?|real(?:ly)?|truly|proper(?:ly)?|"
    r"one[- ]size[- ]fits[- ]all|free[- ]for[- ]all|box[- ]ticking|tick[- ]box|red tape|"
    r"bureaucrats?|bureaucratic|dumb(?:s|ed|ing)? down|postcode lottery|"
    r"gold[- ]standard|world[- ]class|bog[- ]standard|woke|elitist|ideolog(?:y|ical|ues?)|dogma|"
    r"nanny state|left behind"
)
_CLEAR_SENSE = re.compile(r"\b(?:be|is|are|more|a|in|made?|with|real[- ]terms?|real world)$")

_NEGATION = re.compile(
    r"\b(?:not|cannot|no|never|nobody|none|nothing|nowhere|neither|nor|without|hardly|"
    r"lacks?|lacking)\b|\b\w+n[’']t\b"
    r"|\bun(?!der|ti|le|to|ion|iq|it|iv|if|cle|ani)[a-z]{3,}\b"
    r"|\b(?:impossible|irrelevant|inadequate|insufficient|inappropriate|ineffective|incapable|"
    r"dis(?:agree|allow|approve|regard)\w*)\b",
    re.IGNORECASE,
)
# Words with which a sentence speaks against something; a list of signs, not of all there are.
_AGAINST = re.compile(
    r"\b(?:against|stop(?:s|ped)?|abolish(?:ed)?|scrap(?:ped)?|ban(?:s|ned)?|avoid(?:s|ed)?|"
    r"cut(?:s|ting)?|limit(?:s|ed)?|harm(?:s|ed|ful)?|hurt(?:s|ful)?|damag(?:es?|ed|ing)|"
    r"worse(?:n|ns|ned)?|less|fewer|reduc(?:es?|ed)|lower(?:s|ed)?|weaken(?:s|ed)?|"
    r"undermin(?:es?|ed)|wast(?:es?|ed|eful)|burdens?|risks?|lose|loses|lost|suffers?|"
    r"too (?:much|many|little|few|late|long|costly|\w+ to)|instead of|rather than|"
    r"at the expense of|puts? (?:\w+ )?off|crowds? out|takes? (?:\w+ )?(?:away|from)|"
    r"more harm than|unfair|unequal)\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(r"\bno\. ?\d|\bnot only\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:should|do|does|did|is|are|was|were|can|could|would|will|has|have|must|may|might)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


def doubts_in(text: str, vocabulary: Vocabulary, *, language: str = "en") -> tuple[Doubt, ...]:
    """Every hint there is about a statement; in other languages than English only what is plain."""
    found = [Doubt("question", ("?",))] if _is_question(text, language) else []
    if language.startswith("en"):
        looks = {
            "two_claims": _joints(text),
            "loaded": _loaded(text, vocabulary.signs.loaded),
            "negation": _negations(text),
        }
        for kind, seen in looks.items():
            if phrases := tuple(dict.fromkeys(seen)):
                found.append(Doubt(kind, phrases))
    words = len(_WORD.findall(text))
    if words > MOST_WORDS:
        found.append(Doubt("over_long", (str(words),)))
    return tuple(found)


def is_negated(text: str, language: str = "en") -> bool:
    """Whether a sentence has a “not”, as far as English words tell."""
    return language.startswith("en") and any(_negations(text))


def speaks_against(text: str, language: str = "en") -> bool:
    """Whether a sentence has a sign of speaking against something; False where nothing tells."""
    return is_negated(text, language) or (language.startswith("en") and bool(_AGAINST.search(text)))


def _is_question(text: str, language: str) -> bool:
    return "?" in text or (language.startswith("en") and bool(_ASKS.match(text.strip())))


def _joints(text: str) -> Iterator[str]:
    """What joins two claims: each side has a verb of its own, outside "that …" and "who …"."""
    for found in _ALWAYS_JOINS.finditer(text.strip()):
        yield found.group().strip().lower() or "."
    spared = [pair.span() for pair in _PAIRS.finditer(text)]
    for found in _JOINS.finditer(text):
        if any(start <= found.start() < end for start, end in spared):
            continue
        after = _RELATIVE.split(text[found.end() :])[0]
        if _VERB.search(text[: found.start()]) and _VERB.search(after):
            yield found.group().lower()


@lru_cache(maxsize=20)
def _side_taking(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_LOADED}|{'|'.join(words)})\b", re.IGNORECASE)


def _loaded(text: str, words: tuple[str, ...]) -> Iterator[str]:
    for found in _side_taking(words).finditer(text):
        said = found.group().lower()
        before = text[: found.start()].rstrip().lower()
        if said == "clear" and _CLEAR_SENSE.search(before):
            continue  # "a clear timetable" says what kind, and not what to think
        if said == "real" and text[found.end() :].lower().startswith(("-", " terms", " world")):
            continue
        yield said


def _negations(text: str) -> Iterator[str]:
    spared = [pair.span() for pair in _NO_NEGATION.finditer(text)]
    for found in _NEGATION.finditer(text):
        if not any(start <= found.start() < end for start, end in spared):
            yield found.group().lower()
