"""What letters share that differ in little but who signs them: it is written once."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from appealgen.rendering.docx.parts import Part, Writer, height_mm, in_window, middle_content, part_lines, placed_parts
from appealgen.rendering.docx.variants import Variant
from appealgen.rendering.measures import ADDRESS_WIDTH_MM, SENDER_WIDTH_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.letter import Layout, Letter

# Letters to so many targets, in so many languages, are told apart at once; what was met longest ago is forgotten.
_REMEMBERED = 16
_middle_kept = lru_cache(maxsize=64)(middle_content)


class Form:
    """Letters of one kind that have the same words but for sender and date, which may have the sender's town."""

    def __init__(self, letter: Letter, variant: Variant, write: Writer) -> None:
        self.variant = variant
        self.write = write
        #: From the subject to the end of the body.
        self.middle = _middle_kept(letter.subject_line, letter.salutation, letter.body, write)
        self._openings: dict[tuple[float, ...], list[Part | str]] = {}

    def opening(self, letter: Letter) -> tuple[str, str, str]:
        """Return what stands above the sender, the sender, and what stands between it and the subject.

        A letter without a sender at its top has all of it in the first.
        """
        sender, date = letter.sender_at_top, (letter.date,)
        # How high these are moves what stands below. Beside a window lines are counted, elsewhere measured.
        heights = (len(sender), height_mm(sender, SENDER_WIDTH_MM), height_mm(date, ADDRESS_WIDTH_MM))
        parts = self._openings.get(heights)
        if parts is None:
            parts = self._openings[heights] = list(self._parts(letter))
        written = ["", "", ""]
        at = 0
        for part in parts:
            if isinstance(part, str):
                written[at] += part
            elif part.style == "Sender":
                written[1] = part_lines(part.style, sender, part.gap, part.after, part.inset, self.write)
                at = 2
            else:
                written[at] += part_lines(part.style, date, part.gap, part.after, part.inset, self.write)
        above, own, below = written
        return above, own, below

    def _parts(self, letter: Letter) -> Iterator[Part | str]:
        """Yield what is the same in all letters as it is written, and the places of sender and date."""
        if letter.window is not None:
            yield in_window(letter.inside_address, letter.window, self.write)
        for part in placed_parts(letter):
            yield part if part.style in ("Sender", "Date") else part_lines(*part, self.write)


class Forms:
    """The forms met of late, and all the kinds of letters, each with a set of styles in the document."""

    def __init__(self) -> None:
        self.variants: list[Variant] = []
        self._kinds: dict[tuple[str, str, str, Layout], tuple[Variant, Writer]] = {}
        self._forms: deque[tuple[tuple[Any, ...], Form]] = deque(maxlen=_REMEMBERED)

    def of(self, letter: Letter) -> Form:
        """Return the form of *letter*."""
        # Most are the very same objects, which are compared sooner than hashed.
        shared = (
            letter.language, letter.direction, letter.page, letter.layout, letter.labels, letter.inside_address,
            letter.subject, letter.salutation, letter.body, letter.window, letter.gloss is None,
        )  # fmt: skip
        for known, form in self._forms:
            if known == shared:
                return form
        form = Form(letter, *self._kind(letter))
        self._forms.appendleft((shared, form))
        return form

    def _kind(self, letter: Letter) -> tuple[Variant, Writer]:
        key = (letter.language, letter.direction, letter.page, letter.layout)
        found = self._kinds.get(key)
        if found is None:
            variant = Variant(*key, suffix=str(len(self.variants) + 1) if self.variants else "")
            self.variants.append(variant)
            writer = Writer(letter.direction == "rtl", letter.layout, letter.page, variant.suffix)
            found = self._kinds[key] = (variant, writer)
        if letter.gloss is not None:
            found[0].gloss = True
        return found
