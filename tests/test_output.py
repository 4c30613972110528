"""A write leaves the whole file or nothing, whatever the disk does."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from appealgen.errors import OutputError, RefusedError
from appealgen.output import File, write

LETTER = ["write", "--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20"]


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_folders_and_files_are_the_users_own(tmp_path):
    """Letters carry addresses: nobody else on the machine reads them."""
    write([File(tmp_path / "a" / "b" / "letter.txt", b"x")])
    assert (tmp_path / "a" / "b" / "letter.txt").read_bytes() == b"x"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a" / "b" / "letter.txt").stat().st_mode & 0o777 == 0o600


def test_same_bytes_count_as_written(tmp_path):
    """Running the same command twice is no error, and does not touch the file."""
    path = tmp_path / "letter.txt"
    write([File(path, b"x")])
    before = path.stat()
    write([File(path, b"x")])
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


@pytest.mark.parametrize("present", [b"y", b"", b"xx"])
def test_another_file_is_kept_unless_forced(tmp_path, present):
    """Also one that begins with the same bytes; and none of several letters is written then."""
    path = tmp_path / "letter.txt"
    path.write_bytes(present)
    with pytest.raises(RefusedError, match="--force"):
        write([File(tmp_path / "other.txt", b"x"), File(path, b"x")])
    assert everything(tmp_path) == ["letter.txt"]
    assert path.read_bytes() == present
    write([File(path, b"x")], force=True)
    assert path.read_bytes() == b"x"


def test_a_dangling_link_is_in_the_way(tmp_path):
    """A link is somebody's file, even where what it names is gone."""
    (tmp_path / "letter.txt").symlink_to(tmp_path / "gone")
    with pytest.raises(RefusedError):
        write([File(tmp_path / "letter.txt", b"x")])


def test_a_folder_in_the_way(tmp_path):
    """--force replaces a file, never a folder, and leaves nothing behind."""
    (tmp_path / "letter.txt").mkdir()
    with pytest.raises(OutputError):
        write([File(tmp_path / "letter.txt", b"x")], force=True)
    assert everything(tmp_path) == ["letter.txt"]


def limited(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a letter in a process whose files may not grow beyond a few bytes, as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    command = [sys.executable, "-B", "-m", "appealgen", *LETTER, *args]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, preexec_fn=limit)


def test_no_room_left(tmp_path):
    """A file that cannot be written to its end is not there afterwards, nor is the folder made for it."""
    done = limited(tmp_path, "--output", "new/folder/")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(tmp_path) == []


def test_full_disk(tmp_path):
    """The same on a disk that really is full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs more rights")
    try:
        (disk / "filler").write_bytes(b"x" * 4096)
        command = [sys.executable, "-B", "-m", "appealgen", *LETTER]
        done = subprocess.run(command, cwd=disk, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
        assert "free some space" in done.stderr
        assert everything(disk) == ["filler"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_folder_that_is_not_writable(tmp_path, run):
    """The message says what to do instead."""
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    if os.access(locked, os.W_OK):  # root may write anywhere but into the kernel's own files
        locked = Path("/proc/sys/kernel")
    result = run(*LETTER, "--output", f"{locked}/")
    assert result.status == 1
    assert result.err.startswith(f"Error: {locked}/mustafayev-prosecutor-en.docx: cannot be written")
    assert "--output" in result.err
