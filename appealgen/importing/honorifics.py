"""Honorifics of those who hold offices, in the languages in which appeals come: data."""

from __future__ import annotations

import re

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
#: Titles that stand behind the name, in Chinese.
POSTNOMINAL = re.compile(
    r"\s+(?P<title>(?:Zhuxi|Fuzhuxi|Tingzhang|Futingzhang|Buzhang|Juzhang|Fujuzhang|Shengzhang|Shizhang|Shuji|Yuanzhang|"
    r"Jianchazhang|Weiyuanzhang|Zongli|Suozhang|Yuzhang|Jianyuzhang|Zhuren|Xianzhang))$"
)
