"""A letter to paste into a mail program: its parts as what they are, and nothing that a mail program takes out.

No script, no style sheet, nothing from elsewhere; the little that is set stands with the element that it is for.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from appealgen.letter import Bullets
from appealgen.rendering.direction import has_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.letter import Gloss, Joint, Letter

_LINE = "_" * 40
# Browsers slant an address, which letters do not.
_UPRIGHT = ' style="font-style: normal"'
_BARE = ' style="list-style: none; padding: 0"'
_CELL = ' style="text-align: start; vertical-align: top; padding: 0 1em 0.5em 0"'


def render(letter: Letter) -> str:
    """Return *letter* as a page of HTML."""
    # Whole lines that run against the letter say so: a program that goes by the first letter guesses wrong.
    direction = letter.direction
    top = {
        "sender": _address(letter.sender_at_top, direction),
        "address": _address(letter.inside_address, direction),
        "date": _paragraph(letter.date, direction),
    }
    parts = [top[part] for part in letter.layout.top if top[part]]
    parts.append(_heading(letter.subject_line, direction, 1))
    parts.append(_paragraph(letter.salutation, direction))
    for block in letter.body:
        if isinstance(block, Bullets):
            items = (f"<li{_dir(item, direction)}>{escape(item)}</li>" for item in block.items)
            parts.append("\n".join(["<ul>", *items, "</ul>"]))
        else:
            parts.append(_paragraph(block.text, direction))
    parts += _foot(letter)
    if letter.joint is not None and letter.joint.annex:
        parts += ["<hr>", _heading(letter.joint.annex, direction, 2), *_signed(letter.joint, direction)]
    if letter.gloss is not None:
        parts += ["<hr>", *_beside(letter.gloss, letter.language)]
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(letter.language)}" dir="{direction}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(letter.subject)}</title></head>",
        "<body><main>",
    ]
    return "\n".join([*head, *parts, "</main></body>", "</html>", ""])


def _dir(text: str, around: str) -> str:
    """Return the attribute of *text* that has no letter of the direction *around* it."""
    return ' dir="ltr"' if around == "rtl" and not has_right_to_left(text) else ""


def _line(text: str, around: str) -> str:
    """Return one line of several."""
    run = _dir(text, around)
    return f"<bdi{run}>{escape(text)}</bdi>" if run else escape(text)


def _paragraph(text: str, direction: str) -> str:
    return f"<p{_dir(text, direction)}>{escape(text)}</p>"


def _lines(lines: Iterable[str], direction: str) -> str:
    return "<br>\n".join(_line(line, direction) for line in lines)


def _address(lines: tuple[str, ...], direction: str) -> str:
    """Return the lines of an address in a paragraph of its own: pasted, an address element alone has no space."""
    return f"<address{_UPRIGHT}><p>{_lines(lines, direction)}</p></address>" if lines else ""


def _foot(letter: Letter) -> Iterator[str]:
    """Yield what stands below the body: close, signature or lines to sign on, copies and enclosures."""
    labels, direction = letter.labels, letter.direction
    for part in letter.layout.foot:
        if part == "close":
            yield _paragraph(letter.close, direction)
        elif part == "date":
            yield _paragraph(letter.date, direction)
        elif part == "signature" and letter.joint is not None:
            joint = letter.joint
            yield from [_paragraph(joint.annex_sentence, direction)] if joint.annex else _signed(joint, direction)
        elif part == "signature":
            if letter.signatory is None:
                asked = (labels.signature, labels.name, labels.address)
                # Forty characters that nobody wants to hear.
                line = f'<span aria-hidden="true">{_LINE}</span>'
                yield from (f"<p>{escape(label)} {line}</p>" for label in asked)
            else:
                yield _paragraph(letter.signatory, direction)
        elif letter.sender_at_foot:
            yield _address(letter.sender_at_foot, direction)
    for label, lines in ((labels.copy_to, letter.copies), (labels.enclosure, letter.enclosures)):
        yield from (_paragraph(f"{label} {line}", direction) for line in lines)


def _heading(text: str, direction: str, level: int) -> str:
    """Return a heading that is one to a screen reader: mail programs give elements of headings a look of their own."""
    return f"<p{_is_heading(level)}{_dir(text, direction)}><strong>{escape(text)}</strong></p>"


def _is_heading(level: int) -> str:
    return f' role="heading" aria-level="{level}"'


def _signed(joint: Joint, direction: str) -> Iterator[str]:
    """Yield who has signed a joint letter as lists below their headings."""
    for signed in joint.lists:
        yield _heading(signed.heading, direction, 2)
        items = (f"<li{_dir(one, direction)}>{escape(one)}</li>" for one in signed.entries)
        # VoiceOver takes a list without marks for none, unless it is said.
        yield "\n".join([f'<ul role="list"{_BARE}>', *items, "</ul>"])


def _beside(gloss: Gloss, language: str) -> Iterator[str]:
    """Yield the table of the letter's paragraphs beside their translation, each in its language and direction."""
    attributes = f'lang="{escape(gloss.language)}" dir="{gloss.direction}"'
    yield f"<p{_is_heading(1)} {attributes}><strong>{escape(gloss.heading)}</strong></p>"
    yield "<table>"
    if any(gloss.names):
        heads = zip(gloss.names, (language, gloss.language), strict=True)
        yield f"<tr>{''.join(_cell(name, tag, 'th') for name, tag in heads)}</tr>"
    for pair in gloss.pairs:
        first = "\N{EN DASH}\N{NO-BREAK SPACE}" if pair.bullet else ""
        sides = ((pair.original, language), (pair.translation, gloss.language))
        yield f"<tr>{''.join(_cell(first + text, tag) for text, tag in sides)}</tr>"
    yield "</table>"


def _cell(text: str, language: str, tag: str = "td") -> str:
    direction = "rtl" if has_right_to_left(text) else "ltr"
    attributes = f'lang="{escape(language)}" dir="{direction}"{_CELL}'
    lines = _lines(text.split("\n"), direction)
    scope = ' scope="col"' if tag == "th" else ""
    return f"<{tag}{scope} {attributes}>{lines}</{tag}>"
