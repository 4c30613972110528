"""The order of names in a language, by ICU: ``sorted`` would put Çelik after Zorlu, and ё after я."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def order(keys: Sequence[Sequence[str]], locale: str) -> list[int]:
    """Return the places of *keys* in the order of the language of *locale*, such as ``tr_TR``.

    Each key is compared part by part; those that are the same keep their order.

    Raises:
        UsageError: if ICU is not installed.
    """
    try:
        import icu
    except ImportError as error:
        raise UsageError(
            _(
                "--order: to put names into the order of a language, install appealgen[joint]: "
                "pip install 'appealgen[joint]'; or use --order as-given"
            )
        ) from error
    collator = icu.Collator.createInstance(icu.Locale(locale))
    weights = [tuple(collator.getSortKey(part) for part in key) for key in keys]
    return sorted(range(len(keys)), key=lambda place: weights[place])
