"""Titles of offices and names of institutions, in the languages in which appeals come: data."""

from __future__ import annotations

import re

from appealgen.importing.vocabulary import any_of

#: Words with which a title begins though no role has it.
TITLE = any_of(
    r"^(?:acting |deputy |first |interim )?(?:head|chief|director(?:[- ]general)?|chair(?:man|woman|person)?|"
    r"leader|secretary|commander|superintendent|representative|registrar|speaker|rector|editor|governor|inspector|warden|"
    r"registrar|undersecretary|administrator|coordinator|judge|magistrate|the editor)\b(?! office)",
    r"^(?:leiter|direktor|vorsitzende|chef|sprecher|vorsteher|beauftragte|kommandeur|kommandant|generaldirektor|"
    r"landeshauptmann|bevollm[äa]chtigte)(?:in|r|n)?\b",
    r"^(?:chef|direct(?:eur|rice)|pr[ée]fet|commandant|pr[ée]sident|responsable|secr[ée]taire|inspect(?:eur|rice)|"
    r"auditeur|administrat(?:eur|rice)|b[âa]tonnier)e?\b",
    r"^(?:jef[ea]|director|directora|comandante|secretari[oa]|titular|alcalde(?:sa)?|alcaide|delegad[oa]|inspector[a]?|"
    r"coordinador[a]?|subsecretari[oa]|viceministr[oa]|magistrad[oa]|rector[a]?|procurador[a]?)\b",
    r"^(?:начальник|директор|руководител|глав[ае]|председател|секретар|заведующ|командующ|председательств|уполномочен|комендант|ректор|аким|посол|послу)\w*",
)
#: An institution: where an office stands, not who holds it.
INSTITUTION = any_of(
    r"^(?:(?:the|la|le|el|das|die|royal|federal|state|general|supreme|national|permanent|\w+(?:an|ese|"
    r"ish|ai|i))\s+){0,3}(?:office|ministry|embassy|high commission|consulate|mission|palace|court|department|"
    r"headquarters|parliament|house of|secretariat|directorate|prison|prosecutor.s office|government house|"
    r"state house|provincial hall|police (?:headquarters|station|department)|division|bureau)\b",
    r"\b(?:office|headquarters|embassy|ministry|department|palace|building|house|bureau|secretariat)$",
    r"^(?:kanzlei|botschaft|b[üu]ro|\w*ministerium|\w*anstalt|\w*gericht|\w*pr[äa]sidium|\w*kanzleramt|"
    r"\w*staatsanwaltschaft|\w*gef[äa]ngnis|amt\b|(?:\w+ )?\w*gerichtshof|"
    r"(?:beh[öo]rde|abteilung|verwaltung|generaldirektion|parlament|konsulat|st[äa]ndige vertretung)\b)",
    r"^(?:minist[èe]re|ambassade|palais|pr[ée]sidence|primature|cabinet d[ue]|bureau|tribunal|cour|prison|direction|"
    r"secr[ée]tariat|parquet|h[ôo]tel|gouvernorat|auditorat|commissariat|maison d.arr[êe]t|commission|mairie|"
    r"pr[ée]fecture|consulat|assembl[ée]e)\b",
    r"^(?:ministerio|embajada|palacio|casa|despacho|oficina|corte|tribunal|fiscal[íi]a|procuradur[íi]a|"
    r"secretar[íi]a|defensor[íi]a|edificio|centro|c[áa]rcel|direcci[óo]n|gobernaci[óo]n|comisi[óo]n|congreso|presidencia|jefatura|comandancia|consulado|"
    r"canciller[íi]a|procuradur[íi]a|juzgado)\b",
    r"^(?:министерство|посольство|администрация|прокуратура|генеральная прокуратура|управление|дом|дворец|"
    r"суд|канцелярия|тюрьма|колония|аппарат|комитет|комиссия|акимат|генеральное консульство|департамент)\b",
)
EMBASSY = any_of(
    r"\bembassy\b",
    r"\bbotschaft\b",
    r"\bambassade\b",
    r"\bembajada\b",
    r"\bпосольств\w+",
    r"\bhigh commission\b(?! for)",
)
#: Words that end a title which runs over two lines, and say nothing alone.
TAIL = any_of(
    r"(?:(?:and|y|et|und|of|de|du|des|the|for|и)\s+|(?:region|province|administration|affairs|judicial|"
    r"humanos|humains|human|rights|justice|justicia|interior|intérieur|inneren|republic|république|república|"
    r"republik|state|estado|security|sécurité|seguridad|public|police|policía|prisons|público|pública|"
    r"internas|nación|nation|general|génerale|council|committee|federation|области|республики|федерации|"
    r"дел|безопасности)\b[ ,]*){1,4}"
)
#: An organisation, whose holder is not named: what follows is its other names and its address.
ORGANISATION = any_of(
    r"^(?:(?:the|local|national|independent|la|le)\s+){0,3}(?:human rights )?(?:organi[sz]ation|association|commission|"
    r"committee|centre|center|council|network|union|society|federation)\b",
    r"\b(?:organi[sz]ation|association|committee|commission on human rights|human rights commission)$",
    r"^(?:organizaci[óo]n|asociaci[óo]n|comisi[óo]n|comit[ée]|organisation|association|commission|ligue|kommission|"
    r"menschenrechtsorganisation|verein|organisation|организация|комиссия|комитет|ассоциация)\b",
)
#: Titles that say nothing without the institution at whose head they are.
GENERIC = re.compile(
    r"(?:the )?(?:president|chair(?:man|woman|person)?|director|head|chief|vorsitzende[rn]?|pr[äa]sident(?:in)?|"
    r"leiter(?:in)?|direktor(?:in)?|pr[ée]sidente?|direct(?:eur|rice)|director[a]?|jef[ea]|председатель|директор|"
    r"начальник)",
    re.IGNORECASE,
)
