"""The words by which signs of persons and their places are told from ordinary ones."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


POSTCODE_AREAS = _set(
    """
    ab al b ba bb bd bf bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn
    dt dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l
    la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa
    se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws
    wv yo ze
    """
)

HONORIFICS = _set(
    """
    cllr dr mr mrs ms mx prof professor rev revd reverend
    """
)

# Also said without a name, or words of their own: these need their capital and no full stop.
FORMS_OF_ADDRESS = _set(
    """
    Miss Sir Dame Lady Madam Nurse Matron Midwife Councillor Rabbi Imam PC Sgt
    """
)

PARTICLES = _set(
    """
    al ap bin bint da dal de del den der di dos du el ibn la le ten van von
    """
)

PERSONS = _set(
    """
    apprentice assistant boy brother child colleague daughter father girl head headteacher kid
    learner mentor mother nephew niece parent pupil sister sixth-former son student teacher
    trainee tutee tutor youngster

    aunt boyfriend carer cousin girlfriend granddaughter grandfather grandmother grandson guardian
    husband lady man neighbour partner person stepfather stepmother uncle widow widower wife woman

    anaesthetist caseworker client clinician counsellor dentist doctor gp healthcare-assistant
    keyworker matron midwife nurse optician paediatrician paramedic patient pharmacist
    physiotherapist psychiatrist psychologist registrar sonographer surgeon therapist visitor

    caretaker cleaner cook evictee homeowner landlady landlord leaseholder lodger manager porter
    receptionist resident tenant warden

    adoptee applicant bailiff claimant constable councillor defendant detainee foster-carer inmate
    offender officer prisoner sergeant solicitor volunteer warder witness worker
    """
)

PLURALS = _set(
    """
    boys brothers carers children clients colleagues daughters girls kids learners men neighbours
    nurses parents patients prisoners pupils residents sisters sons students teachers tenants
    trainees women
    """
)

NAMING = _set(
    """
    called named
    """
)

# Capitals that follow "pupil" or "patient" and are nobody's name.
NO_NAMES = _set(
    """
    a achievement advice an and april are at attainment august award benefit board but by can
    charter commission conduct council december disciplinary do does english february federation
    finance for friday from government handbook has he i if in is it january journal july june
    loan loans march may minds monday must network no not november october of on or outcomes
    panel parliament participation pell perceptions performance poverty premium progress
    referral representative room saturday school senate september services she should so
    standards sunday support survey teacher than that the then they this thursday to tuesday
    union unit view views voice we wednesday welfare wellbeing were what when will with work
    you
    """
)

# What is given to people with a number of their own: "NHS number 943 …", "case ref. A-12345".
NUMBERED = _set(
    """
    candidate case client hospital nhs ni nino passport patient payroll prisoner pupil resident
    staff student tenancy tenant uln upn
    """
) | {"national insurance", "unique pupil", "unique learner", "driving licence"}

# Capitals that follow a person's part in a title and are no name: "Patient Safety Review".
SERVICES = _set(
    """
    access action activation admissions adviser agreement alliance allowance assessment
    associate association attainment authority board care carers centre charity choice
    commissioner committee confidence council counselling council's data development education
    educator engagement ethics experience feedback finance flow forum group health helpline
    housing information involvement journey labour leadership learning liaison management market
    movement occupational officer outcomes panels participation partnership portal practitioner
    practice programme protection record recruitment reference referrals register registration
    research retention review rights route safeguarding safety satisfaction scheme self service
    services space specialist stories strategy survey surveys team tax testimony training
    transport trust voices watch well-being workforce workload zone
    """
)

# The last word of a place's name, by itself and after some others.
PLACES = _set(
    """
    almshouse borstal clinic estate hospice hospital infirmary maternity refuge surgery ward
    """
)
PLACES_AFTER = {
    "home": _set("care children's childrens nursing residential rest retirement foster remand"),
    "practice": _set("medical dental gp group doctors surgery veterinary"),
    "centre": _set("health medical children's childrens day family detention removal walk-in "
                   "treatment respite contact"),
    "association": _set("housing tenants residents tenants' residents'"),
    "lodge": _set("care nursing residential"),
    "hostel": _set("bail probation women's youth homeless"),
    "institution": _set("offender"),
}  # fmt: skip

# Words before these that name a sort of place and not one of them.
SORTS_OF_PLACE = _set(
    """
    abdominal acute adult bariatric brain breast cancer cardiac care children's childrens clinical
    community continence coronary cosmetic cottage council county day dental dermatology detention
    district doctors ear elective emergency ent eye family fertility field foster fracture gender
    general geriatric gp group health heart hip hospital housing industrial isolation keyhole knee
    laser law maternity medical memory mental minor neonatal nhs nurse-led nursing obesity
    offender open orthopaedic outpatient paediatric pain palliative plastic post-natal postnatal
    probation psychiatric real removal residential residents residents' respite rest retirement
    royal sexual smoking social spinal staff surgical teaching tenants tenants' trauma treatment
    veterinary virtual walk-in weight women's young youth
    """
)

SCHOOLS = _set(
    """
    academy college grammar infants juniors nursery pre-school preschool primary school utc
    """
)

WITHIN_SCHOOLS = _set(
    """
    and for in le of on the upon
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

SAINTS = _set(
    """
    our saint ss st
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
    "Dr Barnardo's",
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
