"""A template's sandbox: it reaches nothing, and does no more than a letter needs.

Whatever a template does costs something of a budget that each text has: a turn of a loop, a call of a macro, every
character that it makes or looks through. So the same template stops at the same place on every machine; there is no
clock in it.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from appealgen.catalogue import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

#: What one text may cost. A letter costs some ten thousand.
BUDGET = 1_000_000
#: Characters of a template, and of what it may make.
LONGEST = 100_000
_LARGEST_NUMBER = 1_000_000_000
_NUMBERS = (int, float)
_METHODS = frozenset(("upper", "lower", "capitalize", "title", "casefold", "strip", "lstrip", "rstrip", "startswith",
                      "endswith", "removeprefix", "removesuffix", "split", "get", "items", "keys", "values", "cycle",
                      "changed"))  # fmt: skip
# What only chooses and prints words. The rest makes padding, markup, or another text each time.
_ALLOWED = ("abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "int", "items", "last",
            "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr",
            "sort", "string", "title", "trim", "truncate", "unique", "upper", "wordcount")  # fmt: skip
_TESTS_LEFT_OUT = frozenset(("filter", "test", "callable", "escaped"))
# Names that no template can write.
_COUNTED, _ENTERED, _SIZED, _JOINED = " counted", " entered", " sized", " joined"


_NO_TEXT = {
    "bool": N_("prints yes or no where a text is meant"),
    "list": N_("prints a list where a text is meant"),
    "": N_("prints something where a text is meant"),
}


class TooMuchError(TemplateRuntimeError):
    """A template does more than a letter can need."""

    def __init__(self) -> None:
        super().__init__(_("does more than a letter needs: it repeats without end, or makes too long a text"))


class _Left(threading.local):
    """What is left of the budget of the text at hand."""

    cost = 0


_left = _Left()


def begin() -> None:
    """Begin a text: it has the whole budget."""
    _left.cost = BUDGET


def spend(cost: int) -> None:
    """Take *cost* from what is left.

    Raises:
        TooMuchError: if that is less.
    """
    _left.cost -= cost
    if _left.cost < 0:
        raise TooMuchError


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | dict) else 1


def plain(value: Any) -> Any:
    """Return what a template prints of a *value* that is no text.

    Raises:
        TemplateRuntimeError: for what nobody means to print, such as a list.
    """
    if value is None:
        return ""
    if isinstance(value, _NUMBERS) and not isinstance(value, bool):
        return value
    if isinstance(value, Undefined):
        return str(value)  # says what is missing; of a condition without an else it is nothing
    kind = "bool" if isinstance(value, bool) else "list" if isinstance(value, list | tuple | dict) else ""
    raise TemplateRuntimeError(_(_NO_TEXT[kind]))


@pass_context
def _counted(_context: Any, value: Iterable[Any], weight: int) -> list[Any]:
    """Return what a loop goes through, each turn paid for."""
    items = list(itertools.islice(value, _left.cost // weight + 1))
    spend(len(items) * weight)
    return items


@pass_context
def _entered(_context: Any, weight: int) -> int:
    """Pay for a call of a macro."""
    spend(weight)
    return weight


@pass_context
def _sized(_context: Any, value: Any) -> Any:
    """Pay for a value by its size."""
    spend(_size(value))
    return value


@pass_context
def _joined(_context: Any, values: list[Any]) -> str:
    """Join texts, as ``~`` does."""
    texts = [str(value) for value in values]
    spend(sum(map(len, texts)) + 1)
    return "".join(texts)


def _join(values: Iterable[Any], between: str = "") -> str:
    texts = [str(value) for value in values]
    spend(sum(map(len, texts)) + len(texts) * (len(between) + 1))
    return between.join(texts)


def _replace(text: str, old: str, new: str) -> str:
    text = str(text)
    spend(len(text) + text.count(old) * len(new) + 1)
    return text.replace(old, new)


def _paid(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter whose text, wherever it stands among the arguments, and whose result are paid for."""

    @functools.wraps(function)
    def paid(*args: Any, **kwargs: Any) -> Any:
        spend(sum(map(_size, args[:3])))
        result = function(*args, **kwargs)
        if isinstance(result, Iterator):
            return _counted(None, result, 1)
        spend(_size(result))
        return result

    return paid


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment without loader and globals, so that a template reaches neither files nor functions."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self, **options: Any) -> None:
        # Nothing is worked out while a template is read: it would not be paid for.
        super().__init__(autoescape=False, optimized=False, **options)
        self.globals.clear()
        self.filters = {name: _paid(FILTERS[name]) for name in _ALLOWED}
        self.filters |= {"join": _join, "replace": _replace}
        self.filters |= {_COUNTED: _counted, _ENTERED: _entered, _SIZED: _sized, _JOINED: _joined}
        self.tests = {name: test for name, test in TESTS.items() if name not in _TESTS_LEFT_OUT}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers; add texts or lists."""
        numbers = isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS)
        if operator == "+" and not numbers:
            spend(_size(left) + _size(right))
        elif not numbers or operator == "**" or max(abs(left), abs(right)) > _LARGEST_NUMBER:
            str(left), str(right)  # says what is missing
            raise SecurityError(_('"{operator}" is only for small numbers', operator=operator))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063  as in the base
        """Call a macro, or a method that only looks at a text or a list."""
        owner, name = getattr(__obj, "__self__", None), getattr(__obj, "__name__", "")
        if not isinstance(__obj, Macro):
            if not (isinstance(owner, str | dict | LoopContext) and name in _METHODS):
                str(__obj)  # says what is missing
                raise SecurityError(_('it calls "{name}"', name=name) if name else _("it calls what is no macro"))
            spend(_size(owner) if isinstance(owner, str | dict) else 1)
        return super().call(__context, __obj, *args, **kwargs)

    def bounded(self, tree: nodes.Template) -> nodes.Template:
        """Put into *tree* what counts: where a loop turns, a macro begins, texts are joined or cut."""
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = self._filter(_COUNTED, loop.iter, _weight(loop))
        macros: list[nodes.Macro | nodes.CallBlock] = [*tree.find_all(nodes.Macro), *tree.find_all(nodes.CallBlock)]
        for macro in macros:
            entered = self._filter(_ENTERED, nodes.Const(_weight(macro), lineno=macro.lineno))
            macro.body.insert(0, nodes.ExprStmt(entered, lineno=macro.lineno))
        _replace_nodes(tree, self._counting)
        return tree

    def _counting(self, node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Concat):
            return self._filter(_JOINED, nodes.List(node.nodes, lineno=node.lineno))
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
            return self._filter(_SIZED, node)
        if isinstance(node, nodes.Operand) and node.op in ("in", "notin"):
            node.expr = self._filter(_SIZED, node.expr)
        return node

    def _filter(self, name: str, node: nodes.Node, *args: int) -> nodes.Filter:
        values = [nodes.Const(arg, lineno=node.lineno) for arg in args]
        made = nodes.Filter(node, name, values, [], None, None, lineno=node.lineno)
        made.set_environment(self)
        return made


def _weight(node: nodes.Node) -> int:
    """Return what one turn of *node* costs: by the parts that it has, and by its own words."""
    inner = list(node.find_all(nodes.Node))
    return 1 + len(inner) + sum(len(part.data) for part in inner if isinstance(part, nodes.TemplateData))


def _replace_nodes(node: nodes.Node, replace: Callable[[nodes.Node], nodes.Node]) -> None:
    """Replace every node within *node*, the innermost first."""
    for name, value in list(node.iter_fields()):
        if isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, nodes.Node):
                    _replace_nodes(item, replace)
                    value[number] = replace(item)
        elif isinstance(value, nodes.Node):
            _replace_nodes(value, replace)
            setattr(node, name, replace(value))
