"""Templates: Jinja2 in a sandbox, strict about names. The only room that imports jinja2."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import meta, nodes
from jinja2.exceptions import SecurityError

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.characters import fault_in_text
from appealgen.errors import InputError, Problem, nearest
from appealgen.letter import LINE_BREAK_MARK, VALUE_MARK, Block, read_blocks
from appealgen.sandbox import LONGEST, Sandbox, begin, plain, spend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What a template may name, and what it finds there.
VARIABLES = {
    "name": "the person's name by form: {{ name.genitive }}",
    "who": "who the person is",
    "paragraphs": "the facts, a list of paragraphs",
    "concern": "why this is wrong",
    "hardship": "what it does to people",
    "asks": "the asks, a list",
    "message": "the signer's own paragraphs, a list that may be empty",
    "reply": "whether the signer can be answered",
    "plural": "whether several people sign",
    "pass_on": "whether to ask an ambassador to pass the letter on",
    "target": "target.role, target.country",
    "signer": "signer.town, signer.country (None where not known)",
}


@jinja2.pass_context
def _value(_context: object, value: Any) -> Any:
    """Mark what is printed, so that no character of a value is read as structure."""
    if not isinstance(value, str):
        return plain(value)
    spend(len(value))
    return VALUE_MARK + value.replace("\r\n", "\n").replace("\n", LINE_BREAK_MARK) + VALUE_MARK


class _Missing(jinja2.StrictUndefined):
    """Says what a template asked for in words that help whoever wrote it."""

    @property
    def _undefined_message(self) -> str:
        return _('there is no "{name}" here', name=self._undefined_name)


_ENVIRONMENT = Sandbox(undefined=_Missing, trim_blocks=True, lstrip_blocks=True, finalize=_value)
# What a template can do, other than the errors of Jinja.
_FAILURES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class LineTemplate:
    """A compiled text of one line, such as a file name, and the *names* that it uses."""

    source: str
    names: frozenset[str]
    _compiled: jinja2.Template

    def render(self, values: Mapping[str, Any]) -> str:
        """Fill *values* in.

        Raises:
            InputError: if that cannot be done.
        """
        try:
            begin()
            text = self._compiled.render(values)
        except (jinja2.TemplateError, *_FAILURES) as error:
            raise InputError([Problem(self.source, _("cannot be carried out ({error})", error=error))]) from error
        return text.replace(VALUE_MARK, "").replace(LINE_BREAK_MARK, " ")


def compile_line(text: str, source: str, variables: Iterable[str]) -> LineTemplate:
    """Compile a *text* of one line that may use *variables*.

    Raises:
        InputError: for a syntax error or a variable that does not exist.
    """
    known = tuple(variables)
    tree, compiled = _compiled(text, source)
    names = frozenset(node.name for node in tree.find_all(nodes.Name))
    if unknown := sorted(names.difference(known)):
        hint = nearest(unknown[0], known) or _("there are {names}", names=catalogue.listed(known))
        raise InputError([Problem(source, _('there is no variable "{name}"', name=unknown[0]), hint)])
    return LineTemplate(source, names, compiled)


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template.

    *name_forms* are the forms of the person's name that it asks for, each with its line; *names_signer* tells
    whether it asks where the signer lives.
    """

    text: str
    source: str
    name_forms: Mapping[str, int]
    names_signer: bool
    _compiled: jinja2.Template

    def with_words(self, replace: Mapping[str, str]) -> Template:
        """Return the template with words replaced, as a region's habits have it."""
        return compile_template(replaced(self.text, replace), self.source) if replace else self

    def body(self, values: Mapping[str, Any]) -> tuple[Block, ...]:
        """Render with *values*, a value for each of `VARIABLES`.

        Raises:
            InputError: if the template names what does not exist or tries to leave its sandbox.
        """
        try:
            begin()
            text = self._compiled.render(values)
        except SecurityError as error:
            hint = _("a template only prints and chooses words")
            raise self._failed(error, _("tries to leave its sandbox ({error})", error=error), hint) from error
        except jinja2.UndefinedError as error:
            raise self._failed(error, str(error), _("docs/data.md lists what a template may name")) from error
        except jinja2.TemplateError as error:
            raise self._failed(error, str(error), "") from error
        except RecursionError as error:
            raise self._failed(error, _("calls itself without end"), "") from error
        except _FAILURES as error:
            raise self._failed(error, _("cannot be carried out ({error})", error=error), "") from error
        if len(text) > LONGEST:
            message = _("makes a text of more than {limit} characters", limit=LONGEST)
            raise InputError([Problem(self.source, message, _("nobody reads a letter of that length"))])
        return read_blocks(text)

    def _failed(self, error: BaseException, message: str, hint: str) -> InputError:
        lines = []
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                lines.append(trace.tb_lineno)
            trace = trace.tb_next
        # Where something calls itself, the last frame is wherever the stack ended.
        line = Counter(lines).most_common(1)[0][0] if isinstance(error, RecursionError) and lines else None
        return InputError([Problem(self.source, message, hint, line or (lines[-1] if lines else None))])


