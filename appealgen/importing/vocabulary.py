"""The words by which appeals show what they say, in the languages in which they come: data, table after table."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE | re.UNICODE


def any_of(*patterns: str) -> re.Pattern[str]:
    """Return what matches any of *patterns*, without regard to case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), _FLAGS)


SALUTATION = any_of(
    r"(?:dear|honou?rable|your (?:excellency|excellencies|honou?r|majesty|highness)|excellenc(?:y|ies)|to whom)\b.*",
    r"(?:sehr geehrte[rns]?|exzellenz(?:en)?|eure exzellenz|hochverehrte)\b.*",
    r"(?:monsieur|madame|mesdames|messieurs|excellence|votre excellence|son excellence)\b.*",
    r"(?:estimad[oa]s?|excelent[íi]sim[oa]|excelencia|su excelencia|se[ñn]or(?:a|es|as)?|distinguid[oa]s?|"
    r"muy se[ñn]or)\b.*",
    r"(?:глубоко)?уважаем(?:ый|ая|ые)\b.*",
    r"ваше превосходительство.*",
    r"многоуважаем\w+.*",
    r"господин\b.*",
)
CLOSING = any_of(
    r"yours? (?:sincerely|faithfully|respectfully|truly)\b.*",
    r"(?:sincerely|respectfully|faithfully)(?: yours)?,?$",
    r"(?:kind|best|with(?: best| kind)?) regards.*",
    r"with respect,?$",
    r"mit (?:freundlichen|vorz[üu]glicher|hochachtungsvollen|respektvollen)\b.*",
    r"hochachtungsvoll.*",
    r"freundliche gr[üu](?:ß|ss)e.*",
    r"(?:je vous prie|veuillez|nous vous prions|dans l.attente|recevez|avec mes)\b.*(?:agr[ée]er|salutations?|"
    r"consid[ée]ration|respect|recevoir|croire).*",
    r"\W?with (?:deep|great|all due|much|kind) respect\b.*",
    r"(?:very )?(?:truly|cordially) yours.*",
    r"\W?mit (?:besten|herzlichen|h[öo]flichen) gr[üu](?:ß|ss)en.*",
    r"(?:avec (?:mes|nos) (?:respects|salutations)|salutations (?:respectueuses|distingu[ée]es)).*",
    r"(?:con (?:el debido |todo )?respeto|se despide)\b.*",
    r"с (?:глубоким |надеждой |искренним )?уважением.*",
    r"respectueusement,?$",
    r"cordialement,?$",
    r"(?:atentamente|respetuosamente|cordialmente|le saluda|un saludo|reciba|saludos)\b.*",
    r"с уважением.*",
    r"искренне ваш.*",
)
#: The sentence that asks; what stands before the group is the verb, after it what is asked.
ASKING = any_of(
    r"\b(?:i|we)(?: (?:therefore|also|further|hereby|respectfully|strongly|once again|urgently|thus|would like to|"
    r"am writing to|are writing to|write to))*,? (?:urge|call (?:on|upon)|ask|request|appeal to|implore|"
    r"beseech|demand of|beg(?: of)?|plead with|insist that|press)\b(?: you| your (?:government|office|"
    r"excellency)| the [^,.:]{3,60}?(?=to ))?",
    r"\b(?:would|could) you (?:please|kindly) (?:ensure|make sure|see to it)(?: that)?\b|"
    r"(?<=[:;,.] )please (?:ensure|make sure|see to it|guarantee)(?: that)?\b",
    r"\b(?:ich|wir) (?:bitte[n]?|fordere?n?|appelliere[n]?|dr[äa]nge[n]?|ersuche[n]?)\b|\b(?:bitte[n]?|"
    r"fordere?n?|appelliere[n]?|ersuche[n]?|dr[äa]nge[n]?) (?:ich|wir)\b|"
    r"\b(?:ich m[öo]chte|wir m[öo]chten|ich darf|wir d[üu]rfen|ich m[öo]chte|ich muss) sie "
    r"[^.:;,]{0,50}?(?:bitten|ersuchen|auffordern)\b",
    r"\b(?:je|nous)(?: vous| en appelle)? (?:demand(?:e|ons)|pri(?:e|ons)|engage(?:ons)?|appel(?:le|ons)|"
    r"exhort(?:e|ons)|invit(?:e|ons)|conjur(?:e|ons)|sollicit(?:e|ons))\b",
    r"\b(?:je me permets|nous nous permettons|je voudrais|je souhaite|je tiens [àa]) (?:donc |de )?vous "
    r"(?:demander|prier|exhorter)\b",
    r"\b(?:le|les|lo|la) (?:insto|instamos|pido|pedimos|solicito|solicitamos|exhorto|exhortamos|ruego|"
    r"rogamos)\b|\b(?:solicito|solicitamos|pido|pedimos) (?:a usted|que)\b|"
    r"\b(?:exhorto|exhortamos|insto|instamos|pido|pedimos|ruego|rogamos|solicito|solicitamos) (?:respetuosamente )?"
    r"(?:a (?:las?|los|su|usted)\b[^.:;]{0,60}?\b(?:que|a que|a)|que)\b",
    r"\b(?:прошу|просим|призываю|призываем|настоятельно прошу|обращаюсь к вам с просьбой)\b(?: вас)?",
    r"\b(?:требую|требуем|настаиваю|хочу попросить|хотел[аи]? бы попросить|вынужден[аы]? просить)\b(?: вас)?",
)
#: Old style: what to write about, each item a clause in -ing or its like.
CALLING = any_of(
    r"(?:calling (?:on|for)|urging|asking|demanding|expressing|requesting|insisting|reminding|appealing|"
    r"seeking|stating|welcoming|condemning|noting|pointing out|explaining|emphasi[sz]ing)\b.*",
    r"(?:demand(?:ez|er|ant)|exhort(?:ez|er|ant)|appel(?:ez|er|ant)|dites|faites|pri(?:ez)|insist(?:ez|er|ant)|soulign(?:ez|er|ant)|engag(?:ez|er|eant)|pri(?:ez|er|ant)|"
    r"exprim(?:ez|er|ant)|rappel(?:ez|er|ant))\b.*",
    r"(?:(?:in|mit|durch) .*)?(?:bitten sie|fordern sie|dringen sie|erinnern sie|dr[üu]cken sie).*",
    r"(?:pidiendo|inst(?:ando|[áa]ndol[eo]s?)|exigiendo|expresando|pid(?:an|e)|inst(?:en|e)|solicitando).*",
    r"(?:требу|призыва|прос)(?:йте|я|ите).*",
    r"(?:(?:по)?требуйте|призовите|(?:по)?просите|настаивайте|напомните|выразите|укажите|обратите)\b.*",
    r"(?:recordando|inst[áa]ndol\w+|expres[áa]ndol\w+|manifestando|subrayando|reclamando|haciendo)\b.*",
)
DIPLOMATIC = any_of(
    r"diplomatic (?:representative|mission)s?",
    r"(?:embassy|embassies|ambassador|diplomats?) (?:of .{0,40} )?(?:accredited to|in) your (?:own )?country",
    r"accredited to your country",
    r"embass(?:y|ies) (?:of .{0,40} )?in your (?:own )?country",
    r"ambassade.{0,40} dans votre pays",
    r"embajada.{0,40} en su pa[íi]s",
    r"(?:diplomatisch\w+ vertret|botschaft.{0,40}in ihrem land)\w*",
    r"repr[ée]sent(?:ants?|ations?) diplomatiques?",
    r"representa(?:ntes?|ci[óo]n|ciones) diplom[áa]tic[oa]s?",
    r"acreditad[oa]s? en su pa[íi]s",
    r"(?:ambassades?|embajadas?|embass(?:y|ies)|botschaft\w*)\b.{0,50}(?:vos pays|votre pays|su(?:s)? pa[íi]s|"
    r"your (?:own )?countr(?:y|ies)|ihrem land)",
    r"дипломатическ\w+ представител",
    r"посольств\w+ .{0,40}в вашей стране",
)
OUTCOME = any_of(
    r"no further action is (?:requested|required|needed)",
    r"no further appeals? (?:is|are) (?:requested|required|needed)",
    r"(?:this (?:is|was) )?(?:the )?outcome (?:of|to) (?:ua|urgent action)",
    r"urgent action outcome",
    r"no further (?:action|letters?|appeals?) (?:is|are|will be) (?:now )?(?:necessary|called for)",
    r"keine weiteren (?:appelle|aktionen|briefe)",
    r"aucune (?:action|d[ée]marche) (?:compl[ée]mentaire|suppl[ée]mentaire) n.est",
    r"no se requieren? (?:m[áa]s|nuevas) acci",
    r"no es necesari[oa] (?:ninguna )?(?:otra |m[áa]s )?acci",
    r"дальнейш\w+ действи\w+ не треб",
)
#: What heads the papers of a meeting, which speak of appeals and are none.
MEETING = any_of(
    r"^\W*(?:minutes(?: of|$)|agenda\b|present: |apologies: |protokoll de[rs]|tagesordnung|compte[- ]rendu|"
    r"proc[èe]s-verbal|ordre du jour|acta de (?:la|una)|orden del d[íi]a|протокол (?:заседания|встречи|собрания)|"
    r"повестка дня)",
)
#: What shows that a text is an appeal at all; two different ones are wanted.
SIGNS = any_of(
    r"urgent action",
    r"eilaktion",
    r"action urgente",
    r"acci[óo]n urgente",
    r"срочн\w+ (?:акци|действи|помощ)\w*",
    r"letter action",
    r"appell des monats",
    r"musterbrief",
    r"freizulassen",
    r"what you can do",
    r"copy our letter",
    r"modelo de carta",
    r"copie[nr]? (?:la )?carta",
    r"\bUA[: ]+\d+",
    r"\bAU[: ]+\d+",
    r"take action",
    r"write (?:to|an appeal)",
    r"send (?:your )?(?:appeals|letters)",
    r"please write",
    r"model letter",
    r"lettre[- ]type",
    r"appels?",
    r"llamamientos?",
    r"obращени",
    r"deadline",
    r"immediate release",
    r"prisoner of conscience",
    r"human rights defender",
    r"urge you",
    r"urging",
    r"calling (?:on|for)",
    r"we call (?:on|upon)",
    r"we ask",
    r"appeal",
    r"bitte schreiben",
    r"fordern sie",
    r"je vous (?:prie|demande)",
    r"libér",
    r"libertad",
    r"освобо",
    r"прошу",
    r"призыва",
    r"freilass",
    r"sincerely yours",
    r"yours sincerely",
)
PRONOUNS = (
    (
        "he",
        any_of(
            r"^\W*(?:m|h|male|homme|hombre|м|муж\w*|♂)\W*$",
            r"\bhe\b",
            r"\bhim\b",
            r"\bhis\b",
            r"\ber\b",
            r"\bihm\b",
            r"\bsein\b",
            r"\bil\b",
            r"\blui\b",
            r"\b[ée]l\b",
            r"\bон\b",
            r"\bего\b",
        ),
    ),
    (
        "she",
        any_of(
            r"^\W*(?:f|female|w|femme|mujer|ж|жен\w*|♀)\W*$",
            r"\bshe\b",
            r"\bher\b",
            r"\bhers\b",
            r"\bsie\b",
            r"\bihr\b",
            r"\belle\b",
            r"\bella\b",
            r"\bона\b",
            r"\bеё\b",
            r"\bее\b",
        ),
    ),
    (
        "they",
        any_of(
            r"\bthey\b",
            r"\bthem\b",
            r"\btheirs?\b",
            r"\biels?\b",
            r"\bils\b",
            r"\belles\b",
            r"\belles?\b(?=.*ils)",
            r"\bellos\b",
            r"\bellas\b",
            r"\bони\b",
            r"\bих\b",
            r"\bdey\b",
        ),
    ),
)
#: A text that stands where an address would, and is none.
PLACEHOLDER = any_of(
    r"\[e-?mail ?protected\]",
    r"\[[^\]]{2,60}\]",
    r"<[^>@]{2,40}>",
    r"x{3,}",
    r"_{3,}",
    r"\.{4,}",
    r".{0,20}…{2,}.*",
    r"\bn/?a\b",
    r"your (?:name|address|city|country)(?: here)?$",
    r"address to follow",
    r"name@domain",
)
MARK = re.compile(r"^(?:[-–—•‣▪●○◦*·»►➢✓]|o(?=\s{2})|\(?\d{1,2}[.)]|\(?[a-h]\)|\(?(?:i{1,3}|i?v|vi{1,3}|i?x)[.)])\s+")
#: Words by which the language of a text tells itself.
COMMON: dict[str, frozenset[str]] = {
    "en": frozenset(("the", "of", "and", "to", "is", "was", "his", "her", "that", "for")),
    "de": frozenset(("der", "die", "und", "das", "ist", "nicht", "mit", "von", "wurde", "zu")),
    "fr": frozenset(("le", "les", "des", "et", "est", "une", "dans", "pour", "que", "été")),
    "es": frozenset(("el", "los", "las", "del", "que", "por", "una", "con", "fue", "para")),
    "ru": frozenset(("и", "в", "на", "не", "что", "его", "был", "по", "за", "с")),
}
#: A sentence that tells readers to write.
DIRECTING = any_of(
    r"\bplease (?:write|send|ask|urge|call|copy)\b",
    r"\bbitte (?:schreib|send|forder)\w*",
    r"\b(?:veuillez|merci d.|prière d.)\s?[ée]cri\w+",
    r"\b(?:por favor|rogamos),? (?:envíen|escriban)\b",
    r"\b(?:пишите|напишите|отправляйте|просим отправ\w+)\b",
)
