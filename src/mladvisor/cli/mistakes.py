"""Mistakes on the command line: found before anything runs, all at once, each with what to type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.exceptions import TyperException

from mladvisor.cli.help import AnyCommand, argument_name, parts, usage, value_name
from mladvisor.cli.options import number
from mladvisor.errors import InputError, Problem, closest, did_you_mean


class MisuseError(InputError):
    """A command line that can't be meant; `brief` is the short help that goes with it."""

    def __init__(self, problems: Sequence[Problem], brief: str) -> None:
        super().__init__(problems)
        self.brief = brief


def refuse(command: AnyCommand, ctx: typer.Context, args: Sequence[str]) -> None:
    """Raise MisuseError with every flag that is unknown, lacks its value or has one that won't do.

    Of a group only what stands before the command's name is looked at.
    """
    line = _Line(command, ctx)
    problems = list(line.problems(args))
    if problems:
        raise MisuseError(problems, brief(command, ctx))


def refuse_command(group: TyperGroup, ctx: typer.Context, args: Sequence[str]) -> None:
    """Raise MisuseError if the command named is none of the group's, or if one is missing."""
    words = list(_Line(group, ctx).words(args))
    if words and words[0] in group.commands:
        return
    known = ", ".join(group.commands)
    if words:
        near = did_you_mean(words[0], group.commands)
        raise MisuseError(
            [Problem(words[0], f"there is no such command; {near}accepted: {known}")],
            brief(group, ctx),
        )
    if not group.invoke_without_command and not {"-h", "--help"} & set(args):
        where = ctx.command_path.removeprefix("mladvisor").strip() or "mladvisor"
        raise MisuseError([Problem(where, f"name what to do: {known}")], brief(group, ctx))


def brief(command: AnyCommand, ctx: typer.Context) -> str:
    """Return a short help: usage, one example, where the rest is."""
    examples = parts(command.help or "")[1]
    lines = list(usage(command, ctx, 1000))
    lines += [f"Example: {examples[0].partition('  #')[0].rstrip()}"] if examples else []
    return "\n".join([*lines, f"Help: {ctx.command_path} --help"])


