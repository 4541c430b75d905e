"""The `when` language: a typed subset of Python expressions, evaluated over arrays of people.

Allowed: `and or not`, `== != < <= > >=`, `in` and `not in` with a list of literals or a field
that holds several answers, names, literals. No calls, attributes, subscripts or arithmetic.
An expression is checked against a vocabulary when it is parsed, so a misspelt name, a
comparison of a number with a word, or a value no question offers is an error then, not later.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from mladvisor.axes import both, either
from mladvisor.errors import did_you_mean

Array = npt.NDArray[Any]
Values = Mapping[str, Any]
"""Name → array of codes (see `code`), numbers or booleans; for several answers word → booleans."""

_codes: dict[str, int] = {}


def code(word: str) -> int:
    """Return the number that stands for a word in arrays; equal words have equal numbers."""
    return _codes.setdefault(word, len(_codes))


@dataclass(frozen=True, eq=False)
class Term:
    """What a name means: its type, and for words the ones it can be (empty = any)."""

    type: Literal["word", "number", "flag", "words"]
    choices: frozenset[str] = frozenset()


Vocabulary = Mapping[str, Term]


class ExpressionError(ValueError):
    """An expression that can't be used: what is wrong and what is accepted."""


@dataclass(frozen=True, eq=False)
class Expression:
    """A checked expression: its text, and how to evaluate it."""

    text: str
    _evaluate: Callable[[Values], Any]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names it reads."""
        tree = ast.parse(self.text, mode="eval")
        return tuple(sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}))

    def __call__(self, values: Values) -> Any:
        """Evaluate over arrays that broadcast together; a constant gives a plain value."""
        return self._evaluate(values)


@dataclass(frozen=True, eq=False)
class _Part:
    type: str
    evaluate: Callable[[Values], Any]
    words: Term | None = None
    literal: Any = None


_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def parse(text: str, vocabulary: Vocabulary, *, want: str = "flag") -> Expression:
    """Parse and check `text`; `want` is the type the whole must have. Raises ExpressionError."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"not an expression: {text!r} ({error.msg})") from error
    part = _part(tree.body, vocabulary)
    if part.type != want:
        raise ExpressionError(f"expected a {want}, {text!r} is a {part.type}")
    return Expression(text, part.evaluate)


def weakened(text: str, names: Collection[str]) -> str:
    """Return a condition on the named values alone that holds wherever `text` may hold."""
    return ast.unparse(_weakened(ast.parse(text, mode="eval").body, names))


def _weakened(node: ast.expr, names: Collection[str]) -> ast.expr:
    if isinstance(node, ast.BoolOp):
        return ast.BoolOp(node.op, [_weakened(part, names) for part in node.values])
    read = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return node if read <= set(names) else ast.Constant(True)


def _part(node: ast.expr, vocabulary: Vocabulary) -> _Part:
    match node:
        case ast.Constant(value=value):
            return _literal(value)
        case ast.Name(id=name):
            return _name(name, vocabulary)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _flag(operand, vocabulary)
            return _Part("flag", lambda values: np.logical_not(inner(values)))
        case ast.BoolOp(op=op, values=nodes):
            return _bool_op(op, nodes, vocabulary)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _comparison(left, op, right, vocabulary)
    raise ExpressionError(f"{ast.unparse(node)!r} is not allowed in a rule")


def _literal(value: object) -> _Part:
    if isinstance(value, bool):
        return _Part("flag", lambda _: value, literal=value)
    if isinstance(value, (int, float)):
        return _Part("number", lambda _: value, literal=value)
    if isinstance(value, str):
        number = code(value)
        return _Part("word", lambda _: number, literal=value)
    raise ExpressionError(f"{value!r} is not a word, a number, True or False")


def _name(name: str, vocabulary: Vocabulary) -> _Part:
    if name not in vocabulary:
        raise ExpressionError(
            f'unknown name "{name}"; {did_you_mean(name, vocabulary)}'.rstrip("; ")
        )
    term = vocabulary[name]
    return _Part(term.type, lambda values: values[name], words=term)


def _flag(node: ast.expr, vocabulary: Vocabulary) -> Callable[[Values], Any]:
    part = _part(node, vocabulary)
    if part.type != "flag":
        raise ExpressionError(f"{ast.unparse(node)!r} is a {part.type}, expected true or false")
    return part.evaluate


def _bool_op(op: ast.boolop, nodes: Sequence[ast.expr], vocabulary: Vocabulary) -> _Part:
    parts = [_flag(node, vocabulary) for node in nodes]
    combine = both if isinstance(op, ast.And) else either

    def evaluate(values: Values) -> Any:
        result = parts[0](values)
        for part in parts[1:]:
            result = combine(result, part(values))
        return result

    return _Part("flag", evaluate)


def _comparison(left: ast.expr, op: ast.cmpop, right: ast.expr, vocabulary: Vocabulary) -> _Part:
    if isinstance(op, (ast.In, ast.NotIn)):
        member = _membership(left, right, vocabulary)
        if isinstance(op, ast.NotIn):
            return _Part("flag", lambda values: np.logical_not(member(values)))
        return _Part("flag", member)
    a, b = _part(left, vocabulary), _part(right, vocabulary)
    if type(op) not in _COMPARE:
        raise ExpressionError(f"{ast.unparse(left)!r}: that comparison is not allowed in a rule")
    if a.type != b.type or a.type == "words":
        raise ExpressionError(f"can't compare a {a.type} with a {b.type}")
    if a.type != "number" and not isinstance(op, (ast.Eq, ast.NotEq)):
        raise ExpressionError(f"{ast.unparse(left)!r} has no order; use == or in")
    _check_word(a, b)
    _check_word(b, a)
    compare = _COMPARE[type(op)]
    return _Part("flag", lambda values: compare(a.evaluate(values), b.evaluate(values)))


def _membership(left: ast.expr, right: ast.expr, vocabulary: Vocabulary) -> Callable[[Values], Any]:
    if isinstance(right, (ast.Tuple, ast.List)):
        item = _part(left, vocabulary)
        options = [_part(element, vocabulary) for element in right.elts]
        for option in options:
            if option.literal is None or option.type != item.type:
                raise ExpressionError(f"{ast.unparse(right)!r}: expected {item.type} literals")
            _check_word(item, option)
        return _one_of(item.evaluate, [option.evaluate({}) for option in options])
    group = _part(right, vocabulary)
    item = _part(left, vocabulary)
    if group.type != "words" or not isinstance(item.literal, str):
        raise ExpressionError(f"{ast.unparse(right)!r} is not a list; write x in ('a', 'b')")
    _check_word(group, item)
    word = item.literal
    return lambda values: group.evaluate(values)[word]


def _one_of(item: Callable[[Values], Any], stored: Sequence[Any]) -> Callable[[Values], Any]:
    """Return `item in stored`; comparing with each in turn is faster than numpy's `isin`."""

    def evaluate(values: Values) -> Any:
        found = item(values)
        return reduce(np.logical_or, [found == one for one in stored], False)

    return evaluate


def _check_word(holder: _Part, literal: _Part) -> None:
    """Refuse a word that the name beside it can never be."""
    if holder.words is None or not isinstance(literal.literal, str):
        return
    choices = holder.words.choices
    if choices and literal.literal not in choices:
        meant = did_you_mean(literal.literal, sorted(choices)).rstrip()
        hint = meant or f"one of: {', '.join(sorted(choices))}"
        raise ExpressionError(f'"{literal.literal}" is never a value there; {hint}')
