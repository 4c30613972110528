"""Roles in prosecution, courts, prisons and police, and how their titles read: data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.importing.vocabulary import any_of

if TYPE_CHECKING:
    import re

#: Role -> how its title reads, as in the table of all roles.
JUSTICE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "military-prosecutor",
        any_of(
            r"military (?:prosecutor|procurator|attorney)",
            r"milit[äa]rstaatsanw",
            r"procureu(?:r|re) militaire",
            r"fiscal(?:[íi]a)? militar",
            r"военн\w+ прокурор",
            r"judge advocate",
            r"milit[äa]r(?:ober)?staatsanw",
            r"auditeu(?:r|re) (?:g[ée]n[ée]ral )?(?:sup[ée]rieur )?militaire",
            r"(?:auditor|procurador)[a]? (?:general )?militar",
            r"fiscal (?:general )?militar",
            r"commissaire du gouvernement pr[èe]s",
        ),
    ),
    (
        "prosecutor-general",
        any_of(
            r"(?:prosecutor|attorney|procurator)[- ]general",
            r"general (?:prosecutor|attorney)",
            r"chief (?:public )?prosecutor",
            r"generalst?aatsanw[äa]lt",
            r"generalbundesanw",
            r"justizministerin und generalst",
            r"procureure? g[ée]n[ée]rale?",
            r"fiscal general",
            r"procurador[a]? general",
            r"fiscal de la naci[óo]n",
            r"fiscal nacional",
            r"генеральн\w+ прокур",
            r"director of public prosecutions",
            r"supreme prosecutor",
            r"public prosecutor general",
            r"oberst\w+ staatsanw",
            r"procureure? (?:de la r[ée]publique )?pr[èe]s la cour supr[êe]me",
            r"fiscal(?:[íi]a)? general",
            r"генпрокурор",
            r"prosecutor of the republic of",
        ),
    ),
    (
        "prosecutor",
        any_of(
            r"prosecutor",
            r"district attorney",
            r"procurator\b",
            r"staatsanw[äa]lt",
            r"procureure?\b",
            r"substitut\b",
            r"ministerio p[úu]blico",
            r"\bfiscal(?:[íi]a)?\b",
            r"прокурор",
            r"prosecution",
        ),
    ),
    (
        "court-president",
        any_of(
            r"chief justice",
            r"president of (?:the )?[^,]*court",
            r"court president",
            r"chair(?:man|woman|person)? of (?:the )?[^,]*court",
            r"(?:gerichts|verfassungsgerichts)pr[äa]sident",
            r"pr[äa]sident\w* des [^,]*gericht",
            r"president[ea] (?:del? (?:tribunal|corte)|de la corte)",
            r"pr[ée]sidente? (?:du tribunal|de la cour)",
            r"председател\w+ [^,]*\bсуда\b",
            r"head of (?:the )?(?:\w+ )?judiciary",
            r"vorsitzende\w* (?:richter\w* )?(?:des|am) [^,]*gericht",
            r"pr[äa]sident\w* [^,]*gericht",
            r"premi(?:er|ère) pr[ée]sidente? (?:de la cour|pr[èe]s)",
            r"магистрат[^,]*председател",
            r"justizautorit[äa]t",
            r"president[ea] del organismo judicial",
            r"chef du pouvoir judiciaire",
        ),
    ),
    (
        "judge",
        any_of(
            r"\bjudge\b",
            r"\bjustice\b(?! (?:minister|department))(?=.*(?:court|hon))",
            r"magistrate",
            r"richter(?:in)?\b",
            r"\bjuge\b",
            r"\bjuez[a]?\b",
            r"\bсуд(?:ья|ье|ьи)\b",
        ),
    ),
    (
        "prison-service-director",
        any_of(
            r"(?:director|head|chief|commissioner|chair\w*|general)\b.*(?:penitentiary|prison|correction\w*|"
            r"penal) (?:service|department|administration|system|authority|affairs)",
            r"(?:penitentiary|prison|prisons|correctional) (?:service|administration|department|authority)",
            r"strafvollzug(?:sdienst|sbeh)",
            r"administration p[ée]nitentiaire",
            r"(?:instituto|sistema|servicio)\w* (?:nacional )?penitenciario",
            r"федеральн\w+ служб\w+ исполнения",
            r"commissioner of prisons",
            r"general department of prisons",
            r"(?:director|head|chief|commissioner|inspector)(?:[- ]general)? of (?:the )?(?:prisons|corrections|penal)",
            r"(?:leiter|direktor|chef|vorsteher)\w* [^,]*strafvollzug(?:s\w*)?",
            r"direct(?:eur|rice) (?:g[ée]n[ée]ral )?des prisons",
            r"director[a]? (?:general )?(?:de|del) (?:prisiones|sistema penitenciario|r[ée]gimen penitenciario)",
            r"(?:начальник|директор|руководител)\w* [^,]*(?:ФСИН|исполнения наказаний|уголовно-исполнительн)",
            r"prisons? organi[sz]ation",
        ),
    ),
    (
        "prison-director",
        any_of(
            r"(?:director|head|governor|warden|superintendent|chief|commander|officer in charge)\b.*(?:prison|"
            r"colony|jail|detention|correctional|sizo|penal)",
            r"(?:prison|colony|jail) (?:director|governor|warden|superintendent)",
            r"\bwarden\b",
            r"(?:gef[äa]ngnis|anstalts)(?:direktor|leit)",
            r"(?:direktor|leiter)(?:in)? (?:der|des) .*(?:haftanstalt|gef[äa]ngnis|justizvollzug)",
            r"direct(?:eur|rice) de la prison",
            r"direct(?:eur|rice)\b.*(?:prison|p[ée]nitenti|d[ée]tention)",
            r"director[a]? (?:de la (?:c[áa]rcel|prisi[óo]n)|del (?:penal|centro penitenciario))",
            r"(?:leiter|direktor)\w* [^,]*(?:strafkolonie|strafanstalt|jva)",
            r"r[ée]gisseur\b[^,]*prison",
            r"(?:alcaide|director[a]?)\b.*(?:c[áa]rcel|penal\b|penitenciari|prisi[óo]n|reclusorio)",
            r"начальник\w* .*(?:колони|изолятор|тюрьм|СИЗО|ИК|лагер)",
        ),
    ),
    (
        "police-chief",
        any_of(
            r"(?:chief|commissioner|inspector[- ]general|director[- ]general|head|superintendent)\b.*police",
            r"police (?:chief|commissioner)",
            r"inspector[- ]general of police",
            r"(?:director|head|chief)\b[^,]*public security (?:bureau|department)",
            r"(?:leiter|direktor|chef)\w* [^,]*(?:beh[öo]rde|b[üu]ros?|amtes|"
            r"abteilung) f[üu]r [öo]ffentliche sicherheit",
            r"(?:leiter|direktor|chef)\w* [^,]*polizei",
            r"\bchief constable",
            r"\bpolice superintendent",
            r"(?:inspecteur|directeur) g[ée]n[ée]ral[^,]*police",
            r"inspector general[^,]*polic",
            r"polizei(?:pr[äa]sident|chef|direktor)",
            r"(?:chef|directeur|pr[ée]fet) (?:g[ée]n[ée]ral )?(?:de la |de )?police",
            r"(?:jefe|director|comisario) .*polic[íi]a",
            r"начальник\w* .*(?:полици|милици|УМВД|ГУВД)",
        ),
    ),
)
