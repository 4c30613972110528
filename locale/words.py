"""The catalogues of the program's own words: find the messages in the sources, bring the translations up to date.

    python locale/words.py            update every .po file here from the sources, compile it, say what is left to do
    python locale/words.py --check    change nothing; exit with 1 if anything is left to do

Each ``<language>.po`` is edited by hand or with any gettext editor. The build compiles them too (``hatch_build.py``).
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import sys
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
SOURCES = HERE.parent / "appealgen"
#: Calls that mark a message, and how many of its first arguments are texts of it.
MARKS = {"_": 1, "N_": 1, "_n": 2, "_p": 2}
#: What Click calls the words that it shows.
SHOWN = frozenset({"help", "short_help"})
#: Click's own words that the program shows; Click looks them up in the same catalogue.
CLICK = HERE / "click.txt"


def found(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None, int]]:
    """Yield message, or singular and plural, with context or None, and line of each message in a file of ours."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in MARKS:
                yield from _called(node, name, path)
            else:
                for keyword in node.keywords:
                    # An option's help is looked up where it is shown.
                    if keyword.arg in SHOWN and isinstance(keyword.value, ast.Constant):
                        yield keyword.value.value, None, keyword.value.lineno
        elif isinstance(node, ast.FunctionDef) and path.parent.name == "cli" and _is_command(node):
            for text in messages(inspect.cleandoc(ast.get_docstring(node, clean=False) or "")):
                yield text, None, node.lineno


def _called(node: ast.Call, name: str, path: Path) -> Iterator[tuple[str | tuple[str, str], str | None, int]]:
    texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args[: MARKS[name]]]
    if name == "_" and not isinstance(node.args[0], ast.Constant):
        if isinstance(node.args[0], ast.JoinedStr):
            raise SystemExit(
                f"{path}:{node.lineno}: a message is a plain text, with the values after it: not an f-string"
            )
        return  # a constant marked elsewhere
    if not all(isinstance(text, str) and text for text in texts):
        raise SystemExit(f"{path}:{node.lineno}: a message must stand where it is marked")
    first, *rest = [str(text) for text in texts]
    if name == "_n":
        yield (first, rest[0]), None, node.lineno
    elif name == "_p":
        yield rest[0], first, node.lineno
    else:
        yield first, None, node.lineno


def _is_command(node: ast.FunctionDef) -> bool:
    called = [one.func if isinstance(one, ast.Call) else one for one in node.decorator_list]
    return any(isinstance(one, ast.Attribute) and one.attr in ("command", "group") for one in called)


def messages(text: str) -> Iterator[str]:
    """Yield the messages of a command's help, cut as `appealgen.cli.helping` does."""
    sys.path.insert(0, str(SOURCES.parent))
    from appealgen.cli import helping

    sys.path.pop(0)
    return helping.messages(text)


def template() -> Catalog:
    """Return a catalogue of all messages, without translations."""
    catalog = Catalog(project="appealgen", charset="utf-8")
    for path in sorted(SOURCES.rglob("*.py")):
        where = path.relative_to(SOURCES.parent).as_posix()
        for message, context, _line in sorted(found(path), key=lambda one: one[2]):
            # Without the line: it changes too often to be read in a comparison.
            catalog.add(message, locations=[(where, 0)], context=context)
    for line in CLICK.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            texts = [text.replace("\\n", "\n").replace("\\t", "\t") for text in line.split(" | ")]
            catalog.add(tuple(texts) if len(texts) == 2 else texts[0], locations=[("click", 0)])
    return catalog


def updated(path: Path, sources: Catalog) -> tuple[Catalog, str]:
    """Return the catalogue at *path* as it is with the messages of *sources*, and its text."""
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=path.stem, domain="appealgen")
    catalog.update(sources, no_fuzzy_matching=False, update_header_comment=False)
    catalog.obsolete.clear()
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, include_lineno=False, ignore_obsolete=True, sort_by_file=False)
    text = stream.getvalue().decode()
    # When somebody ran this, and with which Babel, is nobody's business.
    text = re.sub(r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|'
                  r'Language-Team|Project-Id-Version):.*\n', "", text, flags=re.MULTILINE)  # fmt: skip
    return catalog, text


def left_to_do(catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue: missing, fuzzy, without a form, or with other placeholders."""
    for message in catalog:
        if not message.id:
            continue
        yield from (f"{shortened(message)}: {fault}" for fault in faults(message, catalog.num_plurals))


def faults(message: Message, forms: int) -> Iterator[str]:
    """Yield what is wrong with one message, of which there must be that many plural *forms*."""
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    if not any(said):
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is fuzzy: its English has changed; read it again and take the mark out"
    if isinstance(message.id, tuple) and (len(said) != forms or not all(said)):
        yield f"must have {forms} plural forms"
        return
    wanted = set(placeholders(sources[-1]))
    of_one = [wanted, set(placeholders(sources[0]))]
    if len(sources) == 2:
        of_one.append(wanted - {"count"})  # "one letter" need not say the number
    for index, text in enumerate(said):
        names = set(placeholders(text))
        if names not in (of_one if index == 0 else [wanted]):
            yield f"has the placeholders {sorted(names)}, not {sorted(wanted)}"
        edges = [re.match(r"\s*", source)[0] + re.search(r"\s*$", source)[0] for source in (sources[-1], text)]
        if edges[0] != edges[1]:
            yield "begins or ends with other spaces or line ends"


def placeholders(text: str) -> Iterable[str]:
    """Return what stands in braces in *text*, as it is to be formatted."""
    try:
        return [f"{name}{'!' + how if how else ''}{':' + form if form else ''}"
                for _, name, form, how in Formatter().parse(text) if name is not None]  # fmt: skip
    except ValueError:
        return ["braces that do not close"] if "{" in text else []


def shortened(message: Message) -> str:
    """Return the beginning of a message, to find it by."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f'"{text[:70]}{"..." if len(text) > 70 else ""}"'


def compile_all(folder: Path = SOURCES / "locale") -> None:
    """Write ``<folder>/<language>/LC_MESSAGES/appealgen.mo`` for each catalogue."""
    for path in sorted(HERE.glob("*.po")):
        target = folder / path.stem / "LC_MESSAGES" / "appealgen.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as read, target.open("wb") as written:
            write_mo(written, read_po(read, locale=path.stem))


def main() -> int:
    """Bring the files up to date, or check them; return the exit status."""
    check = "--check" in sys.argv[1:]
    sources = template()
    count = 0
    for path in sorted(HERE.glob("*.po")):
        before = path.read_text(encoding="utf-8")
        catalog, text = updated(path, sources)
        faults = list(left_to_do(catalog))
        if check and text != before:
            faults.insert(0, "is not up to date with the sources: run python locale/words.py")
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
        for fault in faults:
            sys.stdout.write(f"{path.name}: {fault}\n")
        count += len(faults)
    if not check:
        compile_all()
    total = len(list(sources)) - 1
    sys.stdout.write(f"{total} messages, {count} things left to do\n")
    return min(count, 1)


if __name__ == "__main__":
    sys.exit(main())
