"""Entry point: answer `--version` before anything is imported, hand the rest to the commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the program with the command line's arguments."""
    if sys.argv[1:] in (["--version"], ["-V"]) and sys.stdout is not None:
        from mladvisor import __version__

        sys.stdout.write(f"mladvisor {__version__}\n")
        return
    from mladvisor.startup import open_streams, prepare

    prepare()
    open_streams()
    from mladvisor.cli.app import run

    code = run(sys.argv[1:])
    sys.stderr.flush()
    # Everything is written: leave without tearing down the modules one by one.
    os._exit(code)


if __name__ == "__main__":
    main()
