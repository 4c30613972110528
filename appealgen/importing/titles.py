"""Titles of offices and the honorifics of those who hold them, in the languages in which appeals come: data."""

from __future__ import annotations

import re

from appealgen.importing.vocabulary import any_of

#: Role -> how its title reads; the first that matches a line counts, so the narrower stand first.
ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "un-rapporteur",
        any_of(
            r"special rapporteur",
            r"sonderberichterstatter",
            r"independent expert on",
            r"working group on",
            r"rapporteu(?:r|se) sp[ée]cial",
            r"relator[a]? especial",
            r"специальн\w+ докладчик",
        ),
    ),
    (
        "secretary-general",
        any_of(
            r"secretary[- ]general",
            r"generalsekret[äa]r",
            r"secr[ée]taire g[ée]n[ée]ral",
            r"secretari[oa] general",
            r"генеральн\w+ секретар",
        ),
    ),
    (
        "ambassador",
        any_of(
            r"ambassador",
            r"\bembassy\b",
            r"botschaft",
            r"ambassad(?:eur|rice)",
            r"ambassade",
            r"embajad",
            r"\bпос(?:ол|лу|ольство|ольства)\b",
            r"high commission(?:er)?(?= (?:of|for) (?!human|refugees))",
        ),
    ),
    (
        "ombudsperson",
        any_of(
            r"ombuds",
            r"public defender",
            r"human rights (?:commissioner|chancellor|procurator|ombuds\w+)",
            r"b[üu]rgerbeauftragte",
            r"volksanwalt",
            r"procurador[a]? (?:de|para la defensa de) (?:los )?derechos",
            r"proveedor de justicia",
            r"адвокат народа",
            r"commissioner for human rights",
            r"menschenrechtsbeauftragte",
            r"d[ée]fenseu(?:r|se) des droits",
            r"m[ée]diat(?:eur|rice)",
            r"defensor[a]? (?:del pueblo|de los (?:habitantes|derechos))",
            r"procurador[a]? (?:de|para la defensa de) (?:los )?derechos humanos",
            r"уполномоченн\w+ по правам",
            r"people.s advocate",
            r"(?:president|chair\w*|head) of (?:the )?(?:national )?(?:human rights commission|commission (?:on|"
            r"for) human rights)",
            r"pr[ée]sidente? de la commission (?:nationale )?des droits",
            r"president[ea] de la comisi[óo]n (?:nacional )?de (?:los )?derechos",
        ),
    ),
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
    (
        "head-of-government",
        any_of(
            r"(?<!deputy )(?<!vice[- ])prime[- ]minister",
            r"(?<!vice[- ])(?<!deputy )\bpremier\b(?! (?:league|pr[ée]sident|ministre|conseiller|substitut))",
            r"chair\w* of the (?:council of ministers|cabinet)",
            r"bundeskanzler",
            r"chancellor of",
            r"(?:minister|bundes)pr[äa]sident(?:in)? der regierung",
            r"ministerpr[äa]sident",
            r"(?<!vize)premierminister",
            r"(?<!vice[- ])(?<!vice )premier[- ]ministre",
            r"(?<!vice[- ])premi[èe]re[- ]ministre",
            r"(?<!vice)(?<!vice )primer(?:a)? ministr[oa]",
            r"председател\w+ (?:совета министров|правительства|кабинета министров)",
            r"president[ea] del gobierno",
            r"(?<!вице-)премьер",
        ),
    ),
    (
        "minister",
        any_of(
            r"\bminist(?:er|ry)\b",
            r"secretary of (?:state|justice|the interior|interior|foreign|external|national|defen[cs]e|labou?r|home|"
            r"public|health|education|security|women)",
            r"secretary for (?:justice|security|home)",
            r"secretari[oa] (?:de|del) (?:seguridad|defensa|la defensa|relaciones|justicia|marina|interior|"
            r"salud|trabajo)",
            r"\bministr\w+",
            r"\bsen[ea]tsverwaltung",
            r"home secretary",
            r"cabinet secretary",
            r"foreign secretary",
            r"attorney\b(?=.*minister)",
            r"\bminister(?:in)?\b",
            r"\w+minister(?:in)?\b",
            r"\bministre\b",
            r"garde des sceaux",
            r"\bministr[oa]\b",
            r"secretari[oa] de (?:estado|gobernaci[óo]n)",
            r"министр",
        ),
    ),
    (
        "collective-body",
        any_of(
            r"\bparliament\b",
            r"national assembly",
            r"\bcommittee\b",
            r"\bsenate\b",
            r"\bcongress\b",
            r"(?:human rights )?commission\b(?!er)",
            r"supreme council",
            r"\bjunta\b",
            r"\bcomisi[óo]n\b",
            r"\bkommission\b",
            r"комисси[яию]\b",
            r"\bконгресс",
            r"s[ée]nat\b",
            r"\bknesset\b",
            r"human rights council",
            r"\bboard\b",
            r"\bauss?chuss\b",
            r"parlament\b",
            r"assembl[ée]e nationale",
            r"comit[ée]\b",
            r"congreso\b",
            r"государственн\w+ дум",
            r"верховн\w+ рад",
        ),
    ),
    (
        "head-of-state",
        any_of(
            r"\bpresident\b(?! of (?:the )?[^,]*(?:court|parliament|assembly|committee))",
            r"head of state",
            r"\b(?:his|her) majesty\b",
            r"\bking of\b",
            r"\bqueen of\b",
            r"\bsultan\b",
            r"\bemir\b",
            r"supreme leader",
            r"religionsf[üu]hrer",
            r"guide (?:supr[êe]me|de la r[ée]volution)",
            r"l[íi]der supremo",
            r"верховн\w+ лидер",
            r"his royal highness",
            r"\bcrown prince\b",
            r"chief of state",
            r"jef[ea] (?:de|del) estado",
            r"chef de l.[ée]tat",
            r"глав[аеу] государства",
            r"\bthe presidency\b",
            r"leader of the islamic",
            r"(?:staats)?pr[äa]sident(?:in)?\b",
            r"staatsoberhaupt",
            r"k[öo]nig(?:in)?\b",
            r"pr[ée]sidente?\b",
            r"president[ea]\b",
            r"президент",
            r"\broi\b",
            r"\brey de\b",
            r"chairman of the (?:transitional|state administration|military) council",
        ),
    ),
    (
        "governor",
        any_of(
            r"\bgovernor\b",
            r"gouverneur",
            r"gobernador",
            r"губернатор",
            r"глав\w+ (?:республики|администрации)",
            r"head of the (?:chechen|republic)",
            r"\bwali\b",
            r"\bmayor of\b",
            r"^mayor\b(?! \w+ \w+)",
            r"b[üu]rgermeister",
            r"alcalde",
            r"\bmaire\b",
            r"vorsitzende\w* der (?:regional|provinz|gebiets|landes)\w*regierung",
            r"chair\w*(?: of)? (?:the )?[^,]*(?:regional|autonomous region|provincial)(?: people.s)? government",
            r"\bpr[ée]fet\b",
            r"intendente\b",
            r"\bаким\w*\b",
            r"хоким",
        ),
    ),
    (
        "member-of-parliament",
        any_of(
            r"member of parliament",
            r"\bM\.?P\.?\b",
            r"\bsenator\b",
            r"\bcongress(?:man|woman)\b",
            r"abgeordnete",
            r"d[ée]put[ée]e?\b",
            r"diputad[oa]",
            r"\bдепутат",
            r"сенатор",
            r"mitglied des (?:bundestages|parlaments|europ[äa]ischen)",
            r"s[ée]nat(?:eur|rice)\b",
            r"senador[a]?\b",
        ),
    ),
    (
        "commissioner",
        any_of(r"commissioner", r"kommissar", r"commissaire", r"comisionad[oa]", r"комиссар", r"high representative"),
    ),
)
#: Honorific -> whose: a man's, a woman's, or either's.
HONORIFICS: tuple[tuple[str, str], ...] = (
    (
        "man",
        r"(?:his excellency|his honou?r|his majesty|s(?:a|eine[r]?) majest(?:é|ät)|su majestad|cheikh|"
        r"scheich|padre|p[èe]re|mr\.?|sir|lord|herrn?|monsieur|mm?\.|se[ñn]or|sr\.?|"
        r"don|d\.(?= [A-Z])|excmo\.|ilmo\.|bapak|pak|encik|tuan|ustaz|ustadz|ustad|sayyid|pan|el se[ñn]or|gospodin|ato|"
        r"maulana|mawlawi|el[- ]hadj|alhaji|monsignore|mgr\.?|(?-i:U)(?= [A-Z])|sayyed|"
        r"его превосходительств[оу]|господин\w*|г-н\w?|seiner? exzellenz)",
    ),
    (
        "woman",
        r"(?:her excellency|her honou?r|her majesty|ms\.?|mrs\.?|miss|lady|dame|frau|madame|mme\.?|mlle\.?|"
        r"se[ñn]ora|sra\.?|srta\.?|do[ñn]a|d[ñn]?a\.(?= [A-Z])|ibu|puan|daw|pani|"
        r"woizero|weizero|la se[ñn]ora|profa\.|smt\.?|её превосходительств[оу]|mtra\.|excma\.|госпож[аеуи]|"
        r"г-ж[аеуи]|ihrer? exzellenz|dra\.|licda\.|"
        r"i\. ?e\.)",
    ),
    (
        "unknown",
        r"(?:h\. ?e\.?|s\. ?e\.?|(?:the )?(?:rt\.?|right) hon(?:ou?rable|\.)?|(?:the )?hon(?:ou?rable|"
        r"\.)?|excellency|excellence|son excellence|su excelencia|exz\.|dr\.?|prof\.?|professor|h\. ?h\.|"
        r"sheikh|hoj+at[- ]?ol[- ]?eslam|hujjat al-islam|(?:grand )?ayatollah|samdech|counsel(?:l)?or|amb\.|atty\.?|"
        r"advocate|adv\.|barrister|barr\.|engr\.?|eng\.|justice|me|ma[îi]tre|l.honorable|sayın|khun|datuk(?: seri)?|"
        r"dato['’]?(?: sri| seri)?|mullah|mwalimu|rabbi|mtro\.|arq\.|dip\.|sen\.|abog\.|magdo\.|"
        r"(?:vice|contra|contre-|konter|vize)?-?(?:almirante|amiral|admiral)|(?:capit[áa]n|mayor|"
        r"coronel) de \w+(?= [A-Z])|"
        r"capit[áa]n de nav[íi]o|cap\.|tte\.? ?cnel\.|tcnel\.|mayor(?= [A-Z])|"
        r"general de (?:divisi[óo]n|brigada|ej[ée]rcito)|"
        r"g[ée]n[ée]ral de (?:brigade|division|corps d.arm[ée]e)|(?:lieutenant-)?colonel(?:-major)?|"
        r"(?:pol(?:ice|\.)|brig(?:adier|\.)|lt(?:\.|-)?|senior|air|field|rear|vice)[- .]*(?:general|gen\.|"
        r"colonel|col\.|"
        r"major|maj\.|marshal|superintendent|admiral|commissioner(?= [A-Z]))|air chief marshal|"
        r"oberstleutnant|generaloberst|hauptmann|exzellenz|rechtsanw[äa]lt(?:in)?|"
        r"(?:государственный |старший )?советник юстиции|(?:генерал-\w+|(?:под)?полковник|майор) (?:юстиции|полиции|"
        r"внутренней службы|милиции)|судья(?= [А-Я]\w+ [А-Я])|профессор|адмирал|"
        r"(?:maj(?:or|\.)?|lt\.?|lieut(?:enant|\.)?|col(?:onel|\.)?|brig(?:adier|\.)?|vice|inspector)?[- .]*"
        r"(?:gen(?:eral|"
        r"\.)|col(?:onel|\.)|maj(?:or|\.)|capt(?:ain|\.)|lt\.|lieutenant|brigadier|admiral|adm\.|cmdr\.|"
        r"commander|sgt\.)|"
        r"g[ée]n[ée]ral|commandant|capitaine|lieutenant|oberst|generalmajor|generalleutnant|coronel|cnel\.|"
        r"gral\.|teniente|capit[áa]n|генерал(?:-\w+)?|(?:под)?полковник\w?|майор\w?|капитан\w?|ing\.|lic\.|licenciad[oa]|abg\.|mag\.|"
        r"dato.? sri|tan sri|shri|pastor|rev\.?|reverend|father|sister|bishop|imam|comrade|citizen)",
    ),
)
#: Honorifics that anybody is addressed by, and no name need follow.
CIVIL = (
    r"(?:mr|ms|mrs|herrn?|frau|monsieur|m|madame|mme|se[ñn]or|sr|se[ñn]ora|sra|г-н\w?|г-ж\w|господин\w*|госпож\w)\.?"
)
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
#: Titles that stand behind the name, in Chinese.
POSTNOMINAL = re.compile(
    r"\s+(?P<title>(?:Zhuxi|Fuzhuxi|Tingzhang|Futingzhang|Buzhang|Juzhang|Fujuzhang|Shengzhang|Shizhang|Shuji|Yuanzhang|"
    r"Jianchazhang|Weiyuanzhang|Zongli|Suozhang|Yuzhang|Jianyuzhang|Zhuren|Xianzhang))$"
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
