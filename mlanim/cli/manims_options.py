"""The options of `manim render` that hands type by themselves: they work, or a line says what does.

None of them is listed in `--help`, which has mlanim's own words; the guide has a table of both.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import click

from mlanim.errors import UsageError

__all__ = ["manims_options", "take_manims"]

# Option -> what to do instead. They take no value, or one.
_FLAGS = {
    ("--save_sections",): "`--steps NAME` makes a section's film, `mlanim slides` all of them",
    ("--flush_cache",): "`mlanim cache clear` empties the cache",
    ("--custom_folders",): "-o PATH or --media_dir DIR says where files go",
    ("-f", "--show_in_file_browser"): "the paths of what was made are printed",
    ("-l", "--live-preview"): "`mlanim watch SCENE` follows a scene while it is written",
    ("--jupyter",): "in a notebook write `mlanim.display(Scene)`",
    ("--log_to_file",): "2> FILE keeps what is said",
    ("--no_latex_cleanup",): "--debug tells what LaTeX said",
    ("--enable_gui",): "that is OpenGL's, and mlanim draws with Cairo",
    ("--fullscreen",): "that is OpenGL's, and mlanim draws with Cairo",
    ("--enable_wireframe",): "that is OpenGL's, and mlanim draws with Cairo",
    ("--use_opengl_renderer",): "mlanim draws with Cairo",
    ("--use_projection_fill_shaders",): "that is OpenGL's, and mlanim draws with Cairo",
    ("--use_projection_stroke_shaders",): "that is OpenGL's, and mlanim draws with Cairo",
}
_VALUED = {
    ("--log_dir",): "2> FILE keeps what is said",
    ("--tex_template",): "set config.tex_template in the scene's file",
    ("--preview_command",): "-p opens it with the system's own viewer",
    ("-0", "--zero_pad"): "frames of a png-sequence have four digits and more",
    ("--video-codec", "--video_codec"): "--codec h264, vp9 or av1",
    ("--pixel-format", "--pixel_format"): "--codec and -t choose it",
    ("--encoder-option",): "--codec chooses the encoder, with settings of its own",
    ("--max-inflight-encoders",): "-j N is the number of workers",
    ("--encoder-queue-size",): "-j N is the number of workers",
    ("--gui_location",): "that is OpenGL's, and mlanim draws with Cairo",
    ("--window_position",): "that is OpenGL's, and mlanim draws with Cairo",
    ("--window_size",): "that is OpenGL's, and mlanim draws with Cairo",
    ("--window_monitor",): "that is OpenGL's, and mlanim draws with Cairo",
}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_FORMATS = {"save_as_gif": "gif", "save_pngs": "png-sequence", "write_to_movie": None}


def _refused(names: tuple[str, ...], word: str, *, is_flag: bool) -> Callable[[Any], Any]:
    def refuse(context: click.Context, option: click.Parameter, value: Any) -> None:
        if value not in (None, False):
            raise UsageError(f"{names[-1]} is Manim's", word)

    return click.option(*names, is_flag=is_flag, hidden=True, expose_value=False, callback=refuse)


def manims_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add them to a click command, which takes them with `take_manims`."""
    hidden: list[Callable[[Any], Any]] = [
        click.option("-v", "--verbosity", type=click.Choice(_LEVELS, False), hidden=True),
        click.option(
            "--progress_bar", type=click.Choice(["display", "leave", "none"]), hidden=True
        ),
        click.option("--renderer", type=click.Choice(["cairo", "opengl"], False), hidden=True),
        click.option("-c", "--config_file", "own_config", hidden=True),
        click.option("--background_color", "background", hidden=True),
        click.option("--dry_run", is_flag=True, hidden=True),
        click.option("--disable_caching", is_flag=True, hidden=True),
        click.option("-i", "--save_as_gif", is_flag=True, hidden=True),
        click.option("-g", "--save_pngs", is_flag=True, hidden=True),
        click.option("--write_to_movie", is_flag=True, hidden=True),
        click.option(
            "--notify_outdated_version/--silent", default=None, hidden=True, expose_value=False
        ),
    ]
    for names, word in _FLAGS.items():
        hidden.append(_refused(names, word, is_flag=True))
    for names, word in _VALUED.items():
        hidden.append(_refused(names, word, is_flag=False))
    for option in reversed(hidden):
        command = option(command)
    return command


def take_manims(options: MutableMapping[str, Any]) -> dict[str, Any]:
    """Turn Manim's words among the options into mlanim's.

    Returns:
        `quiet`, `no_cache` and `dry_run`, as far as they were said in Manim's words.

    Raises:
        UsageError: what mlanim cannot do, or two formats.
    """
    if options.pop("renderer") == "opengl":
        raise UsageError("--renderer opengl", "mlanim draws with Cairo: leave it out")
    options.pop("verbosity")  # mlanim says little at any level
    own_config = options.pop("own_config")
    if own_config is not None and own_config.endswith(".cfg"):
        if not Path(own_config).is_file():
            raise UsageError(f"-c {own_config}", "there is no such file of settings")
        options["config_file"] = Path(own_config)
    elif own_config is not None:
        options["background"] = own_config
    for name, wanted in _FORMATS.items():
        if options.pop(name) and wanted:
            if options["format"] not in (None, wanted):
                raise UsageError(f"--{name} with --format {options['format']}", "choose one")
            options["format"] = wanted
    if options["format"] == "auto":
        options["format"] = None
    return {
        "quiet": options.pop("progress_bar") == "none",
        "no_cache": options.pop("disable_caching"),
        "dry_run": options.pop("dry_run"),
    }
