"""Entry point: answer `--version` before anything is imported, hand the rest to the commands."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program with the command line's arguments."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from mladvisor import __version__

        sys.stdout.write(f"mladvisor {__version__}\n")
        return
    from mladvisor.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
