"""Pages of a PDF, and what they may cost: a few kilobytes can unpack to gigabytes, or draw one form a million times.

There is no clock in the limits, so that the same file stops at the same place on every machine.
"""

from __future__ import annotations

import contextlib
import io
import zlib
from typing import TYPE_CHECKING, Any

from pdfminer import pdftypes
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTPage
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import stream_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfminer.pdfpage import PDFPage

#: Bytes that all streams may unpack to, and bytes of page descriptions, each time that one is drawn.
MOST_UNPACKED = 100_000_000
MOST_DRAWN = 5_000_000
_MOST_GLYPHS = 200_000
_MOST_FIGURES = 5_000
#: Of one page. Every two boxes are compared.
_MOST_LINES = 3_000
_MOST_BOXES = 1_000
_RUN_LENGTH_MAKES = 64


class TooMuchError(Exception):
    """A PDF holds more than a document of a few pages does."""


class _Budget:
    """What is left of a limit."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, cost: int) -> None:
        """Take *cost* from it, or raise TooMuchError."""
        self.left -= cost
        if self.left < 0:
            raise TooMuchError


class _Decompressor:
    """Stands in for what `zlib.decompressobj` makes."""

    def __init__(self, budget: _Budget) -> None:
        self._inner = zlib.decompressobj()
        self._budget = budget

    def decompress(self, data: bytes) -> bytes:
        """Decompress *data* as far as the budget goes."""
        found = self._inner.decompress(data, self._budget.left + 1)
        self._budget.spend(len(found))
        return found


class _Zlib:
    """Stands in for the module `zlib`, as far as pdfminer asks for it."""

    error = zlib.error

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget

    def decompressobj(self) -> _Decompressor:
        """Return a decompressor within the budget."""
        return _Decompressor(self._budget)

    def decompress(self, data: bytes) -> bytes:
        """Decompress *data* whole, or raise `zlib.error`."""
        inner = zlib.decompressobj()
        found = inner.decompress(data, self._budget.left + 1)
        self._budget.spend(len(found))
        if not inner.eof:
            raise zlib.error
        return found


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """Let pdfminer unpack no more than `MOST_UNPACKED` while this lasts."""
    budget = _Budget(MOST_UNPACKED)

    def lzw(data: bytes) -> bytes:
        parts = []
        for part in LZWDecoder(io.BytesIO(data)).run():
            budget.spend(len(part))
            parts.append(part)
        return b"".join(parts)

    def run_length(data: bytes) -> bytes:
        budget.spend(len(data) * _RUN_LENGTH_MAKES)
        found: bytes = before["rldecode"](data)
        return found

    stand_ins: dict[str, Any] = {"zlib": _Zlib(budget), "lzwdecode": lzw, "rldecode": run_length}
    before = {name: getattr(pdftypes, name) for name in stand_ins}
    for name, stand_in in stand_ins.items():
        setattr(pdftypes, name, stand_in)
    try:
        yield
    finally:
        for name, was in before.items():
            setattr(pdftypes, name, was)


class _Page(LTPage):
    """A page whose parts are compared only where they are few enough."""

    def group_textlines(self, laparams: LAParams, lines: Any) -> Any:
        few = list(lines)
        _Budget(_MOST_LINES).spend(len(few))
        return super().group_textlines(laparams, few)

    def group_textboxes(self, laparams: LAParams, boxes: Any) -> Any:
        few = list(boxes)
        _Budget(_MOST_BOXES).spend(len(few))
        return super().group_textboxes(laparams, few)


class _Device(PDFPageAggregator):
    """Collects what is drawn, and counts it."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=LAParams())
        self._glyphs = _Budget(_MOST_GLYPHS)
        self._figures = _Budget(_MOST_FIGURES)

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self.cur_item = _Page(self.pageno, self.cur_item.bbox)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._figures.spend(1)
        super().begin_figure(name, bbox, matrix)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._glyphs.spend(1)
        width: float = super().render_char(*args, **kwargs)
        return width


class _Interpreter(PDFPageInterpreter):
    """Draws, and counts what it reads for that each time."""

    def render_contents(self, resources: Any, streams: Any, ctm: Any = (1, 0, 0, 1, 0, 0)) -> None:
        drawn: _Budget = self.device.__dict__.setdefault("drawn", _Budget(MOST_DRAWN))
        drawn.spend(sum(len(stream_value(stream).get_data()) for stream in streams))
        super().render_contents(resources, streams, ctm=ctm)


def layouts(pages: Iterator[PDFPage]) -> Iterator[LTPage]:
    """Yield each of *pages* as laid out; inside of `bounded`.

    Raises:
        TooMuchError: if there is more on them than a person would have put there.
    """
    manager = PDFResourceManager()
    device = _Device(manager)
    interpreter = _Interpreter(manager, device)
    for page in pages:
        interpreter.process_page(page)
        yield device.get_result()
