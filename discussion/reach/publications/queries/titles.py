"""Under which title a publication stands, and in which language that is."""

from discussion import text
from discussion.reach.publications.models import Publication, PublicationVersion
from discussion.reach.publications.queries.document.about import about_of


def title_of(publication: Publication, version: PublicationVersion | None) -> text.Spoken:
    """That of a version, never of the draft; the question, where that was changed since."""
    if version is None:
        return text.Spoken(publication.title, publication.language)
    question, said = question_of(publication), version.snapshot
    is_same = said.get("about", question) == question  # an essay is about nothing but itself
    if said and is_same:
        return text.Spoken(said["title"], said["language"])
    return question


def question_of(publication: Publication) -> text.Spoken:
    """What it is about: all that stands above a version that may not be read any more."""
    about = about_of(publication)[0]
    return text.Spoken(about, (publication.thread or publication.series).language)
