"""One page: how much room a letter takes, what goes from one that is too long, and what never does."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reading import docx_paragraphs
from test_formats import convert

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.fitting import fit
from appealgen.library import shipped
from appealgen.model import TONES
from appealgen.rendering import extent
from appealgen.rendering.extents import estimated
from appealgen.scribe import Order, Scribe
from appealgen.selection import current_aliases, written_languages

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
CASE = LIBRARY.case("mustafayev")
LANGUAGES = written_languages(LIBRARY, CASE)
ANA = Signer(name="Ana Example", address=("17 Long Example Street", "Exampletown EX1 2MP"), country="GB")
WORDS = "These are words of my own, and there are more of them. "
WRITE = ("write", "--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20")
# Formal, in English: one page without own words, some lines more than one with these, one again without two facts.
JUST_TOO_LONG = WORDS * 3
MUCH_TOO_LONG = WORDS * 40


def letters_in(language="en", tone="formal", target="prosecutor", gloss=None):
    return prepared(LIBRARY, CASE, addressee(LIBRARY, CASE, target, None), language, tone, gloss=gloss)


def signed(message: str, signer: Signer = ANA):
    return sender_of(dataclasses.replace(signer, message=(message.strip(),) if message else ()))


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_those_of_the_pdf(language):
    """Counted as typst sets them: marks in a letter move nothing in it."""
    pytest.importorskip("typst", reason="typst is not installed")
    found = set()
    for tone in TONES:
        for count in (0, 4, 8, 60):
            for signer in (ANA, Signer(name=None), dataclasses.replace(ANA, country="US")):
                letter = letters_in(language, tone).letter(signed(WORDS * count, signer), DAY)
                counted = extent(letter)
                assert counted.exact
                assert counted.pages == pages(render(letter, "pdf"))
                assert (counted.over > 0) == (counted.pages > 1)
                assert len(counted.breaks) == counted.pages - 1
                found.add(counted.pages)
    assert found >= {1, 2}


def test_lines_beyond_the_page_grow_with_the_words():
    """A paragraph of one line more is a line more, whoever counts."""
    pytest.importorskip("typst", reason="typst is not installed")
    for form in ("pdf", "docx"):
        base, more = (
            extent(letters_in().letter(sender_of(dataclasses.replace(ANA, message=said)), DAY), form).over
            for said in ((MUCH_TOO_LONG.strip(),), (MUCH_TOO_LONG.strip(), *["One."] * 10))
        )
        # Ten lines of 12.5 points, and ten times 5 points between.
        assert more - base == 14


def test_the_translation_does_not_count():
    """The letter with its gloss takes the room that it takes without."""
    pytest.importorskip("typst", reason="typst is not installed")
    for form in ("pdf", "docx"):
        plain, glossed = (letters_in(gloss=code).letter(signed(""), DAY) for code in (None, "ru"))
        assert glossed.gloss is not None
        assert extent(glossed, form) == extent(plain, form)


def test_the_guess_is_near_what_typst_counts():
    """Of all letters that ship and fit a page, the guess is off by two lines at most, and by four in Russian.

    The guess is for the widths of Times, which Word sets; the PDF has another face, wider in Cyrillic.
    """
    pytest.importorskip("typst", reason="typst is not installed")
    count = 0
    for case in map(LIBRARY.case, LIBRARY.case_ids):
        for language in written_languages(LIBRARY, case):
            for name in current_aliases(case):
                to = addressee(LIBRARY, case, name, None)
                for tone in LIBRARY.tones(language):
                    letter = prepared(LIBRARY, case, to, language, tone).letter(sender_of(ANA), DAY)
                    counted, guessed = extent(letter), estimated(letter)
                    assert counted.pages == guessed.pages, (case.id, language, name, tone)
                    if counted.pages == 1:
                        least, most = (-0.1, 4.1) if language == "ru" else (-1.1, 2.1)
                        assert least < guessed.room - counted.room < most, (case.id, language, name, tone)
                    count += 1
    assert count > 200


def test_the_guess_is_what_libreoffice_has(tmp_path):
    """Letters that end near the end of the page, as LibreOffice breaks them: right but for a line."""
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler is not installed")
    guessed = {}
    for language in ("en", "ru", "fr"):
        for count in range(0, 60, 4):
            letter = letters_in(language).letter(signed("Some own words. " * count), DAY)
            found = extent(letter, "docx")
            if 1 < abs(found.room) < 6:
                file = tmp_path / f"{language}-{count}.docx"
                file.write_bytes(render(letter, "docx"))
                guessed[file] = found.pages
    assert set(guessed.values()) == {1, 2}
    convert(tmp_path, "pdf", list(guessed))
    for file, expected in guessed.items():
        told = subprocess.run(["pdfinfo", file.with_suffix(".pdf")], check=True, capture_output=True).stdout
        assert re.search(rb"Pages:\s+(\d)", told)[1] == str(expected).encode(), file.name


def test_the_note_says_by_how_much_and_what_could_go(run, tmp_path):
    """In the order in which it would go."""
    (tmp_path / "long.txt").write_text(MUCH_TOO_LONG, encoding="utf-8")
    for form, about in (("docx", "about "), ("pdf", "")):
        if form == "pdf":
            pytest.importorskip("typst", reason="typst is not installed")
        result = run(*WRITE, "--message-file", "long.txt", "--format", form)
        assert result.status == 0
        said = re.search(r"note: prosecutor: the letter runs over one page by (about )?(\d+) lines; (.*)", result.err)
        assert said, result.err
        assert (said[1] or "") == about
        assert int(said[2]) == extent(letters_in().letter(signed(MUCH_TOO_LONG, Signer(name=None)), DAY), form).over
        assert said[3] == (
            "these could go (in this order): un (On 29 July 2020 independent…), "
            "evidence (According to his lawyer, the…); --fit page drops them"
        )
    assert "over one page" not in run(*WRITE).err
    assert "over one page" not in run(*WRITE, "--message-file", "long.txt", "--format", "txt").err


def test_as_much_goes_as_must():
    """One fact where that is enough; then both; the rest stays, with every ask and the signer's own words."""
    ready = letters_in()
    told = CASE.words["en"].facts
    seen = []
    for count in range(30):
        sender = signed("Own words. " * count)
        found = fit(ready, sender, DAY, "docx")
        seen.append(found.dropped)
        text = render(found.letter, "txt").decode()
        assert all(CASE.words["en"].asks[ask] in text for ask in ready.asks)
        assert all(paragraph in text for paragraph in sender.message)
        for fact, words in told.items():
            assert (words in text) == (fact not in found.dropped)
        if found.extent.pages > 1:
            least = ready.without(frozenset(ready.optional)).letter(sender, DAY)
            assert extent(least, "docx").pages == 2, "it would not have helped"
            assert not found.dropped
        elif found.dropped:
            whole = ready.without(frozenset(found.dropped[:-1])).letter(sender, DAY)
            assert extent(whole, "docx").pages == 2, "the last to go had to"
    fits = seen[: max(place for place, dropped in enumerate(seen) if dropped) + 1]
    assert fits == sorted(fits, key=len)
    assert not any(seen[len(fits) :])
    assert set(seen) == {(), ("un",), ("un", "evidence")}


