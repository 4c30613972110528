"""Languages: ``language.yaml``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from appealgen import catalogue
from appealgen.catalogue import N_, _
from appealgen.errors import InputError
from appealgen.letter import PARTS, Layout
from appealgen.loading.shapes import COUNTRY_CODE, NO_COUNTRY_CODE, load
from appealgen.loading.signatories import JOINT, joint_words
from appealgen.model import GENDERS, ROLES, TONES, ByTone, FormOfAddress, Language, Mistake, Region, RoleForms
from appealgen.schema import Choice, Either, Expression, Line, ListOf, MapOf, Reader, Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BY_TONE = Either(Line(), Record({"default": Line()}, dict.fromkeys(TONES, Line())))
_FORM_OF_ADDRESS = Record({"address": ListOf(Line(), empty=False), "salutation": _BY_TONE}, {"close": _BY_TONE})
LABELS = ("copy_to", "enclosure", "name", "address", "signature", "care_of", "gloss")
_LOCALE = Line(r"[a-z]{2,3}(_[A-Za-z]+)*", N_('"{text}" is not a locale, such as en_GB'))
_PLACES = ListOf(Choice(PARTS))
_LAYOUT = Record({"top": _PLACES, "foot": _PLACES}, {"far_side": _PLACES})
_REGION = Record(
    {},
    {
        "locale": _LOCALE,
        "date_format": Line(),
        "salutation_end": Line(),
        "first_letter": Choice(("capital",)),
        "replace": MapOf(Line(), r".+", N_('"{text}" is not a text to be replaced')),
        "layout": _LAYOUT,
    },
)
LANGUAGE = Record(
    {
        "name": Line(),
        "locale": _LOCALE,
        "direction": Choice(("ltr", "rtl")),
        "reviewed": Line(),
        "date_format": Line(),
        "layout": _LAYOUT,
        "labels": Record(dict.fromkeys(LABELS, Line()), {"subject": Line(), "sender": Line()}),
        "closings": Record({tone: Line() for tone in TONES}),
        "forms_of_address": MapOf(
            Record({"source": Line(), **dict.fromkeys(GENDERS, _FORM_OF_ADDRESS)}, {"reviewed": Line()}), keys=ROLES
        ),
    },
    {
        "date_line": Record({"with_town": Line(), "without_town": Line()}),
        "first_of_month": Line(),
        "regions": MapOf(_REGION, COUNTRY_CODE, NO_COUNTRY_CODE),
        "shows_gender": ListOf(Expression()),
        "typography": ListOf(Record({"wrong": Expression(), "instead": Line()})),
        "joint": JOINT,
    },
)
_PLACEHOLDER = re.compile(r"\{(?:(?:office|holder)(?:\.[a-z_]+)?|[^{}|]*\|[^{}|]*)\}")


def load_language(
    language_id: str, path: Path, source: str, offices: Mapping[str, Mapping[str, str]] | None = None
) -> Language:
    """Load ``language.yaml``; *offices* are what the files ``offices.yaml`` beside it say.

    Raises:
        InputError: with every problem of the file.
    """
    fields, reader = load(path, source, LANGUAGE)
    reviewed = fields["reviewed"]
    forms = {
        role: RoleForms(
            entry["source"], entry.get("reviewed", reviewed), {gender: _form(entry[gender]) for gender in GENDERS}
        )
        for role, entry in fields.pop("forms_of_address").items()
    }
    for role, role_forms in forms.items():
        for gender, form in role_forms.by_gender.items():
            _check_form(form, f"forms_of_address.{role}.{gender}", reader, known=gender != "unknown")
    locales = {"locale": fields["locale"]}
    locales |= {
        f"regions.{code}.locale": one.get("locale", language_id) for code, one in fields.get("regions", {}).items()
    }
    for key, locale in locales.items():
        if locale.partition("_")[0] != language_id:
            hint = _("the folder is called {name}: write a locale of that language", name=language_id)
            reader.problem_at(key, _("{locale} is another language", locale=locale), hint)
            break
    for tone, close in fields["closings"].items():
        _check_text(close, f"closings.{tone}", reader, ("{salutation}",))
    line = fields.pop("date_line", {"with_town": "{date}", "without_town": "{date}"})
    for key, text in line.items():
        if text.count("{date}") != 1 or (key == "without_town" and "{town}" in text):
            hint = _("write {date} once, and {town} only in with_town")
            reader.problem_at(f"date_line.{key}", _("does not say where the date stands"), hint)
    fields["layout"] = _layout(fields["layout"], "layout", reader)
    fields["regions"] = {
        country: _region(region, country, reader) for country, region in fields.get("regions", {}).items()
    }
    fields["typography"] = tuple(Mistake(**mistake) for mistake in fields.get("typography", ()))
    if "joint" in fields:
        fields["joint"] = joint_words(fields["joint"], reader)
    if reader.problems:
        raise InputError(reader.problems)
    return Language(
        id=language_id,
        source=source,
        forms_of_address=forms,
        offices=offices or {},
        date_line=(line["with_town"], line["without_town"]),
        **fields,
    )


def _form(fields: dict[str, Any]) -> FormOfAddress:
    close = fields.get("close")
    return FormOfAddress(fields["address"], _by_tone(fields["salutation"]), None if close is None else _by_tone(close))


def _by_tone(value: str | dict[str, str]) -> ByTone:
    return ByTone(value) if isinstance(value, str) else ByTone(value["default"], value)


def _check_form(form: FormOfAddress, place: str, reader: Reader, *, known: bool) -> None:
    texts: list[tuple[str, str, tuple[str, ...]]] = []
    texts += [(f"{place}.address.{number}", line, ()) for number, line in enumerate(form.address, 1)]
    texts += [(f"{place}.salutation", text, ()) for text in _texts(form.salutation)]
    if form.close:
        texts += [(f"{place}.close", text, ("{salutation}",)) for text in _texts(form.close)]
    for key, text, more in texts:
        _check_text(text, key, reader, more)
        if not known and "{holder" in text:
            reader.problem_at(key, _("names a holder who is not known"), _("take {holder} out"))


def _texts(value: ByTone) -> dict[str, None]:
    return dict.fromkeys((value.default, *value.by_tone.values()))


def _check_text(text: str, key: str, reader: Reader, more: tuple[str, ...]) -> None:
    rest = _PLACEHOLDER.sub("", text)
    for placeholder in more:
        rest = rest.replace(placeholder, "")
    if "{" in rest or "}" in rest:
        known = catalogue.listed(("{office}", "{holder}", "{one|many}", *more))
        hint = _("use {placeholders}", placeholders=known)
        reader.problem_at(key, _("has a placeholder that is not known"), hint)


def _layout(fields: Mapping[str, tuple[str, ...]], key: str, reader: Reader) -> Layout:
    placed = [*fields["top"], *fields["foot"]]
    if sorted(placed) != sorted(PARTS):
        hint = _("{parts} stand in top or foot, each once", parts=catalogue.listed(PARTS))
        reader.problem_at(key, _("does not place each part once"), hint)
    elif "address" in fields["foot"] or not {"close", "signature"} <= set(fields["foot"]):
        hint = _("address is in top, close and signature in foot")
        reader.problem_at(key, _("has a part where it cannot be"), hint)
    return Layout(fields["top"], fields["foot"], frozenset(fields.get("far_side", ())))


def _region(fields: dict[str, Any], country: str, reader: Reader) -> Region:
    if "layout" in fields:
        fields["layout"] = _layout(fields["layout"], f"regions.{country}.layout", reader)
    capital = fields.pop("first_letter", None) == "capital"
    return Region(capital=capital, **fields)
