"""Education: words by which signs of persons and schools are told from ordinary ones."""

from discussion.text.signs import Signs


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PERSONS = _set(
    """
    head headteacher learner pupil sixth-former student teacher trainee tutee tutor
    """
)

PLURALS = _set(
    """
    learners pupils students teachers trainees
    """
)

# Capitals that follow "pupil" and are nobody's name: "pupil premium", "student loans".
NO_NAMES = _set(
    """
    achievement attainment loan loans pell premium progress referral school teacher union
    """
)

SERVICES = _set(
    """
    attainment education educator learning
    """
)

SCHOOLS = _set(
    """
    academy college grammar infants juniors nursery pre-school preschool primary school utc
    """
)

# Words before "School" or "Academy" that name a sort of school and not one of them.
SORTS_OF_SCHOOL = _set(
    """
    a academic academy after all also alternative although ambition american an and another
    any art arts as at average bad because before best better between beyond big boarding boys
    british business but c catholic ce charter children's church city college community
    comprehensive converter during each early effective elementary english every excellent
    extended failing faith first for form foundation free from full further girls good
    graduate grammar great head her high higher his home how if improving in independent
    infant infants international into is it its junior juniors large law local low lower
    maintained making many medical middle military miss mixed more multi multi-academy my national
    new no non-selective non-specialist northern not nursery of old on one online or other our
    out outside over parent part prep preparatory primary private public pupil referral rural
    saturday school scottish secondary selective senior set since sixth small some special
    special-school sponsored spring stand-alone state studio successful summer sunday teacher
    technical tertiary that the their them these this through to traditional two under
    university upper urban victorian virtual voluntary voluntary-aided welsh what when where
    which while whole whole-school why winter with within without year your
    """
)

# Organisations of public life. What is found inside such a phrase is not a sign.
KNOWN = (
    "Academy Trust Handbook",
    "Ambition School Leadership",
    "Association of School and College Leaders",
    "Blavatnik School",
    "British Academy",
    "Chartered College",
    "College of Policing",
    "Confederation of School Trusts",
    "Department for Education",
    "Education Endowment Foundation",
    "Imperial College",
    "King's College London",
    "London School of Economics",
    "National College for School Leadership",
    "National College for Teaching and Leadership",
    "Oak National Academy",
    "Research School",
    "Royal Academy",
    "Royal College",
    "Royal Society",
    "Schools Week",
    "Teachers College",
    "Trinity College Dublin",
    "University College London",
)

SIGNS = Signs(
    persons=PERSONS,
    plurals=PLURALS,
    no_names=NO_NAMES,
    numbered=_set("pupil student uln upn") | {"unique pupil", "unique learner"},
    services=SERVICES,
    workplaces=SCHOOLS,
    sorts_of_workplace=SORTS_OF_SCHOOL,
    known=KNOWN,
    loaded=(r"exam factor(?:y|ies)", r"indoctrinat\w+", r"sink schools?", r"pushy parents?"),
)