class _Line:
    """One command's flags and arguments, to go along a command line with."""

    def __init__(self, command: AnyCommand, ctx: typer.Context) -> None:
        self.ctx = ctx
        self.is_group = isinstance(command, TyperGroup)
        params = command.get_params(ctx)
        options = [param for param in params if isinstance(param, TyperOption)]
        self.arguments = [param for param in params if isinstance(param, TyperArgument)]
        self.flags = {name: o for o in options for name in (*o.opts, *o.secondary_opts)}

    def words(self, args: Sequence[str]) -> Iterator[str]:
        """Yield what is neither a flag nor a flag's value."""
        yield from (word for word, flag, _ in self._walk(args) if flag is None)

    def problems(self, args: Sequence[str]) -> Iterator[Problem]:
        """Yield all mistakes, flags first."""
        if {"-h", "--help"} & set(args):
            return
        words: list[str] = []
        yield from self._two_formats(args)
        for word, flag, value in self._walk(args):
            if flag is None:
                words.append(word)
            elif flag not in self.flags:
                yield Problem(flag, f"there is no such flag; {self._meant(flag)}")
            elif value is None and self._takes_value(flag):
                yield Problem(flag, f"needs a value {self._expected(flag)}")
            elif value is not None:
                yield from self._value_problems(self.flags[flag], flag, value)
        if not self.is_group:
            yield from self._argument_problems(words)

    def _walk(self, args: Sequence[str]) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield (word, flag, value) along the line; flag is None for what is not a flag."""
        rest = list(args)
        while rest:
            word = rest.pop(0)
            if word == "--":
                yield from ((after, None, None) for after in rest)
                return
            if not _looks_like_flag(word):
                yield word, None, None
                if self.is_group:
                    return
                continue
            flag, equals, value = self._split(word)
            if equals:
                yield word, flag, value
            elif flag in self.flags and self.flags[flag].is_flag:
                yield word, flag, None
            elif rest and not (rest[0] in self.flags or rest[0].startswith("--")):
                yield word, flag, rest.pop(0)
            else:
                yield word, flag, None

    def _two_formats(self, args: Sequence[str]) -> Iterator[Problem]:
        """Yield --json beside a --format that is another."""
        given = {flag: value for _, flag, value in self._walk(args)}
        other = given.get("--format")
        if "--json" in given and other not in (None, "json"):
            said = f"asks for another format than --format {other}; give one of the two"
            yield Problem("--json", said)

    def _split(self, word: str) -> tuple[str, str, str]:
        """Split --flag=value and -fvalue."""
        if not word.startswith("--") and word[:2] in self.flags and len(word) > 2:
            return word[:2], "=", word[2:]
        return word.partition("=")

    def _takes_value(self, flag: str) -> bool:
        return flag in self.flags and not self.flags[flag].is_flag

    def _meant(self, flag: str) -> str:
        """Return the flag that may be meant, here or at `advise`."""
        near = closest(flag, self.flags)
        if self.ctx.parent is None:
            from mladvisor.knowledge.index import flags

            questions = [name for known in flags() for name in known.names]
            of_advise = closest(flag, [*questions, *self.flags])
            if of_advise and of_advise[0] in questions:
                return f"did you mean mladvisor advise {of_advise[0]}?"
        return f"did you mean {near[0]}?" if near else f"{self.ctx.command_path} --help lists all"

    def _expected(self, flag: str) -> str:
        option = self.flags[flag]
        meaning = option.help or ""
        return f"({value_name(option)}): {accepted(option) or meaning[:1].lower() + meaning[1:]}"

    def _value_problems(
        self, param: TyperOption | TyperArgument, where: str, value: str
    ) -> Iterator[Problem]:
        try:
            if param.type.name == number.__name__:
                number(value)
            param.type.convert(value, param, self.ctx)
        except ValueError as hint:
            yield Problem(where, f'got "{value}"; {hint}; {accepted(param)}')
        except TyperException:
            near = did_you_mean(value, getattr(param.type, "choices", ()))
            yield Problem(where, f'got "{value}"; {near}{accepted(param)}')

    def _argument_problems(self, words: Sequence[str]) -> Iterator[Problem]:
        left = list(words)
        for argument in self.arguments:
            name = argument_name(argument)
            taken, left = (left, []) if argument.nargs == -1 else (left[:1], left[1:])
            if argument.required and not taken:
                expected = accepted(argument)
                yield Problem(name, f"is missing; {expected or argument.help}")
            for value in taken:
                yield from self._value_problems(argument, name, value)
        for surplus in left:
            takes = ", ".join([*map(argument_name, self.arguments), "flags"])
            yield Problem(surplus, f"{self._answers(surplus)}takes only {takes}")

    def _answers(self, word: str) -> str:
        """Say of which flag a stray word is an answer, if it is one."""
        from mladvisor.knowledge.index import flags

        names = [flag.names[0] for flag in flags() if word in flag.words]
        of = next((name for name in names if name in self.flags), None)
        path = self.ctx.command_path
        return f"did you mean {of} {word}? {path} " if of else f"is one word too many; {path} "


def _looks_like_flag(word: str) -> bool:
    return word.startswith("-") and word != "-" and not word[1:2].isdigit()


def accepted(param: TyperOption | TyperArgument) -> str:
    """Say what a flag or argument takes; nothing where any text will do."""
    kind: Any = param.type
    if getattr(kind, "choices", None):
        return f"accepted: one of {', '.join(map(str, kind.choices))}"
    words = {"int": "a whole number", number.__name__: "a number"}
    word = next((text for name, text in words.items() if name in kind.name), None)
    if word is None:
        return ""
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    least = f", at least {low}" if low is not None else ""
    return f"accepted: {word}{least}" + (f", at most {high}" if high is not None else "")
