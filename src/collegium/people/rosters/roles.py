"""What a role or a job title of any format means to us: staff of a level, a pupil, a guardian, or somebody else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from collegium.people.rosters.cells import key, word_set
from collegium.people.rosters.records import LeftOut, PostLevel, UnitKind

UNKNOWN_LEVEL: PostLevel = "support"
NO_TITLE = "Member of staff"


@dataclass(frozen=True, slots=True)
class StaffRole:
    """A role of staff: the level of the post, and its title when the source gives no better one."""

    level: PostLevel
    title: str


# The closed vocabularies of OneRoster 1.1 and 1.2, Microsoft SDS and Ed-Fi, by `cells.key`.
STAFF: Mapping[str, StaffRole] = {
    "teacher": StaffRole("classroom", "Teacher"),
    "faculty": StaffRole("classroom", "Faculty"),
    "instructor": StaffRole("classroom", "Instructor"),
    "lecturer": StaffRole("classroom", "Lecturer"),
    "professor": StaffRole("classroom", "Professor"),
    "adjunct": StaffRole("classroom", "Adjunct teacher"),
    "substitute": StaffRole("classroom", "Substitute teacher"),
    "substituteteacher": StaffRole("classroom", "Substitute teacher"),
    "coach": StaffRole("middle", "Coach"),
    "instructionalcoach": StaffRole("middle", "Instructional coach"),
    "instructionalcoordinator": StaffRole("middle", "Instructional coordinator"),
    "chair": StaffRole("middle", "Chair"),
    "administrator": StaffRole("senior", "Administrator"),
    "siteadministrator": StaffRole("senior", "Site administrator"),
    "schooladministrator": StaffRole("senior", "School administrator"),
    "assistantprincipal": StaffRole("senior", "Assistant principal"),
    "principal": StaffRole("senior", "Principal"),
    "districtadministrator": StaffRole("executive", "District administrator"),
    "leaadministrator": StaffRole("executive", "District administrator"),
    "superintendent": StaffRole("executive", "Superintendent"),
    "assistantsuperintendent": StaffRole("executive", "Assistant superintendent"),
    "stateadministrator": StaffRole("executive", "State administrator"),
    "aide": StaffRole("support", "Aide"),
    "instructionalaide": StaffRole("support", "Instructional aide"),
    "paraprofessional": StaffRole("support", "Paraprofessional"),
    "teacherassistant": StaffRole("support", "Teaching assistant"),
    "assistant": StaffRole("support", "Assistant"),
    "counselor": StaffRole("support", "Counsellor"),
    "schoolcounselor": StaffRole("support", "Counsellor"),
    "advisor": StaffRole("support", "Adviser"),
    "proctor": StaffRole("support", "Proctor"),
    "nurse": StaffRole("support", "Nurse"),
    "schoolnurse": StaffRole("support", "Nurse"),
    "librarian": StaffRole("support", "Librarian"),
    "librariansmediaspecialists": StaffRole("support", "Librarian"),
    "psychologist": StaffRole("support", "Psychologist"),
    "schoolpsychologist": StaffRole("support", "Psychologist"),
    "socialworker": StaffRole("support", "Social worker"),
    "occupationaltherapist": StaffRole("support", "Occupational therapist"),
    "physicaltherapist": StaffRole("support", "Physical therapist"),
    "speechtherapist": StaffRole("support", "Speech therapist"),
    "visiontherapist": StaffRole("support", "Vision therapist"),
    "specialservices": StaffRole("support", "Special services"),
    "officestaff": StaffRole("support", "Office staff"),
    "supportservicesstaff": StaffRole("support", "Support staff"),
    "schoolspecialist": StaffRole("support", "Specialist"),
    "leaspecialist": StaffRole("support", "District specialist"),
    "itadmin": StaffRole("support", "IT administrator"),
    "systemadministrator": StaffRole("support", "System administrator"),
    "leasystemadministrator": StaffRole("support", "System administrator"),
    "researcher": StaffRole("support", "Researcher"),
    "affiliate": StaffRole("support", "Affiliate"),
    "staff": StaffRole("support", NO_TITLE),
    "schoolleader": StaffRole("senior", "School leader"),
    "governor": StaffRole("governance", "Governor"),
    "trustee": StaffRole("governance", "Trustee"),
    "boardmember": StaffRole("governance", "Board member"),
}

NOT_STAFF: Mapping[str, LeftOut] = {
    **dict.fromkeys(("student", "pupil", "learner", "schuler", "schulerin", "eleve", "alumno", "alumna", "leerling",
                     "児童", "生徒", "学生"), LeftOut.PUPILS),
    **dict.fromkeys(("parent", "guardian", "relative", "parentguardian", "carer", "contact", "doctor", "child"),
                    LeftOut.GUARDIANS),
    **dict.fromkeys(("alumni", "other", "observer"), LeftOut.OTHER_PEOPLE),
}  # fmt: skip

# Job titles in free text, from the most telling to the least: "Deputy headteacher" must not become a headteacher, nor
# "Teaching assistant" a teacher. Looked for in the title without case and accents; roughly a line for each language.
_TITLES: tuple[tuple[PostLevel, str], ...] = (
    (
        "governance",
        r"""governor|trustee|board member|chair of (the )?(board|trust|governor)|school council
        elternbeirat|bestuurslid|toezicht|consejo escolar|理事|評議員""",
    ),
    (
        "executive",
        r"""superintendent|chief (executive|education|operating)|\b(ceo|coo)\b|executive (head|principal|director)
        director of (education|schools)
        schulamts|schulrat|inspecteur|inspector de educacion|bestuurder|教育長""",
    ),
    (
        "senior",
        r"""deputy|(assistant|associate|vice)[ -]?(head|principal)|assistant director|\b(dht|aht|slt)\b
        head of school|\bprincipal\b|head ?(teacher|master|mistress)\b|^head$|^director$|business manager
        stellvertret|konrektor|schulleit|^rektor|direktor
        adjoint|proviseur|^directeur|^directrice|chef d.etablissement
        subdirector|jefe de estudios|^directora?\b|rector\b
        adjunct-?directeur|schoolleider|副校長|教頭|校長""",
    ),
    (
        "support",
        r"""teaching assistant|teacher.?s? assistant|learning support|\bta\b|\bhlta\b|\baide\b|assistant|secretar
        clerk|technician|nurse|counsel|librar|caretaker|site manager|cleaner|cook|lunch|midday|receptionist
        finance|bursar|administrat(ive|or)|officer|psycholog|social worker|therapist
        sekretar|hausmeister|sozialpadagog|schulbegleit
        aesh|\bcpe\b|surveillant|infirmi
        secretari|conserje|orientador|auxiliar
        concierge|onderwijsassistent|administratie|事務|養護|支援員|司書|用務""",
    ),
    (
        "middle",
        r"""head of|lead|coordinat|co-ordinat|\bsenco\b|chair|subject leader|year leader|phase|key stage
        fachleit|fachbereichsleit|stufenleit|koordinat
        coordonn|coordinateur|coordinador|jef[ea] de departamento
        teamleider|afdelingsleider|bouwcoordinat|主任|主幹""",
    ),
    (
        "classroom",
        r"""teacher|lecturer|tutor|instructor|professor|faculty|\bqts\b|\bect\b
        lehrer|lehrkraft|lehramt|referendar
        enseignant|professeur|instituteur|institutrice
        maestr[oa]|profesor|docente?\b
        leraar|leerkracht|onderwijzer|教諭|教員|講師|先生|教師""",
    ),
)
_TITLE_PATTERNS = tuple((level, re.compile("|".join(lines.split("\n        ")))) for level, lines in _TITLES)

LEVELS: Mapping[str, PostLevel] = {
    "classroom": "classroom", "teaching": "classroom", "teacher": "classroom",
    "middle": "middle", "middleleader": "middle", "middleleadership": "middle",
    "senior": "senior", "seniorleader": "senior", "seniorleadership": "senior", "slt": "senior",
    "executive": "executive", "executiveleader": "executive", "executiveleadership": "executive",
    "support": "support", "supportstaff": "support",
    "governance": "governance", "governor": "governance",
}  # fmt: skip

_UNIT_KINDS: Mapping[UnitKind, str] = {
    "team": "team department departement faculty program researchcenter division grade organizationdepartment",
    "school": "school college university campus adulteducation academy kindergarten schule ecole escuela",
    "district": "district local localauthority municipality localeducationagency lea schooldistrict",
    "trust": "trust academictrust mat multiacademytrust federation",
    "alliance": "alliance network cluster partnership consortium",
    "state": "state national ministryofeducation departmentofeducation province region stateeducationagency",
}
UNIT_KINDS: Mapping[str, UnitKind] = {word: kind for kind, words in _UNIT_KINDS.items() for word in words.split()}

HONORIFICS = word_set("mr mrs ms miss mx dr prof sir dame rev herr frau m mme mlle sr sra dhr mevr mw")


def level_of_title(title: str) -> PostLevel | None:
    """The level that a job title in free text speaks of, or None when it says nothing to us."""
    if known := STAFF.get(key(title)):
        return known.level
    folded = " ".join(key(word) for word in title.split())
    for level, pattern in _TITLE_PATTERNS:
        if pattern.search(folded):
            return level
    return None


def is_honorific(title: str) -> bool:
    """Whether "title" means Mr or Dr here, not a post."""
    return key(title) in HONORIFICS
