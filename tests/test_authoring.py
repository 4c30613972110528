"""New cases and targets, and the schemas by which editors help with them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import folders
from jsonschema import Draft202012Validator

from appealgen import Library, schemas
from appealgen.authoring import _skeleton
from appealgen.errors import InputError
from appealgen.schema import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appealgen.errors import Problem

ROOT = Path(__file__).parent.parent
PROBLEM = re.compile(r"(?P<file>[^:\n]+):(?P<line>\d+): (?P<key>[^:\n]+): (?P<message>.+)")
# What a person writes where the skeletons stand empty, by key or by the end of it.
FILLED_IN = {
    "title": "Alex Example",
    "pronouns": "they",
    "country": "ZZ",
    "status": "active",
    "facts_as_of": "2026-10",
    "checked_on": "2026-11-20",
    "family_consent": "unknown",
    "office-1.target": "my-minister",
    "fact-1.date": "2026-09-01",
    "fact-1.paragraph": "arrest",
    "source-1.title": "A report made up for this test",
    "source-1.url": "https://example.org/report",
    "source-1.date": "2026-10-15",
    "name.nominative": "Alex Example",
    "name_source": "made up for this test",
    "subject": '"Alex Example: request for release"',
    "who": "Alex Example is a librarian in Exampletown.",
    "facts.fact-1": "On 1 September 2026 Alex Example was arrested after a reading in the town library.",
    "concern": "Reading in public is protected by Article 19 of the Universal Declaration of Human Rights.",
    "hardship": "The family lives two days’ journey away.",
    "asks.ask-1": "see to it that Alex Example is released immediately and unconditionally",
    "role": "minister",
    "languages": "[en]",
    "office.en": "Minister of Justice of Exampleland",
    "address": "[Ministry of Justice, 1 Example Square]",
    "verified_on": "2026-11-20",
    "source": "made up for this test, 2026",
}


def fill_in(path: Path, line: int, key: str) -> None:
    """Put a value in the line that a problem named."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    last = key.rpartition(".")[2]
    found = re.fullmatch(rf"( *{re.escape(last)}:)(?: \[\])?( *(?:#.*)?\n)", lines[line - 1])
    assert found, f"{path.name}:{line} is not the line of {key}: {lines[line - 1]}"
    value = next(value for name, value in FILLED_IN.items() if f".{key}".endswith(f".{name}"))
    lines[line - 1] = f"{found[1]} {value}{found[2]}"
    path.write_text("".join(lines), encoding="utf-8")


def left(group: Path) -> list[Problem]:
    """Return what check says of the new files, without composing every letter of what ships."""
    library = Library(group)
    found = [problem for problems in library.targets.faults.values() for problem in problems]
    try:
        library.case("my-case")
    except InputError as error:
        found += error.problems
    return found


@pytest.mark.parametrize("starter", [False, True], ids=["empty folder", "after init"])
def test_check_guides_to_completion(run, tmp_path, starter):
    """Filling in what check names first, one after the other, ends in a case that is well; every line is named once."""
    if starter:
        run("init", ".")
    assert run("new", "case", "my-case").status == 0
    assert run("new", "target", "my-minister").status == 0
    named = left(tmp_path)
    said = run("check").text.splitlines()
    assert said == [str(problem) for problem in named]
    assert len(named) == len(FILLED_IN) + 1  # a case and a target have a country each
    while named:
        first = named.pop(0)
        assert first.message in ("is empty", "is an empty list")
        assert first.line
        fill_in(tmp_path / first.source, first.line, first.key)
        assert left(tmp_path) == named
    result = run("check")
    assert (result.status, result.text) == (0, "")
    assert "all is well" in result.err
    letter = run("write", "--case", "my-case", "--target", "office-1", "--format", "txt", "--output", "-")
    assert letter.status == 0, letter.err
    assert "Minister of Justice of Exampleland" in letter.text


def test_editors_name_what_check_names(run, tmp_path):
    """The same values, by the schema that each file points at."""
    run("new", "case", "my-case", "--language", "ru")
    run("new", "target", "my-minister")
    said: dict[str, set[str]] = {}
    for line in run("check").text.splitlines():
        problem = PROBLEM.fullmatch(line)
        assert problem, line
        said.setdefault(problem["file"], set()).add(problem["key"])
    assert {"name.nominative", "name.genitive"} <= said["cases/my-case/ru.yaml"]
    assert set(said) == {"targets.yaml", "cases/my-case/case.yaml", "cases/my-case/ru.yaml"}
    for name, keys in said.items():
        path = tmp_path / name
        pointer = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        schema = json.loads((path.parent / pointer).read_text(encoding="utf-8"))
        value = as_json(yaml.compose(path.read_text(encoding="utf-8")), core)
        found = {deepest(error) for error in Draft202012Validator(schema).iter_errors(value)}
        assert found == keys


