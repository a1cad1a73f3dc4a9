"""A Manim user's own settings: in manim.cfg, in the scene's file, and what overrules them.

Manim reads `manim.cfg` of the home and of the working folder, then its command line, then runs
the file, which may set anything once more. A plain scene is opened in the same order, so that its
file finds the configuration that it would find there. What the file sets is honoured, but where
an option of mlanim's own says something else: then the option wins, and a line says so.
"""

from __future__ import annotations

import configparser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from manim import ManimColor, Scene, config, tempconfig
from manim._config.utils import ManimConfig, config_file_paths, make_config_parser
from manim.constants import RendererType

from mlanim.errors import MlanimError, UsageError
from mlanim.explainer import Explainer
from mlanim.render.asked.codec import default_format
from mlanim.render.asked.picture_size import aspect_size
from mlanim.render.asked.spec import FORMATS, RenderSpec
from mlanim.render.stage.session import no_renderer, own_folders, quiet, renderer_kept

__all__ = ["OwnSettings", "own_settings"]

_MANIMS = ("mp4", "mov", "webm", "gif", "png", "png-sequence", "none")
_CAIRO = "drawn with Cairo, not OpenGL as {} asks: mlanim has no other"
_SIZES = ("pixel_width", "pixel_height", "frame_rate", "quality")


@contextmanager
def own_settings(spec: RenderSpec, *, explains: bool) -> Iterator[OwnSettings]:
    """Configure Manim as `manim render` does before it runs a scene's file.

    Args:
        explains: whether the scene is an explainer as far as its source tells; the size and units
            of these are mlanim's.
    """
    files = _files(spec)
    read = _read(files)
    with own_folders() as folders, quiet(), renderer_kept(), tempconfig({}):
        opengl = read.renderer is RendererType.OPENGL
        read._d["renderer"] = RendererType.CAIRO  # the only one that mlanim has
        config.update(read)
        own = OwnSettings(spec, explains, _sized(files))
        if opengl:
            own.notes.append(_CAIRO.format("manim.cfg"))
        config.update(folders)
        own.before = dict(config._d)
        yield own


