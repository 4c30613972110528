"""Where letters stand that are opened to be looked at: private folders, which a later run takes away."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

_PREFIX = "appealgen-preview-"
#: What is older is taken away: by then nobody looks at it any more.
OLD_SECONDS = 24 * 60 * 60


def new_folder() -> Path:
    """Make a folder that only this user can read, and return it."""
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


def take_away_old() -> None:
    """Remove the folders of earlier runs that are older than a day, with the letters in them."""
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.name.startswith(_PREFIX) and _is_ours(entry.stat(follow_symlinks=False)):
                    shutil.rmtree(entry.path, ignore_errors=True)


def _is_ours(told: os.stat_result) -> bool:
    """Tell whether what *told* is about is a folder of this user, and old: anybody may write to /tmp."""
    own = getattr(os, "getuid", lambda: told.st_uid)()
    return stat.S_ISDIR(told.st_mode) and told.st_uid == own and time.time() - told.st_mtime > OLD_SECONDS
