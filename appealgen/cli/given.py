"""What a command line gives by name: whether there is such a file, encoding, country, language."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import click

from appealgen import catalogue
from appealgen.catalogue import _

if TYPE_CHECKING:
    from pathlib import Path

    from appealgen.model import Signer


def check_file(path: Path, option: str) -> None:
    """See that the file that *option* names is there; what is wrong with it, its reader says.

    Raises:
        click.UsageError: if there is none, or it is a folder.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise click.UsageError(_("{option}: there is no file {path}", option=option, path=path)) from None
    except OSError:
        return
    if is_folder:
        raise click.UsageError(_("{option}: {path} is a folder: name a file", option=option, path=path))


def check_encoding(name: str | None) -> None:
    """See that there is an encoding of the *name* that ``--encoding`` gives.

    Raises:
        click.UsageError: if there is none.
    """
    from appealgen.signers.table import LIKELY

    try:
        "".encode(name or "utf-8")
    except (LookupError, ValueError):
        hint = _("usual are {names}", names=catalogue.listed(LIKELY))
        message = _('"{name}" is not an encoding', name=name)
        raise click.UsageError(f"--encoding: {message}: {hint}") from None


def checked_signer(signer: Signer, country: str | None) -> Signer:
    """Return *signer* checked, whose *country* ``--country`` gives, if it does.

    Raises:
        InputError: with everything that is wrong with who signs.
        click.UsageError: if that is only a country that does not exist.
    """
    from appealgen.errors import InputError
    from appealgen.signers import checked

    try:
        return checked(signer)
    except InputError as error:
        if country is None or any(problem.key != "country" for problem in error.problems):
            raise
        raise click.UsageError(f"--country: {error.problems[0].message}") from None


def known_language(text: str) -> str:
    """Return the code of the language that ``--signer-language`` names.

    Raises:
        click.UsageError: if there is none.
    """
    from appealgen.addresses import language_code

    try:
        return language_code(text)
    except ValueError as error:
        raise click.UsageError(f"--signer-language: {error}") from error