def test_fit_says_what_it_left_out_and_whether_that_was_enough(run, tmp_path):
    """Written all the same, exit status 0."""
    for message, still in ((JUST_TOO_LONG, False), (MUCH_TOO_LONG, True)):
        (tmp_path / "long.txt").write_text(message, encoding="utf-8")
        text = run(*WRITE, "--name", "Ana Example", "--message-file", "long.txt", "--fit", "page", "--format", "txt",
                   "--output", "-")  # fmt: skip
        assert text.status == 0
        if still:
            assert "left out" not in text.err
            assert re.search(r"still runs over one page by about \d+ lines; what could go is not enough", text.err)
            assert CASE.words["en"].facts["evidence"] in text.text
        else:
            assert "still runs over" not in text.err
        assert message.strip() in text.text
    assert run(*WRITE, "--fit", "page", "--edit").status == 2
    assert run(*WRITE, "--fit", "pages").status == 2


def test_facts_that_go_leave_every_language_whole():
    """The letter is the same but for the sentence; the translation beside it lacks the same."""
    for language in LANGUAGES:
        ready = letters_in(language, gloss="en" if language != "en" else "ru")
        whole = ready.letter(signed(""), DAY)
        for drop in ({"un"}, {"evidence"}, {"un", "evidence"}):
            short = ready.without(frozenset(drop)).letter(signed(""), DAY)
            again = prepared(
                LIBRARY, CASE, addressee(LIBRARY, CASE, "prosecutor", None), language, "formal",
                gloss="en" if language != "en" else "ru", drop=frozenset(drop),
            )  # fmt: skip
            assert again.letter(signed(""), DAY) == short
            assert again.ingredients() == ready.without(frozenset(drop)).ingredients() != ready.ingredients()
            assert short.gloss is not None
            assert whole.gloss is not None
            before, after = (render(one, "txt").decode() for one in (whole, short))
            for fact in drop:
                for code in (language, "en" if language != "en" else "ru"):
                    said = CASE.words[code].facts[fact]
                    assert said in before
                    assert said not in after
                    before = before.replace(f"{said} ", "").replace(f" {said}", "")
            assert after == before


