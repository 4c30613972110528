"""The program's own words: every catalogue is complete, and what the program says comes from it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

LOCALE = Path(__file__).parent.parent / "locale"
LANGUAGES = sorted(path.stem for path in LOCALE.glob("*.po"))


def _words():
    spec = importlib.util.spec_from_file_location("words", LOCALE / "words.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


words = _words()


@pytest.mark.skip(reason="while the messages are being marked")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    path = LOCALE / f"{language}.po"
    catalog, text = words.updated(path, words.template())
    assert list(words.left_to_do(catalog)) == []
    assert text == path.read_text(encoding="utf-8"), "run python locale/words.py"
