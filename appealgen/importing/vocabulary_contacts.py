"""The labels of ways to reach an office, in the languages in which appeals come: data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.importing.vocabulary import any_of

if TYPE_CHECKING:
    import re

CONTACTS: dict[str, re.Pattern[str]] = {
    "both": any_of(
        r"(?:tele(?:fon|phone)|t[ée]l(?:[ée]phone|[ée]fono)?|phone|тел)\.?\s*(?:[/&+]|and|und|et|y)\s*(?:tele)?(?:fax|"
        r"факс)"
    ),
    "other": any_of(
        r"tele(?:gram|x)m?e?s?",
        r"t[ée]lex",
        r"t[ée]l[ée]grammes?",
        r"telegramas?",
        r"cables?",
        r"телеграммы?",
        r"телекс",
    ),
    "fax": any_of(r"(?:tele)?fax(?:es|nummer)?(?: (?:no|number|n[°º])\.?)?", r"t[ée]l[ée]copie(?:ur)?", r"факс"),
    "phone": any_of(
        r"(?:tele)?phones?(?: (?:no|number)\.?)?",
        r"tel(?:efon(?:nummer)?|ephone|[ée]fono|\.)?",
        r"t[ée]l(?:[ée]phone|\.)?",
        r"mobile",
        r"телефоны?",
        r"тел\.?",
    ),
    "email": any_of(
        r"e-?mails?(?: address(?:es)?)?",
        r"e-?mail-?adresse",
        r"courriels?",
        r"m[ée]l",
        r"adresse [ée]lectronique",
        r"correos?(?:-e| ?e)?(?: electr[óo]nicos?)?",
        r"электронная почта",
        r"эл\.? ?(?:почта|адрес)",
        r"эл(?:ектронный)? адрес",
        r"почта",
    ),
    "web_form": any_of(
        r"(?:online|web|contact|internet)[- ]?form(?:ular)?",
        r"web ?site",
        r"website",
        r"kontaktformular",
        r"formulaire(?: en ligne| de contact)?",
        r"formulario(?: en l[íi]nea| web| de contacto)?",
        r"site(?: internet| web)?",
        r"сайт",
        r"интернет-приёмная",
        r"web",
    ),
    "social": any_of(
        r"twitter",
        r"x(?= ?[:(@])",
        r"facebook",
        r"фейсбук",
        r"твиттер",
        r"вконтакте",
        r"инстаграм",
        r"instagram",
        r"telegram",
        r"social media",
        r"x/twitter",
        r"twitter/x",
        r"@\w{3,}",
    ),
    "salutation": any_of(
        r"salutations?",
        r"(?:please )?address (?:him|her|them) as",
        r"(?:korrekte )?anrede",
        r"formule (?:d.appel|de politesse)",
        r"titre d.appel",
        r"appel",
        r"tratamiento",
        r"saludo",
        r"обращение",
        r"form of address",
    ),
    "cc": any_of(r"c\.?c\.?", r"copy(?: to)?", r"kopie(?: an)?", r"copie(?: [àa])?", r"copia(?: a)?", r"копия"),
}