def test_a_paragraph_goes_with_its_last_fact():
    """No empty paragraph is left."""
    facts = {"un": dataclasses.replace(CASE.facts["un"], paragraph="alone")}
    case = dataclasses.replace(CASE, facts=CASE.facts | facts)
    ready = prepared(LIBRARY, case, addressee(LIBRARY, case, "prosecutor", None), "en", "formal")
    whole, short = (one.body(signed("")) for one in (ready, ready.without(frozenset({"un"}))))
    assert len(short) == len(whole) - 1
    assert all(block.text for block in short if hasattr(block, "text"))


def test_only_what_can_go_is_optional_in_what_ships():
    """Never what the tone brief tells; in no case the same number twice; brief has nothing to drop."""
    optional = {}
    for case in map(LIBRARY.case, LIBRARY.case_ids):
        optional[case.id] = [fact.id for fact in case.facts.values() if fact.optional]
        assert not any(fact.brief for fact in case.facts.values() if fact.optional)
    assert optional == {"mustafayev": ["evidence", "un"], "mustafayev-2020": [], "rustamov": [], "chiygoz": []}
    assert letters_in(tone="brief").optional == ()


def test_check_says_what_is_not_clear(run, tmp_path):
    """Two facts of the same number, one that brief tells; a number that is none is an error."""
    shutil.copytree(shipped() / "cases" / "mustafayev", tmp_path / "cases" / "mustafayev")
    path = tmp_path / "cases" / "mustafayev" / "case.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("optional: 2", "optional: 1")
    changed = changed.replace("brief: yes, sources: [outcome", "brief: yes, optional: 7, sources: [outcome")
    path.write_text(changed, encoding="utf-8")
    result = run("check", "--group", ".")
    assert result.status == 0, result.err
    assert "facts.un.optional: is 1, as that of evidence" in result.err
    assert "facts.sentence.optional: stands at a fact of the tone brief" in result.err
    path.write_text(text.replace("optional: 2", "optional: 0"), encoding="utf-8")
    result = run("check", "--group", ".")
    assert result.status == 1
    assert '"0" is not a number from 1 to 99' in result.text


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_batch_fits_each_letter_as_write_does(run, tmp_path, form):
    """The same bytes; the summary counts what was shortened, and what still runs over."""
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    sender = ("--name", "Ana Example", "--address", "1 Street", "--address", "Town", "--country", "GB")
    messages = ["", "Own words. " * 24, WORDS * 30]
    rows = "".join(f'Ana Example,1 Street,Town,GB,"{message.strip()}"\n' for message in messages)
    (tmp_path / "signers.csv").write_text(f"name,street,city,country,message\n{rows}", encoding="utf-8")
    what = (*WRITE[1:], "--format", form, "--fit", "page")
    result = run("batch", *what, "--signers", "signers.csv", "--output", "letters/")
    assert result.status == 0, result.err
    assert "1 shortened, 1 still runs over one page" in result.err
    found = sorted((tmp_path / "letters").glob(f"*.{form}"))
    for file, message in zip(found, messages, strict=True):
        own = ("--message", message.strip()) if message else ()
        assert file.read_bytes() == run("write", *what, *sender, *own, "--output", "-", "-q").out
    dry = run("batch", *what, "--signers", "signers.csv", "--only", "3", "--dry-run").text
    assert CASE.words["en"].facts["sentence"] in dry
    assert CASE.words["en"].facts["un"] not in dry
    told = run("batch", *what, "--signers", "signers.csv", "--output", "again/", "--json")
    assert {key: json.loads(told.text)[key] for key in ("shortened", "over_one_page")} == {
        "shortened": 1, "over_one_page": 1,
    }  # fmt: skip


