"""How help is printed: what it does, examples, usage, then the flags in their groups.

A help text is a summary, more paragraphs if need be, and "Examples:" with one command a line; what
stands behind "  # " on such a line says what it does.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from mladvisor.cli.options import number

AnyCommand = TyperCommand | TyperGroup

MOST_COLUMNS = 80
NARROW = 60
TERM_COLUMNS = 26
EXAMPLES = "Examples:"
OWN_GROUP = "Flags"
HELP_FLAG = "help"


def help_text(command: AnyCommand, ctx: typer.Context, width: int | None = None) -> str:
    """Return a command's help, wrapped to the terminal unless a width is named."""
    width = width or columns()
    about, examples = parts(command.help or "")
    parts_of_help = [
        paragraph(about[0], width),
        section(EXAMPLES, examples_of(examples, width)),
        "\n".join(usage(command, ctx, width)),
        *(paragraph(text, width) for text in about[1:]),
        *(
            section(f"{name}:", definitions(rows, width))
            for name, rows in _groups(command, ctx).items()
        ),
    ]
    if isinstance(command, TyperGroup):
        names = [(name, known.get_short_help_str(200)) for name, known in command.commands.items()]
        parts_of_help.append(section("Commands:", definitions(names, width)))
    if ctx.parent is None:
        from mladvisor.cli.topics import summaries

        rows = definitions(summaries().items(), width)
        parts_of_help.append(section("Read more with mladvisor help TOPIC:", rows))
    return "\n\n".join(part for part in parts_of_help if part)


def parts(text: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a help text, and its examples, one a line."""
    before, _, after = text.partition(f"\n{EXAMPLES}\n")
    paragraphs = [" ".join(part.split()) for part in before.strip().split("\n\n")]
    return paragraphs, [line.strip() for line in after.splitlines() if line.strip()]


def columns() -> int:
    """Return how wide help is printed."""
    return max(min(shutil.get_terminal_size().columns, MOST_COLUMNS), 30)


def section(heading: str, lines: Iterable[str]) -> str:
    """Return lines under a heading; nothing where there are none."""
    body = "\n".join(lines)
    return f"{heading}\n{body}" if body else ""


def paragraph(text: str, width: int, indent: str = "") -> str:
    """Return text wrapped between words: ids and flags stay whole."""
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def definitions(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield terms with what they mean beside them; below them where there is no room."""
    rows = list(rows)
    room = min(max((len(term) for term, _ in rows), default=0), TERM_COLUMNS)
    for term, meaning in rows:
        indent = " " * (6 if width < NARROW else room + 4)
        first = f"  {term}"
        text = paragraph(meaning, width, indent)
        if meaning and len(first) + 2 <= len(indent):
            yield first + text[len(first) :]
        else:
            yield paragraph(term, width, "  ") + (f"\n{text}" if meaning else "")


def usage(command: AnyCommand, ctx: typer.Context, width: int) -> Iterator[str]:
    """Yield the lines that say in which order things are typed."""
    pieces = " ".join(_pieces(command, ctx))
    first, *others = textwrap.wrap(pieces, width - 7, break_on_hyphens=False)
    yield f"Usage: {first}"
    yield from (f"       {line}" for line in others)


def _pieces(command: AnyCommand, ctx: typer.Context) -> Iterator[str]:
    yield ctx.command_path
    for param in command.get_params(ctx):
        if isinstance(param, TyperArgument):
            name = argument_name(param) + (" ..." if param.nargs != 1 else "")
            yield name if param.required else f"[{name}]"
    if isinstance(command, TyperGroup):
        yield "[COMMAND]" if command.invoke_without_command else "COMMAND"
    yield "[FLAGS]"


def examples_of(lines: Sequence[str], width: int) -> Iterator[str]:
    """Yield commands as they can be pasted, with what they do beside them or, if narrow, above."""
    pairs = [re.split(r"\s{2,}#\s", line.strip(), maxsplit=1) for line in lines]
    longest = max((len(command) for command, *_ in pairs), default=0)
    room = width - longest - len("    # ")
    beside = all(len(comment) <= room for _, *comments in pairs for comment in comments)
    for command, *comments in pairs:
        if comments and beside:
            yield f"  {command:<{longest}}  # {comments[0]}"
            continue
        yield from (textwrap.indent(paragraph(text, width - 4), "  # ") for text in comments)
        yield _broken(command, width)


def _broken(command: str, width: int) -> str:
    """Break a command before a flag or word, with a backslash at each line's end."""
    words = r"""(?:--?[a-z-]+ (?=[^-|>\s]))?(?:'[^']*'|"[^"]*"|\S)+"""
    lines = ["  "]
    for word in re.findall(words, command):
        if lines[-1].strip() and len(lines[-1]) + len(word) + 2 > width:
            lines[-1] += "\\"
            lines.append("      ")
        lines[-1] += f"{word} "
    return "\n".join(line.rstrip() for line in lines)


def _groups(command: AnyCommand, ctx: typer.Context) -> dict[str, list[tuple[str, str]]]:
    """Return heading → flags and what they mean; --help stands last, under the last heading."""
    groups: dict[str, list[tuple[str, str]]] = {}
    name = OWN_GROUP
    for param in command.get_params(ctx):
        if isinstance(param, TyperArgument):
            groups.setdefault("Arguments", []).append(_row(param, argument_name(param)))
        elif isinstance(param, TyperOption):
            is_help = param.name == HELP_FLAG
            name = name if is_help else param.rich_help_panel or OWN_GROUP
            groups.setdefault(name, []).append(_row(param, _option_name(param)))
    return groups


def argument_name(argument: TyperArgument) -> str:
    """Return how an argument is called in help and in errors."""
    return (argument.metavar or str(argument.name)).upper()


def _option_name(option: TyperOption) -> str:
    """Return how an option is typed; of several long names the usual one."""
    short = [name for name in option.opts if not name.startswith("--")]
    long = [name for name in option.opts if name.startswith("--")][:1]
    if option.secondary_opts:
        long = [f"--[no-]{name[2:]}" for name in long]
    return ", ".join([*short, *long]) + ("" if option.is_flag else f" {value_name(option)}")


def value_name(option: TyperOption) -> str:
    """Return what stands for an option's value in help and in errors."""
    if option.metavar is not None:
        return option.metavar
    if getattr(option.type, "choices", None):
        return str(option.name).upper().strip("_")
    return "NUMBER" if option.type.name.startswith(("int", number.__name__)) else "TEXT"


def _row(param: TyperArgument | TyperOption, name: str) -> tuple[str, str]:
    if param.name == HELP_FLAG:
        return name, "Print this"
    choices = ", ".join(map(str, getattr(param.type, "choices", ())))
    default = getattr(param.default, "value", param.default)
    known = param.show_default and default not in (None, False) and not param.required
    meaning = [param.help or "", f": {choices}" if choices else ""]
    return name, "".join([*meaning, f" (default: {default})" if known else ""])
