"""The sentences of a site that name what only one sector has."""

from dataclasses import dataclass

from discussion.language import Phrase


@dataclass(frozen=True)
class Sentences:
    """Each as it stands on a page or in a letter; %(…)s is filled in there."""

    # Who may not be recognised, as forms and rules say it.
    nobody_identified: Phrase  # what a writer ticks
    confirm_nobody: Phrase  # and is told who did not
    name_nobody: Phrase  # under the field for reasoning
    name_nobody_reported: Phrase  # under the field of a report
    no_names: Phrase  # under the tick of a suggested thread
    pointing: Phrase  # of words that may identify: %(found)s
    identifies: Phrase  # a reason to report
    who_is_protected: Phrase  # a heading of the privacy page
    rule_nobody_recognised: Phrase  # a rule of the site
    rule_at_risk: Phrase  # a rule of the site

    # Where to turn with what cannot wait.
    turn_elsewhere: Phrase  # before the places to turn to
    turn_in_a_letter: Phrase  # in the letter after an urgent report

    # The second half of a label.
    phase: Phrase  # a noun, in the singular
    phases: Phrase  # and in the plural
    phase_label: Phrase  # the label of one
    phases_label: Phrase  # and of several
    my_phase: Phrase  # where a writer chooses it
    no_phase: Phrase  # for whoever has none
    posts_in_copy: Phrase  # what one counted as in rounds
    phase_you_post_about: Phrase  # in a copy of one's data
    phase_you_work_in: Phrase  # a question at the door
    phases_you_work_in: Phrase  # and in the profile
    by_phase: Phrase  # of two groups of people

    # Where people work.
    workplace: Phrase  # what moderators take out
    workplace_name: Phrase  # what a text may give away
    workplace_gap: Phrase  # what stands in its place
    workplace_gap_short: Phrase  # the same where there is less room
    workplace_region_page: Phrase  # what the Chatham House Rule never shows
    reader_elsewhere: Phrase  # a mark in the margin
    email: Phrase  # an address that is nobody's
    not_a_domain: Phrase  # of an e-mail domain: %(domain)s

    # Examples beside fields.
    setting: Phrase  # under the setting in mind
    setting_gloss: Phrase  # what a setting is
    interests: Phrase  # the label of that field
    told_title: Phrase  # of practice that is told
    told_description: Phrase  # of practice that is told
    told_context: Phrase  # of practice that is told
    told_population: Phrase  # of practice that is told
    where_it_applies: Phrase  # on the page about the site

    # Months of progress, which some scales of strength go with.
    months_alone: Phrase  # where they were given without
    months: Phrase  # under their field
