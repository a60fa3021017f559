"""Education's words: the only place of the site that knows them."""

from discussion.vocabulary.education import evidence, people, values
from discussion.vocabulary.education.practice import PRACTICE
from discussion.vocabulary.education.sentences import SENTENCES, TURNS
from discussion.vocabulary.education.signs import SIGNS
from discussion.vocabulary.shape import Vocabulary

EDUCATION = Vocabulary(
    roles=people.ROLES,
    families=people.FAMILIES,
    phases=people.PHASES,
    levels=people.LEVELS,
    regions=people.REGIONS,
    organisation_types=people.ORGANISATION_TYPES,
    organisation_sizes=people.ORGANISATION_SIZES,
    value_families=values.FAMILIES,
    starting_values=values.VALUES,
    distinctions=values.DISTINCTIONS,
    evidence_kinds=evidence.KINDS,
    question_types=evidence.QUESTION_TYPES,
    ought=evidence.OUGHT,
    strength_scales=evidence.STRENGTH_SCALES,
    strength_gloss=evidence.STRENGTH,
    turns=TURNS,
    sentences=SENTENCES,
    signs=SIGNS,
    example=("headteacher", "secondary"),
    practice=PRACTICE,
)
