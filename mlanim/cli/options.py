"""The options that render, storyboard, check and others have alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mlanim.errors import UsageError
from mlanim.words.files import LANGUAGES

__all__ = ["checked_tag", "language_option", "scene_options"]

_OPTIONS = [
    click.option(
        "-q",
        "--quality",
        metavar="l|m|h|p|k",
        help="854x480 at 15, 1280x720 at 30, 1920x1080, 2560x1440 or 3840x2160 at 60; "
        "low, medium, high, 2k, 4k too. Default: m, or what a plain scene or manim.cfg sets.",
    ),
    click.option("-r", "--resolution", metavar="W,H", help="Size in pixels, even, 16 to 8192."),
    click.option("--aspect", metavar="W:H", help="16:9, 1:1, 9:16, ...; the short side stays."),
    click.option("--fps", "--frame_rate", type=float, help="Frames a second."),
    click.option(
        "--theme",
        metavar="light|dark|print|FILE.toml",
        help="The look of an explainer; a file has your colours, fonts and logo.",
    ),
    click.option(
        "--language", metavar="|".join(LANGUAGES), help="Of all words; for bundled scenes."
    ),
    click.option(
        "--words",
        metavar="FILE.toml",
        help="Words in any language, which `mlanim words SCENE` writes; others stay English.",
    ),
    click.option(
        "--steps",
        multiple=True,
        metavar="NAME[,NAME...]",
        help="These steps alone: name, name#2, outer/name, name*.",
    ),
    click.option(
        "--skip-steps", multiple=True, metavar="NAME[,NAME...]", help="All steps but these."
    ),
    click.option(
        "--set",
        "set_values",
        multiple=True,
        metavar="NAME=VALUE",
        help="A parameter; lists with commas. `mlanim show SCENE` has them all.",
    ),
    click.option(
        "--params", "params_file", metavar="FILE", help="Parameters from a .toml or .json file."
    ),
    click.option(
        "--trace",
        metavar="FILE",
        help="Tensors of another model, .npz or .safetensors, for scenes that play such.",
    ),
    click.option(
        "--seed", type=int, help="Of everything random. Default: 0; another one, another draw."
    ),
]


language_option = click.option(
    "--language", metavar="|".join(LANGUAGES), help="Of titles and sentences of bundled scenes."
)


def scene_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the common options to a click command, for `mlanim.render.stage.asked_scene` to read."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def checked_tag(lang: str) -> str:
    """What --lang or --language calls a language, if it can be one's tag.

    Raises:
        UsageError: it cannot.
    """
    if not lang.replace("-", "").isalnum():
        raise UsageError(f"--lang {lang!r}", "write a language's tag, such as en, fr or pt-BR")
    return lang