def replaced(text: str, replace: Mapping[str, str]) -> str:
    """Return *text* with each key of *replace* replaced by its value, in their order.

    Raises:
        InputError: if that makes it longer than a letter can be: each replaces what the one before has put there.
    """
    for old, new in replace.items():
        if len(new) > len(old) and len(text) + text.count(old) * len(new) > LONGEST:
            message = _(
                '"{text}" under `replace` makes a text of more than {limit} characters', text=old, limit=LONGEST
            )
            raise InputError([Problem("language.yaml", message, _("take it out"))])
        text = text.replace(old, new)
    return text


@lru_cache(maxsize=64)
def compile_template(text: str, source: str) -> Template:
    """Compile the *text* of a template, whose file is shown as *source*.

    Raises:
        InputError: for a syntax error, a variable that does not exist, or an attempt to use another file.
    """
    tree, compiled = _compiled(text, source)
    problems = [
        Problem(source, _('there is no variable "{name}"', name=name), nearest(name, VARIABLES) or _known(), line)
        for name, line in _undeclared(tree)
    ]
    problems += [
        Problem(source, _("uses another file"), _("a template stands alone"), node.lineno)
        for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends))
    ]
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.line or 0))
    forms: dict[str, int] = {}
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == "name":
            forms.setdefault(attribute.attr, attribute.lineno)
    names_signer = any(node.name == "signer" for node in tree.find_all(nodes.Name))
    return Template(text, source, forms, names_signer, compiled)


def _compiled(text: str, source: str) -> tuple[nodes.Template, jinja2.Template]:
    """Return *text*, shown as *source*, as what it says and as what can be carried out."""
    if len(text) > LONGEST:
        message = _("is longer than {limit} characters", limit=LONGEST)
        raise InputError([Problem(source, message, _("is it the right file?"))])
    for line, part in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if fault := fault_in_text(part):
            raise InputError([Problem(source, fault, _("take it out"), line)])
    try:
        tree = _ENVIRONMENT.parse(text)
        for constant in tree.find_all(nodes.Const):
            if isinstance(constant.value, str) and (fault := fault_in_text(constant.value)):
                raise InputError([Problem(source, fault, _("take it out"), constant.lineno)])
        # What is reported on is what was written, not what counts its cost.
        return tree, _ENVIRONMENT.from_string(_ENVIRONMENT.bounded(_ENVIRONMENT.parse(text)))
    except jinja2.TemplateSyntaxError as error:
        message = _("is not a template ({error})", error=error.message)
        raise InputError([Problem(source, message, _("mend the braces or the tag there"), error.lineno)]) from error
    except (RecursionError, SyntaxError, MemoryError) as error:
        hint = _("a template only prints and chooses words")
        raise InputError([Problem(source, _("is nested too deeply"), hint)]) from error
    except (ValueError, OverflowError) as error:
        raise InputError([Problem(source, _("is not a template ({error})", error=error))]) from error


def _known() -> str:
    return _("there are {names}", names=catalogue.listed(VARIABLES))


def _undeclared(tree: nodes.Template) -> list[tuple[str, int]]:
    missing = meta.find_undeclared_variables(tree) - set(VARIABLES)
    first: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        if node.name in missing:
            first.setdefault(node.name, node.lineno)
    return list(first.items())