def test_one_compiler_for_all_letters_of_a_batch(run, tmp_path, monkeypatch):
    """With --fit as without: making one for each letter takes half as long again as the letter."""
    typst = pytest.importorskip("typst", reason="typst is not installed")
    from appealgen.rendering.pdf.press import press_with

    made = []

    real = typst.Compiler
    monkeypatch.setattr(typst, "Compiler", lambda *args, **how: made.append(1) or real(*args, **how))
    press_with.cache_clear()
    rows = "".join(f'Ana Example {n},GB,"{(WORDS * (n % 3) * 9).strip()}"\n' for n in range(9))
    (tmp_path / "signers.csv").write_text(f"name,country,message\n{rows}", encoding="utf-8")
    what = ("batch", *WRITE[1:], "--signers", "signers.csv", "--format", "pdf", "--jobs", "1", "-q")
    assert run(*what, "--fit", "page", "--output", "out/").status == 0
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 9
    assert len(made) == 1


def test_letters_that_are_there_are_outdated_only_with_fit(run, tmp_path):
    """What a batch is asked for is part of what its letters are made from."""
    (tmp_path / "signers.csv").write_text("name,country\nAna Example,GB\n", encoding="utf-8")
    what = ("batch", *WRITE[1:], "--signers", "signers.csv", "-q")
    assert run(*what).status == 0
    assert run(*what).status == 0
    assert run(*what, "--fit", "page").status == 1
    order = Order(None, "mustafayev", ("prosecutor",), "formal", None, "docx", DAY)
    plain, fitted = (
        Scribe(one, None).kit("prosecutor", "GB", None, "formal").digest
        for one in (order, dataclasses.replace(order, fit=True))
    )
    assert plain != fitted


def no_typst(folder: Path) -> dict[str, str]:
    """Return an environment in which typst cannot be imported."""
    (folder / "stub").mkdir()
    (folder / "stub" / "typst.py").write_text("raise ModuleNotFoundError('no typst')\n", encoding="utf-8")
    here = str(Path(__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "stub"), here]), "COLUMNS": "80"}


def appealgen(*args: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-m", "appealgen", *args]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)


def test_without_typst_it_is_a_guess(tmp_path):
    """Writing, fitting and looking go on; pictures say what to install."""
    env = no_typst(tmp_path)
    (tmp_path / "long.txt").write_text(MUCH_TOO_LONG, encoding="utf-8")
    result = appealgen(*WRITE, "--message-file", "long.txt", "--fit", "page", cwd=tmp_path, env=env)
    assert result.returncode == 0, result.stderr
    assert re.search(r"still runs over one page by about \d+ lines", result.stderr)
    looked = ("preview", *WRITE[1:])
    result = appealgen(*looked, "--message-file", "long.txt", cwd=tmp_path, env=env)
    assert result.returncode == 0, result.stderr
    assert "\n---- page 2 ----\n" in result.stdout
    assert re.search(r"runs over one page by about \d+ lines", result.stderr)
    assert re.search(r"one page, with room for about \d+ more lines", appealgen(*looked, cwd=tmp_path, env=env).stderr)
    result = appealgen(*looked, "--png", cwd=tmp_path, env=env)
    assert result.returncode == 2
    assert "typst is not installed: pip install 'appealgen[pdf]'" in result.stderr
    assert "Traceback" not in result.stderr


def test_word_does_not_load_typst(tmp_path):
    """Neither where a letter is short, nor where it is long."""
    code = (
        "import sys; from appealgen.cli import _status\n"
        f"_status({[*WRITE, '--message', MUCH_TOO_LONG.strip(), '--fit', 'page']!r})\n"
        "print('typst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_what_was_left_out_is_told_and_shown_before(run, tmp_path):
    """By its id and first words; a dry run shows what will be written, windows and all."""
    sender = ("--name", "Ana Example", "--address", "1 Street", "--address", "Town", "--country", "GB")
    own = "Own words. " * 24
    said = run(*WRITE, *sender, "--message", own, "--fit", "page").err
    assert "left out to fit one page: un (On 29 July 2020 independent…)" in said
    (tmp_path / "signers.csv").write_text(
        f"name,street,city,country,message\nAna Example,1 Street,Town,GB,{own.strip()}\n", encoding="utf-8"
    )
    what = ("batch", *WRITE[1:], "--signers", "signers.csv", "--fit", "page", "--window", "din-b")
    dry = run(*what, "--dry-run").text
    assert run(*what, "--output", "out/", "-q").status == 0
    (file,) = (tmp_path / "out").glob("*.docx")
    written = " ".join(text for _, text in docx_paragraphs(file.read_bytes()))
    for words in CASE.words["en"].facts.values():
        assert (words in dry) == (words in written)