def deepest(error: Any) -> str:
    """Return the key that an error is about; of two ways to write a value, that of the way that was meant."""
    return ".".join(map(str, error.absolute_path)) if not error.context else deepest(error.context[-1])


def test_new_prints_what_it_wrote_and_shares_the_schemas(run, tmp_path):
    """The schemas are written once; an outdated one is written again."""
    paths = "cases/one/case.yaml\ncases/one/en.yaml\n.appealgen/case.schema.json\n.appealgen/words.schema.json\n"
    result = run("new", "case", "one")
    assert result.text == paths
    assert result.err == "next: fill in what is empty; appealgen check says what is left\n"
    assert all((tmp_path / path).is_file() for path in paths.split())
    assert run("new", "case", "two", "-q").text == "cases/two/case.yaml\ncases/two/en.yaml\n"
    (tmp_path / ".appealgen" / "case.schema.json").write_text("{}", encoding="utf-8")
    assert ".appealgen/case.schema.json" in run("new", "case", "three").text


def test_new_writes_into_the_group(run, tmp_path):
    """And says how to check it."""
    run("init", "my-group")
    result = run("new", "case", "my-case", "--group", "my-group", "--language", "de")
    assert result.text.startswith("my-group/cases/my-case/case.yaml\nmy-group/cases/my-case/de.yaml\n")
    assert "appealgen check --group my-group" in result.err
    assert not (tmp_path / "cases").exists()


BOOK = "# The group’s own.\nmuseum: {role: minister}   # known since 2020\n"


@pytest.mark.parametrize(
    "present",
    [
        BOOK,
        BOOK.rstrip("\n"),
        BOOK.replace("\n", "\r\n"),
        "\ufeff" + BOOK,
        "---\n" + BOOK,
        BOOK + "archive:\n  note: |+\n    kept\n\n",
        "# Nothing yet.\n",
    ],
    ids=["plain", "no end of line", "CRLF", "byte order mark", "document start", "block scalar", "comments only"],
)
def test_a_target_is_added_and_everything_kept(run, tmp_path, present):
    """Byte for byte, with its line ends and permissions; the entry can be found."""
    path = tmp_path / "targets.yaml"
    path.write_bytes(present.encode())
    path.chmod(0o640)
    result = run("new", "target", "my-minister")
    assert result.status == 0, result.err
    assert "note: editors complete targets.yaml once this is its first line: # yaml-language-server" in result.err
    content = path.read_bytes()
    assert content.startswith(present.encode())
    assert ("\r\n" in present) == (b"\r\n" in content)
    assert content.count(b"\r\n") in (0, content.count(b"\n"))
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(yaml.safe_load(content.decode("utf-8-sig")))[-1] == "my-minister"
    assert run("new", "target", "another").status == 0
    assert path.read_bytes().startswith(content)


