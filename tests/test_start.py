"""What is loaded when: imports where they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = "import sys; from appealgen.cli import _status; _status({args!r}); print(*sorted(sys.modules), file=sys.stderr)"


def modules(args: list[str], cwd) -> set[str]:
    command = [sys.executable, "-X", "utf8", "-c", CODE.format(args=args)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=True)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("args", "not_loaded"),
    [
        (["--help"], {"docx", "lxml", "jinja2", "babel", "yaml"}),
        (["write", "--help"], {"docx", "lxml", "jinja2", "babel", "yaml"}),
        (["write", "--case", "mustafayev", "--target", "prosecutor", "--format", "txt"], {"docx", "lxml"}),
        (["write", "--case", "mustafayev", "--target", "prosecutor", "--format", "eml"], {"docx", "lxml"}),
    ],
    ids=["help", "write help", "txt", "eml"],
)
def test_what_is_not_loaded(args, not_loaded, tmp_path):
    """Help loads no library but Click's; text and mail do not load Word's."""
    assert not (modules(args, tmp_path) & not_loaded)
