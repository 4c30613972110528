"""Word: a package made once for a language and paper; a letter is then one part written into it.

Where a letter has the address below the sender, it stands where a DIN 5008 form B envelope shows it; for another
window it is a frame with its place on the page. Nothing in the file says who made it, when, or with what.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from appealgen.archive import archive, joined, segment
from appealgen.rendering.docx.gloss import beside
from appealgen.rendering.docx.parts import (
    HEAD,
    HEAD_WITH_RELATIONS,
    SIGNATURE,
    Writer,
    foot,
    in_window,
    middle_content,
    part_lines,
    placed_parts,
    shared_members,
)
from appealgen.rendering.extents import room_below_body_pt
from appealgen.rendering.measures import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.letter import Block, Joint, Letter

# Room below a body that close and heading may fill with no name below them: where less is left, the heading does not
# stand there; where more is, names stand below it.
_CROWDED_PT = (20, 90)


def render(letter: Letter) -> bytes:
    """Return *letter* as the bytes of a DOCX package."""
    write = Writer(letter.direction == "rtl", letter.layout, letter.page)
    gloss = letter.gloss
    if letter.joint is not None:
        return _joint(letter, letter.joint, write)
    shared = shared_members(
        letter.language, letter.direction, letter.page, letter.subject, letter.layout, gloss is not None
    )
    opening = (HEAD + "".join(_opening(letter, write))).encode()
    middle, middle_segment = _middle(letter.subject_line, letter.salutation, letter.body, write)
    copy = beside(gloss, letter.language, write) if gloss else ""
    ending = ("".join(foot(letter, write)) + f"{copy}{shared.section}</w:body></w:document>").encode()
    segments = (segment(opening), middle_segment, segment(ending, last=True))
    document = joined("word/document.xml", (opening, middle, ending), segments)
    return archive([document], shared.before, shared.directory, shared.count)


def _joint(letter: Letter, joint: Joint, write: Writer) -> bytes:
    """Return a letter with its signatories, in columns, and a title and number above its pages but the first."""
    from appealgen.rendering.docx.signatories import Running, Sections, is_of_sender, lists, on_new_page

    gloss = letter.gloss
    running = Running(joint.running_title, joint.page, to_bookmark=gloss is not None)
    shared = shared_members(
        letter.language, letter.direction, letter.page, letter.subject, letter.layout, bool(gloss), running
    )
    sections = Sections(shared.section)
    sections.add(_opening(letter, write))
    middle, _ = _middle(letter.subject_line, letter.salutation, letter.body, write)
    sections.add([middle.decode()])
    # The close goes with the heading below it; from there, a break takes both along.
    apart = (
        not joint.annex
        and columns(joint.lists[0]) > 1
        and _CROWDED_PT[0] <= room_below_body_pt(letter) <= _CROWDED_PT[1]
    )
    parts = list(foot(letter, write))
    for number, part in enumerate(parts):
        if part is SIGNATURE:
            if joint.annex:
                sections.add([write.paragraph("AnnexSentence", joint.annex_sentence)])
            else:
                lists(joint, write.paragraph, sections)
        else:
            sections.add([on_new_page(part) if apart and not number else part])
        if is_of_sender(part) and is_of_sender("".join(parts[number + 1 : number + 2])):
            sections.keep_last()
    if joint.annex:
        sections.add([write.paragraph("AnnexHeading", joint.annex)])
        lists(joint, write.paragraph, sections)
    copy = beside(gloss, letter.language, write) if gloss else ""
    content = (HEAD_WITH_RELATIONS + sections.closed(copy) + "</w:body></w:document>").encode()
    document = joined("word/document.xml", [content], [segment(content, last=True)])
    return archive([document], shared.before, shared.directory, shared.count)


def _opening(letter: Letter, write: Writer) -> Iterator[str]:
    """Yield sender, inside address and date, each where it belongs on the page."""
    if letter.window is not None:
        yield in_window(letter.inside_address, letter.window, write)
    for part in placed_parts(letter):
        # What is the same for many letters is written once.
        yield (part_lines if part.style == "Sender" else _lines_kept)(*part, write)


_lines_kept = lru_cache(maxsize=256)(part_lines)


@lru_cache(maxsize=256)
def _middle(subject: str, salutation: str, body: tuple[Block, ...], write: Writer) -> tuple[bytes, bytes]:
    """Return what most letters of a batch share, from subject to body, as it is and compressed."""
    content = middle_content(subject, salutation, body, write)
    return content, segment(content, level=9)
