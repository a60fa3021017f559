"""What people wrote, made safe to show: the only maker of Markup, the only importer of bleach."""

from discussion.text.cells import inert
from discussion.text.characters import (
    count,
    excerpt,
    fold,
    is_question,
    line,
    normal,
    paragraphs,
    slugify,
    visible,
)
from discussion.text.differing import marked_diff
from discussion.text.joining import put_together
from discussion.text.links import count_links
from discussion.text.names import is_disguised, is_unseen, skeleton
from discussion.text.people import KINDS, Kind, Notice, identifying
from discussion.text.phrases import Span, escaped, find_phrases, has_letters, take_out
from discussion.text.rendering import (
    MAX_SOURCE,
    RENDERER_VERSION,
    as_written,
    clean,
    plain,
    render,
    sentences,
    stored,
)
from discussion.text.tongues import (
    LONGEST_LANGUAGE,
    Spoken,
    language_of,
    name_of,
    read_tag,
    typed_for,
)

__all__ = [
    "KINDS",
    "LONGEST_LANGUAGE",
    "MAX_SOURCE",
    "RENDERER_VERSION",
    "Kind",
    "Notice",
    "Span",
    "Spoken",
    "as_written",
    "clean",
    "count",
    "count_links",
    "escaped",
    "excerpt",
    "find_phrases",
    "fold",
    "has_letters",
    "identifying",
    "inert",
    "is_disguised",
    "is_question",
    "is_unseen",
    "language_of",
    "line",
    "marked_diff",
    "name_of",
    "normal",
    "paragraphs",
    "plain",
    "put_together",
    "read_tag",
    "render",
    "sentences",
    "skeleton",
    "slugify",
    "stored",
    "take_out",
    "typed_for",
    "visible",
]
