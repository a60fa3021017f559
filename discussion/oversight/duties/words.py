"""Which records there are, what each asks the host to say, and who reads them."""

from dataclasses import dataclass
from datetime import timedelta

from discussion.language import Phrase, _l

MAX_TEXT = 20_000
MAX_CODE = 120
MAX_CHANGE = 300
LONGEST_REVIEW = timedelta(days=366)  # at least once a year
SPOKEN_OF_BEFORE = (-30, -7)  # days from that of its review, beside those of every reminder

CODE_VERSION = (
    "Ofcom, illegal content codes of practice for user-to-user services, 24 February 2025"
)


@dataclass(frozen=True)
class Kind:
    """A record: its title, what it is for, whether everybody reads it, and what it asks."""

    title: Phrase
    says: Phrase
    is_public: bool
    prompts: tuple[tuple[Phrase, Phrase], ...]  # (heading, question)


KINDS = {
    "accountable-person": Kind(
        _l("Accountable person"),
        _l("Who answers for the safety of this service, and how to reach them."),
        True,
        (
            (_l("Name and office"), _l("Who is answerable to the law for this service?")),
            (_l("How to reach them"), _l("An address that is read on working days.")),
            (_l("What they answer for"),
             _l("Risk assessments, the reports that are urgent, complaints, these records.")),
            (_l("Deputy"), _l("While they are away, and how a moderator reaches either.")),
        ),
    ),
    "complaints-procedure": Kind(
        _l("Complaints procedure"),
        _l("How to report something, to appeal, and to complain about the service itself."),
        True,
        (
            (_l("Reporting"), _l("Where the report button is, who reads it, within what time.")),
            (_l("Appealing"), _l("Who looks again, within what time, and what they can change.")),
            (_l("Complaining about the service"),
             _l("How, and to which person, to say that a duty is not met or that too much was "
                "taken down.")),
            (_l("If you are not content"), _l("Who else may be turned to, and for what.")),
        ),
    ),
    "illegal-content-risk-assessment": Kind(
        _l("Illegal content risk assessment"),
        _l("How likely each kind of illegal content is here, what harm it would do, what is done."),
        False,
        (
            (_l("The service"),
             _l("Who uses it, for what; which functions could be misused: positions, responses,"
                " links, names, profiles?")),
            (_l("Each kind of illegal content"),
             _l("For every kind that the code names: how likely it is here, why, and how grave.")),
            (_l("Evidence"), _l("Reports, decisions and the moderation log of the past year.")),
            (_l("What is done"),
             _l("Reading beforehand, limits for newcomers, reports, hiding at once, sanctions.")),
            (_l("What remains"), _l("The risk that is left, and who accepted it on which day.")),
        ),
    ),
    "childrens-access-assessment": Kind(
        _l("Children’s access assessment"),
        _l("Whether children can use the service, and whether a good number of them would."),
        False,
        (
            (_l("Can children get in"),
             _l("Members say that they are 18 or over; is more done, and is it enough?")),
            (_l("Are children likely to come"),
             _l("What the service is about, how it looks, who is told of it, what is known of"
                " those who use it.")),
            (_l("What follows"),
             _l("If they are likely to: the children’s risk assessment and the duties it brings.")),
        ),
    ),
}  # fmt: skip