def test_a_link_stays_a_link(run, tmp_path):
    """An address book that lies elsewhere is added to there."""
    (tmp_path / "shared.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "targets.yaml").symlink_to("shared.yaml")
    assert run("new", "target", "my-minister").status == 0
    assert (tmp_path / "targets.yaml").is_symlink()
    assert "my-minister:" in (tmp_path / "shared.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["case", "here"], 1, "cases/here/case.yaml: is there already: choose another id"),
        (["case", "words-only"], 1, "cases/words-only/fr.yaml: is there already"),
        (["case", "mustafayev"], 1, "mustafayev: a case of this id ships"),
        (["target", "museum"], 1, "targets.yaml:2: museum: is there already: choose another id, or change that entry"),
        (["target", "ru-president"], 1, "ru-president: an entry of this id ships"),
        (["target", "all"], 2, '"all" means every target'),
        (["case", "Мустафаев"], 2, '"Мустафаев" is not an id (small letters, digits and hyphens)'),
        (["case", "../elsewhere"], 2, "is not an id"),
        (["case", "-q", "a--b"], 2, "is not an id"),
        (["target", "My Minister"], 2, "is not an id"),
        (["case", "a" * 61], 2, "an id has 60 at most"),
        (["case", "my-case", "--language", "xx"], 2, '--language: there is no language "xx": there are ar,'),
        (["target", "my-minister", "--language", "en"], 2, "--language: is for a case"),
        (["letter", "x"], 2, "'letter' is not one of 'case', 'target'"),
        (["case", "x", "--group", "nowhere"], 2, '--group: there is no folder "nowhere"'),
    ],
)
def test_what_is_refused(run, tmp_path, args, status, says):
    """Nothing is replaced and nothing is written."""
    for name in ("here/case", "words-only/fr"):
        (tmp_path / "cases" / name).parent.mkdir(parents=True)
        (tmp_path / "cases" / f"{name}.yaml").write_text("title: x\n", encoding="utf-8")
    (tmp_path / "targets.yaml").write_text(BOOK, encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = run("new", *args)
    assert (result.status, result.out) == (status, b"")
    assert says in result.err
    assert "Traceback" not in result.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{museum: {role: minister}}\n", "targets.yaml: nothing can be added at its end"),
        (b"  museum: {role: minister}\n", "targets.yaml: nothing can be added at its end"),
        (b"museum: {role: minister}\n...\n", "targets.yaml: nothing can be added at its end"),
        (b"- museum\n", "targets.yaml:1: must be keys with values, not a list"),
        (b"museum: [\n", "targets.yaml:2: is not YAML"),
        (b"museum: {office: {en: Mus\xe9e}}\n", "targets.yaml:1: is not UTF-8"),
        (b"a: {}\na: {}\n", "targets.yaml:2: a: stands twice"),
    ],
)
def test_an_address_book_that_cannot_be_added_to(run, tmp_path, content, says):
    """It is kept, and the message says why."""
    (tmp_path / "targets.yaml").write_bytes(content)
    result = run("new", "target", "my-minister")
    assert result.status == 1
    assert says in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["targets.yaml"]
    assert (tmp_path / "targets.yaml").read_bytes() == content


