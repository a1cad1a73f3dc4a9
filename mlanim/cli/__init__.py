"""The command line: one module per command, loaded when it is asked for.

What it needs itself is loaded by `main` as well, so that Ctrl-C ends it quietly from the beginning.
"""

from __future__ import annotations

import sys

from mlanim.on_first_use import on_first_use

__all__ = ["cli", "main"]

__getattr__, _ = on_first_use(__name__, {"cli": "command_line"})


def main() -> None:
    """Run the `mlanim` command."""
    try:
        from mlanim.ending import hear_endings, let_interrupts_come

        hear_endings()
        let_interrupts_come()
        from mlanim.cli.command_line import run

        run()
    except KeyboardInterrupt as interrupt:  # nothing was begun that must be tidied up
        sys.exit(128 + getattr(interrupt, "number", 2))
