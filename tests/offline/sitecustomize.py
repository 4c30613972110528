"""Forbids the network to every Python process of the tests: each finds this file on PYTHONPATH, which conftest.py sets.

Python tells its audit hooks of every socket before it is made, whoever asks for it, and a hook cannot be taken out
again. Sockets of the machine itself (AF_UNIX), with which processes talk to each other, are left alone. What was
tried is noted in a file too, so that a test fails even where the code under it swallows the error.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

_NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"})
_USES = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})


class NetworkUseError(BaseException):
    """Something wanted the network. It is not meant to be caught."""


def _forbid(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.__new__" or event in _USES:
        import _socket

        family = args[1] if event == "socket.__new__" else args[0].family
        # -1 is a socket made of a number, or one whose family is told when it is used.
        if family in (_socket.AF_UNIX, -1):
            return
    elif event not in _NAMES:
        return
    if place := os.environ.get("APPEALGEN_TEST_NETWORK"):
        with contextlib.suppress(OSError), open(place, "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{event} {args[1:3]!r} in {sys.argv[:3]}\n")
    raise NetworkUseError(f"{event} {args[1:3]!r}: nothing here may use the network")


sys.addaudithook(_forbid)