@pytest.mark.parametrize("kind", ["case", "words", "target"])
def test_a_skeleton_has_every_key(kind):
    """Those that are required, and as a comment those that need not be there."""
    text = _skeleton(kind)

    def names(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            yield from schema.get("properties", ())
            for part in schema.values():
                yield from names(part)
        elif isinstance(schema, list):
            for part in schema:
                yield from names(part)

    wanted = set(names(schemas.schema(kind)))
    assert len(wanted) > 8
    assert not {name for name in wanted if not re.search(rf"(?m)(^|[ {{])#? *{name}:", text)}


# How three kinds of parsers read a scalar.


def as_text(node: yaml.ScalarNode) -> Any:
    """As we do: everything is a text."""
    return node.value


def typed(node: yaml.ScalarNode) -> Any:
    """As YAML 1.1 has it, and Python: ``no`` is false, ``012`` is ten."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value  # JSON has no dates: a text, as written
    return yaml.constructor.SafeConstructor().construct_object(node)


def core(node: yaml.ScalarNode) -> Any:
    """As YAML 1.2 has it, and editors: ``no`` is a text, ``012`` is twelve."""
    if node.style is not None:
        return node.value
    for pattern, value in (
        (r"null|Null|NULL|~|", lambda _: None),
        (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
        (r"[-+]?[0-9]+", int),
        (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    ):
        if re.fullmatch(pattern, node.value):
            return value(node.value)
    return node.value


def as_json(node: yaml.Node | None, scalar: Callable[[yaml.ScalarNode], Any]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {name.value: as_json(child, scalar) for name, child in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [as_json(child, scalar) for child in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return scalar(node)


def kind_of(path: Path) -> str | None:
    by_name = {Path(kind.place).name: name for name, kind in schemas.KINDS.items()}
    if path.name in by_name:
        return by_name[path.name]
    return "words" if path.parent.parent.name == "cases" else None


def yaml_files() -> list[Path]:
    places = (ROOT / "cases", ROOT / "templates", ROOT / "appealgen" / "starter", ROOT / "tests" / "golden")
    found = [*ROOT.glob("*.yaml"), *(path for place in places for path in place.rglob("*.yaml"))]
    return sorted(path for path in found if kind_of(path))


def errors(path: Path, scalar: Callable[[yaml.ScalarNode], Any]) -> list[str]:
    kind = kind_of(path)
    assert kind
    node = yaml.compose(path.read_text(encoding="utf-8-sig"))
    found = Draft202012Validator(schemas.schema(kind)).iter_errors(as_json(node, scalar))
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("kind", list(schemas.KINDS))
def test_schema_is_one(kind, run):
    """By the draft's own schema; and the command prints it."""
    printed = json.loads(run("schema", kind).text)
    assert printed == schemas.schema(kind)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(printed)


@pytest.mark.parametrize("scalar", [as_text, typed, core])
@pytest.mark.parametrize("path", yaml_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_well_validate(path, scalar):
    """However a parser reads their scalars."""
    assert errors(path, scalar) == []


BROKEN = {
    "wrong-types/cases/example/case.yaml": ("$.country", "$.status", "$.facts_as_of", "$.checked_on"),
    "unknown-key/targets.yaml": ("$.museum: Additional properties are not allowed ('langauges' was",),
    "language-missing-keys/templates/xx/language.yaml": ("'forms_of_address' is a required property",),
    "target-rules/targets.yaml": ("$.museum.phone",),
    "line-break-in-line/targets.yaml": ("$.archive.address[0]", "$.archive.address[2]"),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_broken_files_do_not_validate(name):
    """And the error says where."""
    for scalar in (as_text, core):
        found = "\n".join(errors(ROOT / "tests" / "bad" / name, scalar))
        assert all(part in found for part in BROKEN[name]), found


@pytest.mark.parametrize("folder", folders("bad"), ids=lambda path: path.name)
def test_a_schema_is_never_stricter_than_check(folder):
    """What the shapes accept, the schema made of them accepts too."""
    for path in folder.rglob("*.yaml"):
        kind = kind_of(path)
        if kind is None:
            continue
        try:
            _, reader = read_yaml(path, path.name, schemas.KINDS[kind].shape)
        except InputError:
            continue
        if not reader.problems:
            assert [error for scalar in (as_text, typed, core) for error in errors(path, scalar)] == []


@pytest.mark.parametrize(
    ("key", "value", "well"),
    [
        ("born", 1986, True),
        ("born", "1986-05", True),
        ("born", "1986-13", False),
        ("born", "unknown", False),
        ("born", True, False),
        ("born", 12, False),
        ("facts_as_of", "unknown", True),
        ("checked_on", "2026-11", False),
        ("checked_on", 2026, False),
        ("country", False, True),  # NO, as YAML 1.1 reads it
        ("country", "ru", False),
        ("country", 12, False),
        ("family_consent", False, True),
        ("family_consent", "maybe", False),
        ("status", True, False),
        ("title", 1984, True),
        ("title", None, False),
        ("title", "", False),
        ("title", "two\nlines", False),
        ("title", " space", False),
        ("outcome", "a\n\nb", False),
        ("outcome", "a\nb\n", True),
        ("spellings", [], True),
        ("spellings", "x", False),
    ],
)
def test_what_a_parser_makes_of_a_scalar(key, value, well):
    """Texts, and the numbers and booleans that our texts look like to others."""
    schema = schemas.schema("case")["properties"][key]
    assert Draft202012Validator(schema).is_valid(value) == well


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_patterns_are_javascript_too():
    """Editors compile them with the flag u, which is strict about backslashes."""

    def patterns(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            yield from schema.get("patternProperties", ())
            if isinstance(schema.get("pattern"), str):
                yield schema["pattern"]
            for part in schema.values():
                yield from patterns(part)
        elif isinstance(schema, list):
            for part in schema:
                yield from patterns(part)

    found = sorted({pattern for kind in schemas.KINDS for pattern in patterns(schemas.schema(kind))})
    assert len(found) > 10
    code = 'JSON.parse(require("fs").readFileSync(0, "utf8")).forEach((pattern) => new RegExp(pattern, "u"))'
    subprocess.run(["node", "-e", code], input=json.dumps(found), encoding="utf-8", check=True)


def test_a_half_written_entry_stops_only_itself(run):
    """Letters to others are written and lists show the rest, until somebody asks for what is not ready."""
    run("init", ".")
    run("new", "target", "my-minister")
    run("new", "case", "my-case")
    assert run("write", "--case", "example", "--target", "minister", "-q").status == 0
    for what, there, name in (("cases", "example", "my-case"), ("targets", "example-minister", "my-minister")):
        listed = run("list", what)
        assert listed.status == 0
        assert f"{there} " in listed.text
        assert f"{name} " not in listed.text
        assert f"{name}: not listed: " in listed.err
    refused = run("write", "--case", "example", "--target", "my-minister")
    assert refused.status == 1
    assert "my-minister.role: is empty" in refused.err
    assert "example" not in refused.err


def test_a_half_written_entry_of_the_group_hides_the_one_that_ships(run, tmp_path):
    """Whoever began to write their own does not get letters with the other's address."""
    (tmp_path / "targets.yaml").write_text("ru-prosecutor-general: {role: prosecutor-general}\n", encoding="utf-8")
    refused = run("write", "--case", "mustafayev", "--target", "prosecutor")
    assert refused.status == 1
    assert run("write", "--case", "mustafayev", "--target", "embassy").status == 0
    assert "ru-prosecutor-general.source: is missing" in refused.err
