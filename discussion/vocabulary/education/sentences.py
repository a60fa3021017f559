"""Education: sentences that name pupils, schools and those who protect children."""

from discussion.language import _l
from discussion.vocabulary.sentences import Sentences
from discussion.vocabulary.shape import Turn

SENTENCES = Sentences(
    nobody_identified=_l("Nothing here identifies a pupil, a family or a colleague"),
    confirm_nobody=_l("Confirm that nothing here identifies a pupil, a family or a colleague."),
    name_nobody=_l("Name no pupil, family or colleague."),
    name_nobody_reported=_l("Which words, and why. Name no child and no colleague."),
    no_names=_l("No names, no schools, and no details that together would identify somebody."),
    pointing=_l(
        "These words may point to a person or a school: %(found)s. Change them, or tick the "
        "box if nobody can be recognised."
    ),
    identifies=_l("It identifies a pupil or a colleague"),
    who_is_protected=_l("Pupils, families and colleagues"),
    rule_nobody_recognised=_l(
        "Nobody may be recognised: no pupil, family or colleague, by name or by circumstance,"
        " who has not agreed to it."
    ),
    rule_at_risk=_l(
        "A child who may be at risk is not a matter for this site. Tell your designated "
        "safeguarding lead, your local authority, or the police on 999."
    ),
    turn_elsewhere=_l(
        "Moderators of a discussion cannot protect anybody. If this is about safeguarding or "
        "the law, tell those who can, and then report it here. Do not write down here what a "
        "child told you."
    ),
    turn_in_a_letter=_l(
        "If somebody is in danger now, call 999. If you are worried about a child, tell your "
        "designated safeguarding lead or the council’s children’s services, or call the NSPCC"
        " helpline on 0808 800 5000."
    ),
    phase=_l("phase"),
    phases=_l("phases"),
    phase_label=_l("Phase"),
    phases_label=_l("Phases"),
    my_phase=_l("My phase"),
    no_phase=_l("No phase"),
    posts_in_copy=_l(
        "The role and phase you posted in when a round opened, whether or not you rated."
    ),
    phase_you_post_about=_l("The phase you post about"),
    phase_you_work_in=_l("Phase you work in"),
    phases_you_work_in=_l("Phases you work in"),
    by_phase=_l("By phase"),
    workplace=_l("A school"),
    workplace_name=_l("a school’s name"),
    workplace_gap=_l("[school removed by moderators]"),
    workplace_gap_short=_l("[school removed]"),
    workplace_region_page=_l("School, region, your own page"),
    reader_elsewhere=_l(
        "A reader from another school may not understand this. Write it as you would for a "
        "colleague you have just met."
    ),
    email=_l("name@school.org"),
    not_a_domain=_l("“%(domain)s” is not a domain such as school.org.uk."),
    setting=_l("Such as “a trust of nine primaries on the coast”. Name no school."),
    setting_gloss=_l("the kind of place something is about, such as a small rural primary."),
    interests=_l("Interests to declare, such as selling to schools"),
    told_title=_l("As in “What happened when we moved clubs into lesson time”."),
    told_description=_l(
        "What was done or experienced, by which group, for how long, and what came of it. No "
        "names of people or schools."
    ),
    told_context=_l("As in “a large urban secondary”; never its name."),
    told_population=_l("As in “Year 9 pupils”."),
    where_it_applies=_l(
        "National, trust, school or classroom; which phase; and its place on each scale."
    ),
    months_alone=_l(
        "Months’ progress go with an EEF rating. Choose an EEF scale, or leave them empty."
    ),
    months=_l("Only with an EEF rating."),
)

TURNS = (
    Turn(_l("Somebody is in danger now"), _l("Call the police on 999.")),
    Turn(
        _l("You are worried about a child"),
        _l(
            "In your school, trust or college: tell your designated safeguarding lead today. "
            "Elsewhere: children’s services of the council where the child lives, or the NSPCC "
            "helpline for adults, 0808 800 5000. A young person can call Childline, 0800 1111."
        ),
    ),
    Turn(
        _l("It is about somebody who works with children"),
        _l(
            "Tell the head teacher or, if it is about the head, the chair of governors or of the "
            "trust. The council’s designated officer (LADO) can be told directly."
        ),
    ),
    Turn(_l("An adult may be at risk"), _l("Adult social care of the council where they live.")),
    Turn(_l("A crime that is not happening now"), _l("The police on 101, or online.")),
    Turn(
        _l("Images of the sexual abuse of children"),
        _l(
            "Do not save or send them. Report the address to the Internet Watch Foundation, "
            "report.iwf.org.uk."
        ),
    ),
    Turn(
        _l("How this site deals with illegal content"),
        _l(
            "You can tell Ofcom, ofcom.org.uk, which watches over services like this one; it does"
            " not take up single cases."
        ),
    ),
)
