"""On which terms a series gives its data out."""

from wtforms import RadioField

from discussion.language import _l
from discussion.reach.packages.words import LICENCES, RATINGS
from discussion.web.forms import SiteForm, choices

NO_LICENCE = _l("None: readers ask the host before they publish or pass it on")


class TermsForm(SiteForm):
    """The licence, and how imported answers leave."""

    licence = RadioField(
        _l("Licence"),
        choices=choices({slug: name for slug, (name, _url) in LICENCES.items()}, empty=NO_LICENCE),
    )
    ratings = RadioField(_l("Private answers"), choices=choices(RATINGS))
