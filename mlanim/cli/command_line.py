"""All commands by name, each loaded when it is asked for; all errors end here."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mlanim import __version__
from mlanim.cli.warned import warnings_told
from mlanim.ending import exit_code, hold_interrupts
from mlanim.errors import MlanimError, did_you_mean, short_line
from mlanim.left_behind import sweep

__all__ = ["cli", "run"]

# Name -> (module with a click command named `command`, its line in `mlanim --help`).
_COMMANDS = {
    "list": ("mlanim.cli.list_scenes", "Scenes that can be rendered, here and bundled."),
    "show": ("mlanim.cli.show", "A scene's parameters and what its steps teach."),
    "new": ("mlanim.cli.new", "Write the first lines of a scene of your own."),
    "watch": ("mlanim.cli.watch", "A page in the browser that follows a scene being written."),
    "render": ("mlanim.cli.render", "Make the video, GIF, figure or images of a scene."),
    "slides": ("mlanim.cli.slides", "A deck, HTML or PowerPoint: each step a slide."),
    "build": ("mlanim.cli.build", "The assets of an article or course, from a manifest."),
    "join": ("mlanim.cli.join", "Films and title cards as one film, nothing encoded again."),
    "transcript": ("mlanim.cli.transcript", "An article's draft: a still and words a step."),
    "embed": ("mlanim.cli.embed", "A film for a web page: media, captions, page, snippets."),
    "page": ("mlanim.cli.page", "An article that plays, and whose every number can be asked."),
    "words": ("mlanim.cli.words", "All words of a scene, to be written in another language."),
    "storyboard": ("mlanim.cli.storyboard", "One PNG with a labelled picture for each step."),
    "check": ("mlanim.cli.check", "Find unreadable, inaccessible and untrue pictures."),
    "cache": ("mlanim.cli.cache", "What earlier renders left for later ones: look, clear, prune."),
    "doctor": ("mlanim.cli.doctor", "What this machine has and lacks, and what mends it."),
}
_MOST_DIGITS = 6  # of a terminal's columns
_RENDERING = ("render", "build", "join", "embed", "page", "transcript")


class LazyGroup(click.Group):
    """A group that imports a command when it runs, and says every error in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are learnt."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command and let it take `--debug` too."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        if all(option.name != "debug" for option in command.params):
            command.params.append(_debug_option(hidden=True))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command lines without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Answer an unknown command with the nearest known one."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            is_file = name.endswith(".py")
            hint = f"write mlanim render {name}" if is_file else did_you_mean(name, _COMMANDS)
            raise click.UsageError(f"no command {name!r}: {hint}", ctx)
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command line and exit: 0, 1 failure, 2 usage, 3 findings, 128 + a signal."""
        words = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        try:
            with warnings_told():
                result = super().main(args, *rest, **extra)
            sys.stdout.flush()
        except (click.exceptions.Abort, KeyboardInterrupt) as error:
            cause = error.__cause__ if isinstance(error, click.exceptions.Abort) else error
            sweep()  # what was killed with this process
            sys.exit(exit_code(cause))
        except BrokenPipeError:
            _forget_stdout()
            sys.exit(1)
        except Exception as error:
            line, code = _explain(error)
            if "--debug" in words:
                traceback.print_exc()
            click.echo(short_line(line), err=True)
            sys.exit(code)
        sys.exit(result if type(result) is int else 0)


def _explain(error: Exception) -> tuple[str, int]:
    """Turn an exception into the line that the reader sees and the exit code."""
    if isinstance(error, MlanimError):
        return f"mlanim: {error}", error.exit_code
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "mlanim"
        message = error.format_message().rstrip(".")
        return f"{command}: {message} (see `{command} --help`)", error.exit_code
    if isinstance(error, click.ClickException):
        return f"mlanim: {error.format_message()}", error.exit_code
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "mlanim: the disk is full: make room, or write elsewhere with -o", 1
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"mlanim: {error.filename}: {error.strerror}: choose another place", 1
    what = f"{type(error).__name__}: {error}"
    return f"mlanim: {what}: run again with --debug for the traceback", 1


def _forget_stdout() -> None:
    """Let the interpreter's last flush go nowhere: the reader of the pipe has left."""
    with suppress(OSError):  # a stdout that is no file has no last flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _take_any_terminal() -> None:
    """Let no missing letter, no missing home and no terminal without end end a command.

    A terminal of another code page shows letters that it lacks as escapes; a user whom the system
    does not know has no home, which Python takes for an error: theirs is a place with no files. A
    size that is no number is forgotten: libraries that Manim brings take any digit for one.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = os.devnull
    for name in ("COLUMNS", "LINES"):
        size = os.environ.get(name, "")
        if not (size.isascii() and size.isdecimal() and len(size) < _MOST_DIGITS):
            os.environ.pop(name, None)


def _debug_option(*, hidden: bool) -> click.Option:
    line = "Show the traceback of an error too."
    return click.Option(["--debug"], is_flag=True, expose_value=False, hidden=hidden, help=line)


@click.group(
    cls=LazyGroup,
    name="mlanim",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[_debug_option(hidden=False)],
    epilog="Start with: mlanim render seq2seq -q m -p",
)
@click.version_option(__version__, "-V", "--version", message="mlanim %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Machine-learning explainers as animations, with every number really computed."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _anchor_cache() -> None:
    """Tell the place of caches from the root: neither a scene nor a worker may move it."""
    place = os.environ.get("XDG_CACHE_HOME", "")
    if place and not os.path.isabs(place):  # noqa: PTH117  no pathlib for `mlanim --help`
        with suppress(OSError):
            os.environ["XDG_CACHE_HOME"] = os.path.join(os.getcwd(), place)  # noqa: PTH109, PTH118


def run() -> None:
    """Read the command line and do what it says.

    Some of Manim's animations walk through a set, so that their frames hang on Python's hash seed:
    a render has a fixed one, else no two of them could share a cached segment.
    """
    _anchor_cache()
    _take_any_terminal()
    renders = sys.argv[1:2] and sys.argv[1] in _RENDERING
    if renders and "PYTHONHASHSEED" not in os.environ and os.name == "posix":
        os.environ["PYTHONHASHSEED"] = "0"
        hold_interrupts()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    try:
        cli.main(prog_name="mlanim")
    finally:
        gc.freeze()  # all goes with the process: no need to search it for cycles first
