"""Open what was written with the program that a user, or an office, would open it with."""

from __future__ import annotations

import datetime
import email
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from reading import W, words

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.selection import current_aliases, written_languages

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
NOBODY = Signer(name=None)
ANA = Signer(
    name="Alexandra Example-Sample",
    address=("Example Group", "17 Long Example Street", "Exampletown EX1 2MP"),
    email="alexandra@example.org",
    country="GB",
)


def office() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    return program


def convert(folder: Path, form: str, files: list[Path]) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    # Given several hundred at once, LibreOffice has left some out without a word.
    for begin in range(0, len(files), 100):
        some = files[begin : begin + 100]
        command = [office(), profile, "--headless", "--convert-to", form, "--outdir", folder, *some]
        subprocess.run(command, check=True, capture_output=True, timeout=600)


def placed(pdf: Path, page: int = 1) -> list[tuple[float, float, float, float, str]]:
    """Return the words of a page with their places, in millimetres: left, top, right, bottom."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), pdf, "-"]
    boxes = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    pattern = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<'
    return [(*(float(n) / 72 * 25.4 for n in numbers), word) for *numbers, word in re.findall(pattern, boxes)]


def every_letter():
    for case_id in LIBRARY.case_ids:
        case = LIBRARY.case(case_id)
        for language in written_languages(LIBRARY, case):
            for name in current_aliases(case):
                for tone in LIBRARY.tones(language):
                    to = addressee(LIBRARY, case, name, None)
                    letters = prepared(LIBRARY, case, to, language, tone)
                    for signer in (NOBODY, ANA):
                        who = "signed" if signer.name else "unsigned"
                        yield f"{case_id}.{name}.{language}.{tone}.{who}", letters.letter(sender_of(signer), DAY)


def test_every_letter_that_ships_is_one_page_in_libreoffice(tmp_path):
    """One page, opened without repair, with the words of the text in their order."""
    office()
    letters = dict(every_letter())
    for name, letter in letters.items():
        (tmp_path / f"{name}.docx").write_bytes(render(letter, "docx"))
    files = sorted(tmp_path.glob("*.docx"))
    assert len(files) == len(letters) > 150
    convert(tmp_path, "pdf", files)
    too_long = []
    for name, letter in letters.items():
        pdf = (tmp_path / f"{name}.pdf").read_bytes()
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        if pages != 1:
            too_long.append(name)
        assert pages, name
        assert letter.page == "A4"
    assert not too_long
    convert(tmp_path, "txt:Text (encoded):UTF8", files[::7])
    for file in files[::7]:
        found = file.with_suffix(".txt").read_text(encoding="utf-8-sig")
        assert words(found) == words(render(letters[file.stem], "txt").decode()), file.stem


def test_where_the_window_is(tmp_path):
    """The address stands within the window of a DIN 5008 form B envelope, and nothing else does."""
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    case = LIBRARY.case("mustafayev")
    for name, signer in (("signed", ANA), ("unsigned", NOBODY)):
        to = addressee(LIBRARY, case, "prison-service", None)
        letter = prepared(LIBRARY, case, to, "en", "formal").letter(sender_of(signer), DAY)
        (tmp_path / f"{name}.docx").write_bytes(render(letter, "docx"))
        convert(tmp_path, "pdf", [tmp_path / f"{name}.docx"])
        found = placed(tmp_path / f"{name}.pdf")
        in_window = [word for x, top, _, bottom, word in found if 20 <= x <= 105 and bottom > 45 and top < 90]
        assert in_window == " ".join(letter.inside_address).split()


# Language -> what stands in the right half of the page, and what in the left, of a signed letter.
SIDES = {
    "en": ("sender", "address date signature"), "de": ("date", "sender address signature"),
    "fr": ("address date signature", "sender"), "es": ("date", "sender address signature"),
    "ru": ("sender address", "date signature"), "uk": ("sender address", "date signature"),
    "pl": ("address date signature", "sender"), "tr": ("date signature", "sender address"),
    "az": ("sender address", "date signature"), "ar": ("sender address date", "signature"),
}  # fmt: skip


def test_where_the_parts_stand(tmp_path):
    """Each at the side, and in the order, where the language has it."""
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    case = LIBRARY.case("mustafayev")
    ben = Signer(name="Ben Signatory", address=("3 Senderstreet", "Placetown"), country="GB")
    for language in SIDES:
        to = addressee(LIBRARY, case, "prosecutor", None)
        letter = prepared(LIBRARY, case, to, language, "brief").letter(sender_of(ben), DAY)
        (tmp_path / f"{language}.docx").write_bytes(render(letter, "docx"))
    convert(tmp_path, "pdf", sorted(tmp_path.glob("*.docx")))
    for language, (right, left) in SIDES.items():
        found = placed(tmp_path / f"{language}.pdf")
        marks = {"sender": "Senderstreet", "address": "GSP-3", "signature": "Signatory", "date": "2026"}
        places = {}
        for part, mark in marks.items():
            # The name is the sender's first and the signature last; the year of the date stands in no other place.
            *_, place = [(x, top, end) for x, top, end, _, word in found if mark in word]
            places[part] = place
        for part in right.split():
            assert places[part][2] > 110, (language, part, places)
        for part in left.split():
            assert places[part][0] < 90, (language, part, places)
        layout = LIBRARY.language(language).layout
        order = [part for part in (*layout.top, *layout.foot) if part in places]
        tops = [places[part][1] for part in order]
        assert tops == sorted(tops), (language, places)


def test_right_to_left(tmp_path):
    """Arabic runs from right to left, Latin names and numbers within it from left to right, in Word's own terms."""
    case = LIBRARY.case("mustafayev")
    sam = Signer(name="Sam Signatory", address=("14 Senderstreet", "Placetown"), country="GB", message=("A B 1.",))
    for target, signer in (("prison-service", sam), ("prosecutor", NOBODY)):
        to = addressee(LIBRARY, case, target, None)
        letter = prepared(LIBRARY, case, to, "ar", "formal", gloss="en").letter(sender_of(signer), DAY)
        content = render(letter, "docx")
        (tmp_path / f"{target}.docx").write_bytes(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            document = ET.fromstring(package.read("word/document.xml"))
            styles = package.read("word/styles.xml").decode()
        assert "<w:bidi/>" in styles
        assert document.find(f".//{W}sectPr/{W}bidi") is not None
        for paragraph in document.iter(f"{W}p"):
            text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
            arabic = re.search("[\u0600-\u06ff]", text)
            bidi = paragraph.find(f"{W}pPr/{W}bidi")
            direction = "1" if bidi is None else bidi.get(f"{W}val", "1")
            assert (direction == "1") == bool(arabic) or not text, text
            for run in paragraph.iter(f"{W}r"):
                piece = "".join(node.text or "" for node in run.iter(f"{W}t"))
                right_to_left = run.find(f"{W}rPr/{W}rtl") is not None
                if re.search("[\u0600-\u06ff]", piece):
                    assert right_to_left
                    assert not re.search("[A-Za-z]", piece)
                elif re.search("[A-Za-z]", piece):
                    assert not right_to_left
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    convert(tmp_path, "pdf", sorted(tmp_path.glob("*.docx")))
    found = placed(tmp_path / "prison-service.pdf")
    at = {word: (x, end) for x, _, end, _, word in reversed(found)}
    assert at["14"][1] < at["Senderstreet"][0]
    assert at["119991"][1] < at["Moscow"][0]
    assert at["AL"][1] < at["RUS"][0] < next(x for x, _, _, _, word in found if "4/2020" in word)
    assert 188 < at["Placetown"][1] < 192
    assert at["Signatory"][0] > 100  # the first is the sender's
    assert [x for x, _, _, _, word in found if word == "Signatory"][-1] < 105
    dashes = [x for x, _, _, _, word in found if word == "–"]
    assert len(dashes) == 3
    assert min(dashes) > 180


def test_paper_follows_the_sender():
    """Letter paper for the United States and Canada, A4 for all others."""
    case = LIBRARY.case("mustafayev")
    to = addressee(LIBRARY, case, "prosecutor", None)
    for country, width in (("US", "12240"), ("CA", "12240"), ("MX", "11906"), ("GB", "11906"), (None, "11906")):
        letter = prepared(LIBRARY, case, to, "en", "formal").letter(sender_of(Signer(name=None, country=country)), DAY)
        with zipfile.ZipFile(io.BytesIO(render(letter, "docx"))) as package:
            assert f'w:w="{width}"' in package.read("word/document.xml").decode()


@pytest.mark.parametrize("form", ["docx", "eml", "txt"])
def test_nothing_tells_who_made_it_and_when(form):
    """No author, company, template, picture of the page, revision mark, clock, host or program."""
    case = LIBRARY.case("mustafayev")
    letter = prepared(LIBRARY, case, addressee(LIBRARY, case, "prosecutor", None), "ru", "formal").letter(
        sender_of(ANA), DAY
    )
    content = render(letter, form, attachment="letter.docx" if form == "eml" else None)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [name for name in package.namelist() if "thumbnail" in name or "custom" in name or "app" in name]
            content = b"\n".join(package.read(name) for name in package.namelist())
    if form == "eml":
        draft = email.message_from_bytes(content)
        parts = [part.get_payload(decode=True) for part in draft.walk() if part.get_content_maintype() == "text"]
        content = b"\n".join([str(draft.items()).encode(), *parts])
    low = content.decode("utf-8", "replace").lower()
    # As a word of its own: a host may be called something as short as "vm".
    host = rf"\b{re.escape(os.uname().nodename.lower())}\b"
    assert not re.search(host, low)
    places = [str(path).lower() + "/" for path in (Path.home(), Path(__file__).parent.parent)]
    traces = ["python", "appealgen", "creator", "lastmodifiedby", "company", "rsid", "dcterms", "message-id", "\ndate:"]
    for trace in (*traces, "user-agent", "x-mailer", ".j2", *places):
        assert trace not in low, trace


def test_language_and_direction_are_set():
    """So that a reader aloud, and a spell checker, know what they read."""
    case = LIBRARY.case("mustafayev")
    for language, tag in (("en", "en-GB"), ("ru", "ru-RU"), ("uk", "uk-UA")):
        letter = prepared(LIBRARY, case, addressee(LIBRARY, case, "prosecutor", None), language, "formal").letter(
            sender_of(NOBODY), DAY
        )
        with zipfile.ZipFile(io.BytesIO(render(letter, "docx"))) as package:
            assert f'<w:lang w:val="{tag}"' in package.read("word/styles.xml").decode()
            assert f"<dc:language>{tag}</dc:language>" in package.read("docProps/core.xml").decode()


def mail_parser() -> list[str]:
    node = shutil.which("node")
    modules = os.environ.get("APPEALGEN_NODE_MODULES", str(Path(__file__).parent.parent / "node_modules"))
    if node is None or not (Path(modules) / "postal-mime").is_dir():
        pytest.skip("node with postal-mime is not installed")
    parse = """
        const {default: PostalMime} = await import(process.argv[1] + '/postal-mime/dist/esm/postal-mime.js');
        const {readFileSync} = await import('node:fs');
        const mail = await PostalMime.parse(readFileSync(process.argv[2]));
        console.log(JSON.stringify({...mail, attachments: mail.attachments.map(a => ({
            name: a.filename, type: a.mimeType, bytes: Buffer.from(a.content).toString('base64')}))}));
    """
    return [node, "--input-type=module", "-e", parse, "--", modules]


@pytest.mark.parametrize("language", LIBRARY.language_ids)
def test_mail_is_read_the_same_by_a_stranger(tmp_path, language):
    """postal-mime, which we did not write, finds the same addresses, subject, text and file."""
    command = mail_parser()
    case = LIBRARY.case("mustafayev")
    to = addressee(LIBRARY, case, "embassy", "GB")
    ana = Signer(name="Zoë “Ana” Прим; Smith, & Söhne", email="ana@example.org", country="GB")
    letter = prepared(LIBRARY, case, to, language, "formal").letter(sender_of(ana), DAY)
    plain, attached = (render(letter, "eml", attachment=name) for name in (None, "letter.docx"))
    for content in (plain, attached):
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
        lines = [line for line in content.split(b"\r\n") if not line.startswith(b"Content-Type: application/")]
        assert max(map(len, lines)) <= 78
        content.decode("ascii")
        file = tmp_path / "draft.eml"
        file.write_bytes(content)
        mail = json.loads(subprocess.run([*command, file], check=True, capture_output=True, encoding="utf-8").stdout)
        assert [address["address"] for address in mail["to"]] == [to.target.email]
        assert (mail["from"]["address"], mail["from"]["name"]) == ("ana@example.org", ana.name)
        assert mail["subject"] == letter.subject
        assert "date" not in mail
        assert "messageId" not in mail
        sent = render(letter, "txt").decode().replace(f"{letter.subject_line}\n\n", "")
        for once in (letter.labels.sender, letter.signatory or ""):
            sent = sent.replace(once, "", int("sender" in letter.layout.top))
        assert sorted(words(mail["text"])) == sorted(words(sent))
    assert [(item["name"], item["type"]) for item in mail["attachments"]] == [
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    ]
