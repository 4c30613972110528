"""``appealgen purge``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appealgen.catalogue import N_, _, _n
from appealgen.cli import hearing, options

if TYPE_CHECKING:
    from appealgen.purging import Holding

_SHOWN = 20
_CANNOT = N_(
    "not reached: copies, backups and synchronised folders, drafts in a mail program, what was printed or sent, "
    "a file of --problems, and the table of signers itself; on SSDs and memory sticks what is deleted can be read "
    "from the chips until it is overwritten: only an encrypted disk protects that"
)


@click.command("purge")
@click.argument("place", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Remove nothing: print each file that would be.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--force", is_flag=True, help="Remove letters that were changed, or that the journal does not have, too.")
@options.json_option
@options.quiet_option
@click.pass_context
def command(
    ctx: click.Context, place: Path, *, dry_run: bool, yes: bool, force: bool, as_json: bool, quiet: bool
) -> None:
    """Remove the letters that a batch has written, its archive, its journal and half-written files.

    DIR is the --output of a batch, a folder or an archive, or the FILE of its --combine. Only files that are, byte
    for byte, what the journal says was written are removed, whatever they are called; everything else stays, and
    links are not followed. Then folders that are empty go. Exit status 1 if something of the batch was kept.

    \b
    Examples:
      appealgen purge letters/ --dry-run
      appealgen purge letters/ --yes
    """
    from appealgen import purging

    holding = purging.find(place)
    doomed = holding.doomed(force=force)
    kept = [] if force else holding.kept
    if dry_run and not as_json:
        for path in doomed:
            click.echo(str(path))
    elif not (dry_run or yes):
        if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
            raise click.UsageError(_("there is nobody to ask: --yes removes, --dry-run shows what would be removed"))
        question = _(
            "Remove {files}, of them {letters}, from {folder}?",
            files=_files(len(doomed)),
            letters=_n("{count} letter", "{count} letters", len(holding.letters)),
            folder=holding.folder,
        )
        if not hearing.confirm(question, err=True):
            click.echo(_("nothing is removed"), err=True)
            ctx.exit(1)
    folders = 0 if dry_run else purging.remove(holding, force=force)
    if as_json:
        said = {
            "folder": str(holding.folder),
            "dry_run": dry_run,
            "files": [str(path) for path in doomed],
            "letters": len(holding.letters),
            "folders": folders,
            "kept": [str(path) for path in kept],
            "others": holding.others,
            "notes": [_(_CANNOT)],
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        _tell(holding, kept, quiet=quiet)
        if not quiet:
            click.echo(_sum(len(doomed), folders, dry_run=dry_run), err=True)
            options.say_notes([_(_CANNOT)], quiet=False)
    if kept:
        ctx.exit(1)


def _tell(holding: Holding, kept: list[Path], *, quiet: bool) -> None:
    """Say what stays, and why."""
    for path in kept[:_SHOWN]:
        message = (
            _("{path}: kept: somebody has changed it", path=path)
            if path in holding.changed
            else _("{path}: kept: the journal does not have it", path=path)
        )
        click.echo(message, err=True)
    if len(kept) > _SHOWN:
        click.echo(_n("and {count} more", "and {count} more", len(kept) - _SHOWN), err=True)
    if kept:
        message = _n(
            "{count} file of the batch kept, and its journal: look at them; --force removes them; "
            "if the batch was broken off, run it again first",
            "{count} files of the batch kept, and its journal: look at them; --force removes them; "
            "if the batch was broken off, run it again first",
            len(kept),
        )
        click.echo(message, err=True)
    if holding.others and not quiet:
        message = _n(
            "{count} other file left alone: not of this batch",
            "{count} other files left alone: not of this batch",
            holding.others,
        )
        click.echo(message, err=True)


def _sum(files: int, folders: int, *, dry_run: bool) -> str:
    counted = {"files": _files(files), "folders": _n("{count} folder", "{count} folders", folders)}
    if dry_run:
        return _("would be removed: {files}, {folders}", **counted)
    return _("removed: {files}, {folders}", **counted)


def _files(number: int) -> str:
    return _n("{count} file", "{count} files", number)
