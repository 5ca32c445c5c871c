"""The words by which columns of staff lists are known, in six languages, reduced by `cells.key`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collegium.people.rosters.cells import key, word_set

# English; German; French; Spanish; Dutch; Japanese. The first hit of a column wins, so the order of fields matters.
_WORDS: Mapping[str, str] = {
    "person_id": """staffid employeeid employeenumber employeeno staffnumber staffno staffcode personid payrollnumber
        teacherid teachernumber id workforceid uniqueid; personalnummer personalnr mitarbeiternummer lehrerid
        stammnummer kuerzel; matricule numen idpersonnel identifiant; idempleado numeroempleado numerodeempleado
        codigoempleado dni; personeelsnummer personeelsnr medewerkernummer medewerkerid stamnummer; 職員番号 教職員番号
        社員番号 教員番号 職員コード""",
    "given_name": """givenname givennames firstname forename forenames preferredname preferredfirstname knownas first;
        vorname vornamen rufname; prenom prenoms; nombres nombredepila primernombre; voornaam roepnaam voornamen; 名""",
    "family_name": """familyname lastname surname last; nachname familienname zuname; nomdefamille nomusuel;
        apellido apellidos primerapellido; achternaam familienaam; 姓 氏 名字""",
    "full_name": """name fullname staffname employeename teachername staffmember employee teacher person displayname;
        namevorname nachnamevorname vollername lehrkraft mitarbeiter; nomprenom nometprenom nomcomplet prenomnom
        enseignant; nombrecompleto nombreyapellidos apellidosynombre apellidosnombre docente; naam volledigenaam
        medewerker leraar; 氏名 名前 教員名 教職員名 職員名""",
    "email": """email emailaddress mail workemail schoolemail mailaddress emailwork primaryemail; emailadresse
        mailadresse dienstmail dienstlicheemail; courriel adressemail adresseemail adresseelectronique; correo
        correoelectronico; emailadres mailadres werkmail; メール メールアドレス eメール 電子メール""",
    "unit_id": """schoolid schoolcode schoolnumber urn dfenumber dfe unitid orgid siteid sitecode sitenumber nces ncesid
        laestab; schulnummer schulnr schulid dienststellennummer; uai rne codeuai codeetablissement; codigocentro
        codigodecentro cct idcentro; brin brinnummer vestigingsnummer schoolcodebrin; 学校コード 学校番号 所属コード""",
    "unit_name": """school schoolname unit unitname organisation organization org site sitename campus academy workplace
        location building; schule schulname einrichtung dienststelle stammschule; ecole etablissement college lycee
        nometablissement; escuela colegio centro instituto centroeducativo plantel; vestiging schoolnaam locatie
        instelling; 学校 学校名 所属 所属校 勤務校""",
    "unit_type": "unittype unitkind schooltype orgtype",
    "team": """team teamname department dept departmentname faculty subjectdepartment phase; fachbereich abteilung
        fachschaft fachgruppe bereich; departement equipe pole; departamento equipo area; afdeling sectie vakgroep
        bouw; 部署 学年 チーム 教科 分掌""",
    "title": """title jobtitle position positiontitle role post postheld posttitle job jobrole; funktion stelle
        amtsbezeichnung dienstbezeichnung position rolle taetigkeit aufgabe; fonction poste emploi role; cargo puesto
        funcion rol; functie functienaam rol; 職名 役職 職種 職位 職""",
    "level": """level leadershiplevel joblevel grade band; ebene leitungsebene stufe; niveau echelon; nivel;
        niveau functieniveau; 職階 レベル 等級""",
    "starts_on": """start startdate starts startson from begin begindate begins hiredate datehired hired appointed
        dateappointed validfrom since; eintritt eintrittsdatum beginn beginndatum von seit ab startdatum diensteintritt;
        debut datedebut datededebut dateentree datedentree du depuis; inicio fechainicio fechadeinicio fechadealta
        desde alta; begindatum startdatum indienst datumindienst indiensttreding vanaf; 開始日 着任日 採用日 着任年月日
        採用年月日""",
    "ends_on": """end enddate ends endson to until leavingdate dateleft leavedate finish finishdate validto
        separationdate; austritt austrittsdatum ende enddatum bis dienstende; fin datefin datedefin datesortie
        datedesortie au jusquau; fin fechafin fechadefin fechadebaja hasta baja; einddatum einde uitdienst
        datumuitdienst tot totenmet; 終了日 退職日 離任日 退職年月日""",
    "is_primary": "primary isprimary mainpost primarypost; hauptstelle; principal; puestoprincipal; hoofdfunctie; 主務",
    "post_id": "postid positionid assignmentid contractid; stellennummer; idposte; idpuesto; functieid",
}

WORDS: Mapping[str, frozenset[str]] = {name: word_set(text) for name, text in _WORDS.items()}

# Column titles of the formats we recognise, so that they are found below a title line too.
FORMATS = word_set(
    """sourcedid givenname familyname enableduser orgsourcedids usersourcedid orgsourcedid parentsourcedid propertyname
    value sisid schoolsisid schooldfenumber dfenumber firstname lastname username staffuniqueid lastsurname
    educationorganizationid nameofinstitution staffclassification type name status role"""
)

# A list with these columns is about pupils, not staff.
PUPILS = word_set(
    """studentid studentnumber pupilid upn pupilname studentname yeargroup gradelevel dateofbirth birthdate guardian
    guardianname parentname parent1 tutorgroup enrolmentdate sen ehcp freeschoolmeals pupilpremium; schueler
    schuelernummer klasse geburtsdatum erziehungsberechtigte; eleve ine classe datedenaissance responsablelegal; alumno
    curso fechadenacimiento tutorlegal; leerling leerlingnummer klas geboortedatum; 児童 生徒 生徒番号 生年月日
    保護者"""
)

_ALL = frozenset().union(*WORDS.values()) | FORMATS


def count_known(headers: Iterable[str]) -> int:
    """How many of `headers` are words we know as column titles."""
    return sum(1 for header in headers if header and key(header) in _ALL)
