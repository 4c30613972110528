"""``appealgen preview``."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen.catalogue import _, _n
from appealgen.cli import options
from appealgen.rendering import PAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.cli.single import Request, Single
    from appealgen.selection import Note

_WIDEST = 80
_HERE = "."


@click.command("preview", short_help="Show a letter, and whether it fits one page.")
@options.what_options
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(PAGED)),
    default="pdf",
    show_default=True,
    help="Whose pages: pdf, as it is printed, or docx, as Word breaks it, which is a guess.",
)
@options.signing_options
@options.window_option
@options.fit_option
@options.without("attach", "wrap")
@options.how_options
@click.option(
    "--png",
    metavar="PATH",
    is_flag=False,
    flag_value=_HERE,
    help="Write the pages as pictures, into a folder or as a file, in place of the text. [without PATH: here]",
)
@click.option("--open", "to_open", is_flag=True, help="Open the letter with the system's program for PDF (or Word).")
@click.option("--force", is_flag=True, help="Replace other pictures of the same name.")
@options.json_option
@options.group_option
@options.quiet_option
def command(
    *,
    form: str,
    fit: str | None,
    window: str | None,
    png: str | None,
    to_open: bool,
    force: bool,
    as_json: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Show the letter as text, a rule where a page ends on paper, and what to mind. It writes no letter.

    Lines break otherwise on paper: within a paragraph the rule stands about where the page ends. Pages are counted as
    typst sets them; where it is not installed they are a guess.

    \b
    Examples:
      appealgen preview --case mustafayev --target prosecutor
      appealgen preview --case mustafayev --target prosecutor --language ru --png
    """
    from appealgen.cli import single, viewing
    from appealgen.selection import listed

    viewing.take_away_old()
    if png is not None and to_open:
        raise click.UsageError(_("--png and --open are two ways to look: leave one of them out"))
    request = single.read_request(**asked)
    place = _png_place(png, len(request.targets))
    shown_in = options.find_window(request.library, window, form)
    letters = list(single.compose_each(request, form, fit=fit is not None, paged=True, window=shown_in))
    notes = listed(
        [
            *single.notes_of(request, letters),
            *(note for one in letters for note in _extent_notes(one, form)),
        ]
    )
    files = _draw(request, letters, place, force=force) if place else []
    opened = [_open(request, one) for one in letters] if to_open else []
    notes += [
        _("{folder}: the letter stays here until you delete it, or run `appealgen preview` a day from now or later",
          folder=path.parent)
        for path in opened
    ]  # fmt: skip
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    texts = [_text(one, width) for one in letters]
    if as_json:
        told = [_told(request, one, text) for one, text in zip(letters, texts, strict=True)]
        paths = [str(path) for path in (*files, *opened)]
        click.echo(json.dumps({"letters": told, "files": paths, "warnings": notes}, ensure_ascii=False, indent=2))
        return
    if place or to_open:
        for path in (*files, *opened):
            click.echo(str(path))
    else:
        for number, (one, text) in enumerate(zip(letters, texts, strict=True)):
            # Short, and it says what follows, for who hears it.
            click.echo(f"\n==== {one.to.name} ====\n\n{text}" if number else text, nl=False)
    sys.stdout.flush()
    options.say_notes(notes, quiet=quiet)


def _text(one: Single, width: int) -> str:
    from appealgen.rendering import on_screen

    assert one.fitted is not None
    return on_screen(one.letter, one.fitted.extent, width)


def _extent_notes(one: Single, form: str) -> Iterator[Note]:
    """Yield how many pages the letter takes, or how much room is left on one, and whether Word has it otherwise."""
    from appealgen.fitting import lines
    from appealgen.rendering import extent
    from appealgen.selection import Note

    assert one.fitted is not None
    found = one.fitted.extent
    if found.pages > 1:
        yield Note(_n("the letter takes {count} page", "the letter takes {count} pages", found.pages), one.to.name)
    else:
        room = max(0, int(found.room + 0.01))
        text = (
            _("one page, which is full")
            if not room
            else _n("one page, with room for {count} more line", "one page, with room for {count} more lines", room)
            if found.exact
            else _n(
                "one page, with room for about {count} more line",
                "one page, with room for about {count} more lines",
                room,
            )
        )
        yield Note(text, one.to.name)
    word = extent(one.letter, "docx")
    if form == "pdf" and word.pages != found.pages:
        text = (
            _("as docx, whose face has other widths, it would fit one page")
            if word.pages == 1
            else _(
                "as docx, whose face has other widths, it would run over one page by {lines}",
                lines=lines(word),
            )
        )
        yield Note(text, one.to.name)


def _told(request: Request, one: Single, text: str) -> dict[str, Any]:
    assert one.fitted is not None
    extent = one.fitted.extent
    return {
        "case": request.case.id,
        "target": one.to.name,
        "tone": request.tone,
        "language": request.language,
        "pages": extent.pages,
        "lines_over": extent.over,
        "exact": extent.exact,
        "left_out": list(one.fitted.dropped),
        "text": text,
    }


def _png_place(png: str | None, letters: int) -> Path | None:
    if png is None:
        return None
    path = Path(png)
    if path.suffix.lower() == ".png" and not path.is_dir():
        if letters > 1:
            raise click.UsageError(_("--png: several letters do not go into one: name a folder"))
        return path
    if path.suffix and not (path.is_dir() or path.is_file() or png.endswith(("/", "\\"))):
        raise click.UsageError(
            _("--png: {path} ends in {suffix}, and the pictures are PNG: name a file ending in .png, or a folder, "
              "ending in /", path=png, suffix=path.suffix)
        )  # fmt: skip
    if path.is_file():
        raise click.UsageError(
            _("--png: {path} is a file that is no picture: name a folder, or a file ending in .png", path=png)
        )
    return path


def _draw(request: Request, letters: list[Single], place: Path, *, force: bool) -> list[Path]:
    """Write the pages of all letters as pictures, and return where they are."""
    from appealgen.output import File, file_name, write
    from appealgen.rendering import pictures

    files = []
    for one in letters:
        language = one.letter.language.partition("-")[0]
        name = (
            place
            if place.suffix.lower() == ".png"
            else place / file_name(request.case.id, one.to.name, language, "png")
        )
        pages = pictures(one.letter)
        alone = name == place and len(pages) == 1
        files += [
            File(name if alone else name.with_name(f"{name.stem}-{number}.png"), page)
            for number, page in enumerate(pages, 1)
        ]
    write(files, force=force, option="--png FOLDER")
    return [file.path for file in files]


def _open(request: Request, one: Single) -> Path:
    """Open the letter with the system's program for it, from a private folder, and return where it is.

    Raises:
        OutputError: if there is no such program.
    """
    from appealgen.cli import viewing
    from appealgen.errors import OutputError, UsageError
    from appealgen.output import File, file_name, write
    from appealgen.rendering import render

    form = "pdf"
    try:
        content = render(one.letter, form)
    except UsageError:
        form = "docx"
        content = render(one.letter, form)
    path = viewing.new_folder() / file_name(request.case.id, one.to.name, one.letter.language.partition("-")[0], form)
    write([File(path, content)])
    if click.launch(str(path)):
        raise OutputError(_("--open: no program here opens files: the letter is in {path}", path=path))
    return path
