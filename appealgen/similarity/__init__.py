"""How alike the letters of a batch are to whoever receives them.

Offices that get many letters sort them by shared passages. This room measures the same: runs of eight words (Broder's
shingles) that stand in other letters too (containment), letters that are nearly the same (resemblance, found by
MinHash), and sentences that no other letter has. docs/similarity.md names the sources.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen.characters import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Words in a passage, as near-duplicate detection usually takes them.
RUN = 8
#: Words in a piece of a sentence, when it is asked whether the sentence is somebody's own.
PIECE = 4
#: A letter of which a greater share stands in others is taken for one of a campaign.
FLAGGED = 0.5
#: Letters with this resemblance or more are nearly the same: a name, a place, a short sentence apart.
NEARLY = 0.8
#: Runs kept of one office's letters; of more text only a part, chosen by the runs' own digests, is looked at.
MAX_RUNS = 1_000_000

_SENTENCE_END = re.compile(r"[.!?…؟][\"'»”“’)\]]*$")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…؟])\s+")
_PRIME = (1 << 61) - 1
_HASHES, _ROWS = 16, 2


@dataclass(frozen=True, slots=True)
class Measured:
    """A letter by its *file*: the *share* of its passages that stand in others, and whether it has its *own* sentence.

    *alike* is the number of its group of letters that are nearly the same, counted from 1; None where it has none.
    """

    file: str
    share: float
    own: bool
    alike: int | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was found: the *letters* in the order they were read, and which *part* of the passages was looked at."""

    letters: tuple[Measured, ...]
    part: float

    @property
    def median(self) -> float:
        """The middle one of the shares, from 0 to 1."""
        shares = sorted(letter.share for letter in self.letters)
        middle = len(shares) // 2
        return shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2

    @property
    def highest(self) -> float:
        """The highest share, from 0 to 1."""
        return max(letter.share for letter in self.letters)

    @property
    def groups(self) -> list[list[str]]:
        """The files of each group of letters that are nearly the same, the largest group first."""
        found: dict[int, list[str]] = defaultdict(list)
        for letter in self.letters:
            if letter.alike is not None:
                found[letter.alike].append(letter.file)
        return [found[number] for number in sorted(found)]


@dataclass(slots=True)
class _Sentence:
    """A sentence, or a line without an end, that one letter (*owner*) or several (None) have; *text* is folded."""

    text: str
    length: int
    is_sentence: bool
    owner: int | None
    runs: list[int]
    least: list[int] | None = None


def measure(letters: Iterable[tuple[str, str]]) -> Likeness:
    """Measure *letters*, each a file's name and its text.

    Letters that a batch has named are compared with those to the same office only: no other office sees them. The
    texts are let go at once; what stays is each different sentence once.
    """
    offices: dict[str, _Office] = {}
    places: list[tuple[_Office, int]] = []
    for file, text in letters:
        office = offices.setdefault(office_of(file), _Office())
        places.append((office, office.add(file, text)))
    measured: dict[int, Sequence[Measured]] = {}
    first = 0
    part = 1.0
    for office in offices.values():
        measured[id(office)] = found = office.measured(first)
        first = max((letter.alike or 0 for letter in found), default=first) or first
        part = min(part, office.part)
    in_order = [measured[id(office)][place] for office, place in places]
    return Likeness(tuple(_renumbered(in_order)), part)


def office_of(file: str) -> str:
    """Return what the name that a batch gave a file says besides its number: case, target, language."""
    name = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    found = re.fullmatch(r"\d{6,}-(.+)", name)
    return found[1] if found else ""


def _renumbered(letters: list[Measured]) -> Iterator[Measured]:
    """Number the groups by size, the largest 1, and leave out groups of one."""
    sizes: dict[int, int] = defaultdict(int)
    for letter in letters:
        if letter.alike is not None:
            sizes[letter.alike] += 1
    order = sorted((number for number, size in sizes.items() if size > 1), key=lambda number: -sizes[number])
    names = {number: place for place, number in enumerate(order, 1)}
    for letter in letters:
        yield Measured(letter.file, letter.share, letter.own, names.get(letter.alike or 0))


