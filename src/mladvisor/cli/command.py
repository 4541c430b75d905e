"""The kinds of command of this program: their help is ours, and so is what they refuse."""

from __future__ import annotations

import typer
from typer.core import TyperCommand, TyperGroup

from mladvisor.cli.help import help_text
from mladvisor.cli.mistakes import refuse, refuse_command


class Command(TyperCommand):
    """A command that prints its help so, and names all mistakes on its line at once."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the help text."""
        return help_text(self, ctx)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Refuse what can't be meant; leave the rest to typer."""
        if not ctx.resilient_parsing:
            refuse(self, ctx, args)
        return super().parse_args(ctx, args)


class Group(TyperGroup):
    """A command that holds others."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the help text."""
        return help_text(self, ctx)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Refuse what can't be meant; leave the rest to typer."""
        if not ctx.resilient_parsing:
            refuse(self, ctx, args)
            refuse_command(self, ctx, args)
        return super().parse_args(ctx, args)