class OwnSettings:
    """The configuration that a file is run under, and the spec that comes of it.

    Attributes:
        notes: what options overruled, a line each.
        folder: where Manim would put its media.
        name: what Manim would call the output, "" for the scene's own name.
        before: the configuration as the file finds it.
    """

    def __init__(self, spec: RenderSpec, explains: bool, sized: bool) -> None:
        self._spec = spec
        self.folder, self.name = Path(config.media_dir or "media"), str(config.output_file or "")
        self.notes: list[str] = []
        self.before: dict[str, Any] = {}
        given = set(spec.given)
        told = given & {"quality", "resolution", "aspect", "fps"}
        if explains or told & {"quality", "resolution", "aspect"} or not sized:
            config.frame_size = spec.width, spec.height
        if explains or told & {"quality", "fps"} or not sized:
            config.frame_rate = spec.fps
        if explains or "aspect" in given:
            config.frame_width, config.frame_height = spec.frame_size
        if spec.background is not None:
            config.background_color = colour_of(spec.background)
        if spec.transparent:
            config.transparent = True
        if "format" in given:
            config.format = spec.format if spec.format in _MANIMS else "auto"
        config.dry_run = config.dry_run or spec.format == "none"
        config.seed = spec.seed
        config.disable_caching = True
        config.preview = config.enable_gui = config.live_preview = config.save_sections = False
        config.log_to_file = False
        config.progress_bar = "none"
        config.input_file = config.output_file = ""

    def settled(self, scene_class: type[Scene]) -> RenderSpec:
        """The spec with what manim.cfg and the file say, once it has run."""
        self._find_place()
        if config.renderer is RendererType.OPENGL:
            self.notes.append(_CAIRO.format("the file"))
        if issubclass(scene_class, Explainer):
            return self._spec
        if _sets_on_its_way(scene_class):
            with suppress(Exception):  # the render will meet it, and tell its line
                scene_class()
        try:
            return self._of_plain()
        except UsageError as error:
            raise UsageError(f"Manim's configuration asks for {error}") from error

    def _of_plain(self) -> RenderSpec:
        spec, given = self._spec, set(self._spec.given)
        opacity = 0.0 if "transparent" in given else float(config.background_opacity)
        size, rate, units = self._size(given), self._rate(given), self._units(given)
        written = self._format(given, opacity < 1)
        changes: dict[str, Any] = {"fps": rate, "units": units, "format": written}
        changes["width"], changes["height"] = size
        changes |= {"transparent": opacity < 1, "opacity": opacity if opacity < 1 else 0.0}
        if spec.seed is None:
            changes["seed"] = config.seed
        first, last = config.from_animation_number, config.upto_animation_number
        if spec.plays is None and (first > 0 or 0 <= last < float("inf")):
            changes["plays"] = first, (int(last) if 0 <= last < float("inf") else None)
        if spec.output is not None and written != spec.format:
            suffix = "" if written == "png-sequence" else f".{written}"
            changes["output"] = spec.output.with_suffix(suffix)
        self._tell(size, rate, units)
        return replace(spec, **changes)

    def _size(self, given: set[str]) -> tuple[int, int]:
        """Pixels: those of options, else the file's. A quality is a height: the shape stays."""
        spec, own = self._spec, self._own_size
        if not self._changed("pixel_width", "pixel_height"):
            return own
        if "resolution" in given:
            return spec.width, spec.height
        if "aspect" in given:
            short = min(spec.width, spec.height) if "quality" in given else min(own)
            return aspect_size(short, f"{spec.width}:{spec.height}")
        if "quality" in given:
            if abs(own[0] * spec.height - own[1] * spec.width) < max(*own, spec.width):
                return spec.width, spec.height  # 16:9, made even
            return 2 * round(spec.height * own[0] / own[1] / 2), spec.height
        return own

    @property
    def _own_size(self) -> tuple[int, int]:
        return config.pixel_width, config.pixel_height

    def _rate(self, given: set[str]) -> float:
        """Frames a second: an option's, else the file's."""
        try:
            f"{config.frame_rate:g}"
        except (TypeError, ValueError) as error:  # a text
            raise UsageError(f"frame_rate {config.frame_rate!r}", "write a number: 30") from error
        if given & {"quality", "fps"}:
            return self._spec.fps
        own = float(config.frame_rate)
        return int(own) if own.is_integer() else own

    def _units(self, given: set[str]) -> tuple[float, float]:
        """Of the frame; another aspect keeps the shorter side that the file gives it."""
        own = float(config.frame_width), float(config.frame_height)
        if "aspect" not in given or not self._changed("frame_width", "frame_height"):
            return own
        width, height = self._spec.frame_size
        scale = min(own) / min(width, height)
        return width * scale, height * scale

    def _tell(self, size: tuple[int, int], rate: float, units: tuple[float, float]) -> None:
        """Say in a line what the options overrule."""
        pairs = [
            (f"{size[0]}x{size[1]}", "{}x{}".format(*self._own_size)),
            (f"{rate:g} frames a second", f"{config.frame_rate:g} frames a second"),
            (
                f"{units[0]:g} by {units[1]:g} units",
                f"{config.frame_width:g} by {config.frame_height:g} units",
            ),
        ]
        if other := [pair for pair in pairs if pair[0] != pair[1]]:
            ours, own = (" at ".join(texts) for texts in zip(*other, strict=True))
            self.notes.append(f"{ours}, not {own} as the file sets: options win")

    def _format(self, given: set[str], transparent: bool) -> str:
        spec = self._spec
        if config.dry_run:
            return "none"
        if "format" in given or spec.at is not None:
            return spec.format
        own = str(config.format or "auto")
        return own if own in (*FORMATS, "none") else default_format(spec.codec, transparent)

    def _changed(self, *names: str) -> bool:
        """Whether the file has set any of these."""
        return any(config._d[name] != self.before[name] for name in names)

    def _find_place(self) -> None:
        """Where the file wants its media, if it says so."""
        if config.media_dir != self.before["media_dir"]:
            self.folder = Path(config.media_dir)
        self.name = str(config.output_file or self.name)


def _sets_on_its_way(scene_class: type[Scene]) -> bool:
    """Whether a scene is made by code of its own that touches the configuration.

    The camera is made there, with what is set by then; `setup` and `construct` come too late to
    change size and rate, for Manim as well.
    """
    made = scene_class.__init__
    return "config" in getattr(getattr(made, "__code__", None), "co_names", ()) and (
        made.__module__.partition(".")[0] != "manim"
    )


def colour_of(text: str) -> ManimColor:
    """A colour by Manim's name or by its hex digits; UsageError for none."""
    try:
        return ManimColor(text)
    except ValueError as error:
        raise UsageError(
            f"-c {text!r}", "give a colour of Manim's, such as BLUE_E or #1f77b4"
        ) from error


def _files(spec: RenderSpec) -> list[Path]:
    """The files of settings that may be there, weaker ones first."""
    _, home, here = config_file_paths()
    return [home, spec.config_file or here]


def _read(files: list[Path]) -> ManimConfig:
    """Manim's own configuration as its files say now, however long this process has been up."""
    with quiet(), no_renderer():
        try:
            read = ManimConfig().digest_parser(make_config_parser(files[1]))
        except (configparser.Error, ValueError, KeyError, TypeError) as error:
            raise unreadable(files, error) from error
    return read


def unreadable(files: Iterable[Path], error: Exception) -> MlanimError:
    """The error to show for settings that Manim cannot take."""
    where = " or ".join(str(path) for path in files if path.is_file())
    return MlanimError(where or "manim.cfg", f"{type(error).__name__}: {error}", "mend it")


def _sized(files: list[Path]) -> bool:
    """Whether a manim.cfg says anything of size or rate; else mlanim's default quality holds."""
    parser = configparser.ConfigParser()
    parser.read(files)
    return parser.has_section("CLI") and any(name in parser["CLI"] for name in _SIZES)