class _Office:
    """The letters to one office: each different sentence is kept, and counted, once."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.letters: list[list[int]] = []
        self.sentences: list[_Sentence] = []
        self.part = 1.0
        self._known: dict[int, int] = {}

    def add(self, file: str, text: str) -> int:
        """Take in a letter and return its place."""
        place = len(self.files)
        self.files.append(file)
        found: dict[int, None] = {}
        for sentence in split_sentences(text):
            digest = _digest(sentence)
            number = self._known.get(digest)
            if number is None:
                number = self._known[digest] = len(self.sentences)
                words = folded(sentence)
                is_sentence = bool(_SENTENCE_END.search(sentence))
                self.sentences.append(_Sentence(words, len(words.split()), is_sentence, place, []))
            elif self.sentences[number].owner != place:
                self.sentences[number].owner = None
            if self.sentences[number].length:
                found[number] = None
        self.letters.append(list(found))
        return place

    def measured(self, first: int) -> list[Measured]:
        """Measure the letters; groups are numbered after *first*."""
        total = sum(sentence.length for sentence in self.sentences)
        every = -(-total // MAX_RUNS) or 1
        self.part = 1 / every
        for sentence in self.sentences:
            sentence.runs = _runs(sentence.text, RUN, every)
        owners = self._owners([sentence.runs for sentence in self.sentences])
        shares = [self._share(numbers, owners) for numbers in self.letters]
        del owners
        own = self._own(every)
        alike = self._alike(first)
        return [Measured(*letter) for letter in zip(self.files, shares, own, alike, strict=True)]

    def _owners(self, runs: list[list[int]]) -> dict[int, int | None]:
        """Return, for each run, the one letter that has it, or None for several."""
        owners: dict[int, int | None] = {}
        for sentence, found in zip(self.sentences, runs, strict=True):
            for run in found:
                if owners.setdefault(run, sentence.owner) != sentence.owner:
                    owners[run] = None
        return owners

    def _share(self, numbers: list[int], owners: dict[int, int | None]) -> float:
        runs = {run for number in numbers for run in self.sentences[number].runs}
        return sum(owners[run] is None for run in runs) / len(runs) if runs else 0.0

    def _own(self, every: int) -> list[bool]:
        """Tell of each letter whether it has a sentence, most of whose pieces no other letter has."""
        pieces = [_runs(sentence.text, PIECE, every) for sentence in self.sentences]
        owners = self._owners(pieces)

        def is_own(number: int) -> bool:
            sentence = self.sentences[number]
            if sentence.owner is None or not sentence.is_sentence or sentence.length < PIECE:
                return False
            return 2 * sum(owners[piece] is None for piece in pieces[number]) <= len(pieces[number])

        return [any(map(is_own, numbers)) for numbers in self.letters]

    def _alike(self, first: int) -> list[int]:
        """Return the group of each letter: that of an earlier one that it resembles, or one of its own."""
        leaders: list[int] = []
        buckets: dict[tuple[int, ...], list[int]] = {}
        groups: list[int] = []
        runs_of: dict[int, set[int]] = {}
        for place, numbers in enumerate(self.letters):
            runs = {run for number in numbers for run in self.sentences[number].runs}
            marks = [min(marks) for marks in zip(*(self._least(number) for number in numbers), strict=True)]
            keys = [(row, *marks[row : row + _ROWS]) for row in range(0, len(marks), _ROWS)]
            near = dict.fromkeys(group for key in keys for group in buckets.get(key, ()))
            group = next((group for group in near if _resemblance(runs, runs_of[group]) >= NEARLY), None)
            if group is None:
                group = len(leaders)
                leaders.append(place)
                runs_of[group] = runs
                for key in keys:
                    # A few of those that share a mark are enough to find one that is nearly the same.
                    bucket = buckets.setdefault(key, [])
                    if len(bucket) < _HASHES:
                        bucket.append(group)
            groups.append(first + group + 1)
        return groups

    def _least(self, number: int) -> list[int]:
        """Return the least of a sentence's runs under each of a few fixed hashes."""
        sentence = self.sentences[number]
        if sentence.least is None:
            sentence.least = [
                min(((a * run + b) % _PRIME for run in sentence.runs), default=_PRIME) for a, b in _COEFFICIENTS
            ]
        return sentence.least


def split_sentences(text: str) -> Iterator[str]:
    """Give the sentences of *text*, and what stands apart without being one, such as the lines of an address."""
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        joined = " ".join(paragraph.split())
        if joined:
            yield from _BETWEEN_SENTENCES.split(joined)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest())


_COEFFICIENTS = [(_digest(f"a{number}"), _digest(f"b{number}")) for number in range(_HASHES)]


def _runs(text: str, length: int, every: int) -> list[int]:
    """Return the digests of each run of *length* words, or of all words where there are fewer; one of *every*."""
    words = text.split()
    last = max(len(words) - length, 0)
    found = [_digest(" ".join(words[start : start + length])) for start in range(last + 1)] if words else []
    return found if every == 1 else [run for run in found if run % every == 0]


def _resemblance(one: set[int], other: set[int]) -> float:
    """Return the share of runs that two letters have in common (the Jaccard index)."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if one or other else 1.0
