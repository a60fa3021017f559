"""The words, in every sector, by which signs of persons and places are told from ordinary ones."""


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
    apprentice assistant boy brother child colleague daughter father girl kid mentor
    mother nephew niece parent sister son youngster

    aunt boyfriend carer cousin girlfriend granddaughter grandfather grandmother grandson
    guardian husband lady man neighbour partner person stepfather stepmother uncle widow
    widower wife woman

    anaesthetist caseworker client clinician counsellor dentist doctor gp
    healthcare-assistant keyworker matron midwife nurse optician paediatrician paramedic
    patient pharmacist physiotherapist psychiatrist psychologist registrar sonographer
    surgeon therapist visitor

    caretaker cleaner cook evictee homeowner landlady landlord leaseholder lodger manager
    porter receptionist resident tenant warden

    adoptee applicant bailiff claimant constable councillor defendant detainee
    foster-carer inmate offender officer prisoner sergeant solicitor volunteer warder
    witness worker
    """
)

PLURALS = _set(
    """
    boys brothers carers children clients colleagues daughters girls kids men neighbours
    nurses parents patients prisoners residents sisters sons tenants women
    """
)

NAMING = _set(
    """
    called named
    """
)

# Capitals that follow "patient" and are nobody's name.
NO_NAMES = _set(
    """
    a advice an and april are at august award benefit board but by can charter commission
    conduct council december disciplinary do does english february federation finance for
    friday from government handbook has he i if in is it january journal july june march
    may minds monday must network no not november october of on or outcomes panel
    parliament participation perceptions performance poverty representative room saturday
    senate september services she should so standards sunday support survey than that the
    then they this thursday to tuesday unit view views voice we wednesday welfare
    wellbeing were what when will with work you
    """
)

# What is given to people with a number of their own: "NHS number 943 …", "case ref. A-12345".
NUMBERED = _set(
    """
    candidate case client hospital nhs ni nino passport patient payroll prisoner resident
    staff tenancy tenant
    """
) | {"national insurance", "driving licence"}

# Capitals that follow a person's part in a title and are no name: "Patient Safety Review".
SERVICES = _set(
    """
    access action activation admissions adviser agreement alliance allowance assessment
    associate association authority board care carers centre charity choice commissioner
    committee confidence council counselling council's data development engagement ethics
    experience feedback finance flow forum group health helpline housing information
    involvement journey labour leadership liaison management market movement occupational
    officer outcomes panels participation partnership portal practitioner practice
    programme protection record recruitment reference referrals register registration
    research retention review rights route safeguarding safety satisfaction scheme self
    service services space specialist stories strategy survey surveys team tax testimony
    training transport trust voices watch well-being workforce workload zone
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

WITHIN_NAMES = _set(
    """
    and for in le of on the upon
    """
)

SAINTS = _set(
    """
    our saint ss st
    """
)

# Of public life, in every sector. What is found inside such a phrase is not a sign.
KNOWN = ("Dr Barnardo's",)
