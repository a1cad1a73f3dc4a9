"""RenderSpec: everything that decides the bytes of a render, checked once, before any work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mlanim.burnt_page import burnt_frame
from mlanim.errors import UsageError, did_you_mean
from mlanim.render.asked.allowed import (
    FILMS,
    FORMATS,
    LOOPS,
    STILL_FORMATS,
    SUFFIXES,
    VECTOR_FORMATS,
    VIDEO_FORMATS,
    check_at,
    check_fps,
    check_loop,
    check_side,
    check_speed,
    check_still,
    check_suffix,
)
from mlanim.render.asked.byte_size import parse_bytes
from mlanim.render.asked.chosen_plays import check_plays, parse_plays
from mlanim.render.asked.codec import check_codec, default_format
from mlanim.render.asked.named_output import asked_format, is_bare, output_path
from mlanim.render.asked.narration import command_words
from mlanim.render.asked.picture_size import (
    QUALITIES,
    aspect_size,
    quality_letter,
    resolution_size,
)
from mlanim.render.sinks.port import AS_DRAWN

__all__ = [
    "CAPTIONS",
    "FILMS",
    "FORMATS",
    "LOOPS",
    "QUALITIES",
    "STILL_FORMATS",
    "VECTOR_FORMATS",
    "VIDEO_FORMATS",
    "RenderSpec",
]

CAPTIONS = ("srt", "vtt")  # beside films
_BURN = "burn"  # in the picture
UNASKED = ("none", *AS_DRAWN)  # what the engine is asked for by itself
_SHORT_SIDE_UNITS = 8.0


@dataclass(frozen=True, kw_only=True)
class RenderSpec:
    """What to render and how. Impossible combinations raise UsageError with one teaching line.

    Attributes:
        width, height: pixels, even, 16 to 8192.
        fps: frames a second, 0.1 to 240.
        format: "mp4", "webm", "mov", "gif", "webp"; "png", "svg", "pdf" (one frame);
            "png-sequence" (a folder); "none" (nothing is written; observers see the frames); or
            "digests", "pictures" (what the frames are, to compare them; see sinks/digests.py).
        at: which frame a still shows, in seconds of the output; None is the end.
        still_if_empty: a scene that plays nothing gives a png instead of an error.
        transparent: no background; not for mp4.
        codec: "h264", "vp9" or "av1"; None is the format's own. See codec.CODECS.
        loop: how often a gif or webp plays; 0 is for ever.
        hold: seconds that the last frame of a gif or webp stays.
        max_bytes: a gif or webp gives up colours, rate and size until it fits.
        theme, steps, values: an explainer's theme, chosen steps and parameter values.
        words: files of an explainer's words in another language; the first that has one counts.
        seed: of `random` and NumPy; 0 when None.
        cache: whether finished segments may be reused; today every render is a full one.
        captions: which files of captions stand beside a film with words: "srt", "vtt"; and whether
            they stand in the picture, "burn".
        narrate: a text-to-speech command that reads the steps' words aloud, see `Narrator`.
        speed: how much of the scene passes in a second of the output, 0.25 to 4.
        crop: a still is cut to what is drawn.
        colour_bar: a still tells what its colours stand for.
        heading: whether an explainer's headings are drawn.
        units: frame_width and frame_height as Manim has them; None makes the shorter side 8.
        opacity: of a transparent film's background, 0 to less than 1.
        background: a colour, a name of Manim's or "#1f77b4", for a plain Manim scene.
        plays: the first and the last play that are shown, from 0; None for the end.
        config_file: read in place of the working folder's manim.cfg.
        given: which of these were asked for by name; they win over a Manim user's own settings.
        output: the file, or for png-sequence the folder; None is media/<scene>/<scene>.<format>.
        where: the folder from which a relative output is told, wherever the scene's code goes.

    >>> RenderSpec.from_options(quality="m", aspect="9:16").height
    1280
    """

    width: int = 1280
    height: int = 720
    fps: float = 30
    format: str = "mp4"
    still_if_empty: bool = False
    transparent: bool = False
    codec: str | None = None
    loop: int = 0
    hold: float = 0.0
    max_bytes: int | None = None
    theme: str | None = None
    words: tuple[Path, ...] = ()
    steps: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    cache: bool = True
    output: Path | None = None
    at: float | None = None
    captions: tuple[str, ...] = ("srt",)
    narrate: str | None = None
    speed: float = 1.0
    crop: bool = False
    colour_bar: bool = False
    heading: bool = True
    where: Path = field(default_factory=Path.cwd, repr=False, compare=False)
    units: tuple[float, float] | None = None
    opacity: float = 0.0
    background: str | None = None
    plays: tuple[int, int | None] | None = None
    config_file: Path | None = None
    given: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        check_side("width", self.width)
        check_side("height", self.height)
        check_fps(self.fps)
        if self.format not in (*FORMATS, *UNASKED):
            raise UsageError(f"format {self.format!r}", did_you_mean(self.format, FORMATS))
        if self.transparent and self.format == "mp4":
            raise UsageError("mp4 cannot be transparent", "use --format webm or --format mov")
        check_codec(self.codec, self.format, self.transparent)
        check_loop(self.format, self.loop, self.hold, self.max_bytes)
        if self.seed is not None and not 0 <= self.seed < 2**32:
            raise UsageError(f"seed {self.seed}", f"allowed: 0 to {2**32 - 1}")
        if self.format not in UNASKED:
            check_suffix(self.output, self.format)
        if self.at is not None:
            check_at(self.at, self.format)
        check_speed(self.speed)
        if self.crop:
            check_still("--crop", self.format)
        if self.colour_bar:
            check_still("--colour-bar", self.format)
        check_plays(self.plays)
        if self.narrate is not None:
            command_words(self.narrate)
            if self.format not in (*FILMS, *UNASKED):
                raise UsageError(f"--narrate with {self.format}", f"only for {', '.join(FILMS)}")
        for kind in self.captions:
            if kind not in (*CAPTIONS, _BURN):
                known = [*CAPTIONS, _BURN, "none"]
                raise UsageError(f"captions {kind!r}", did_you_mean(kind, known))

    @property
    def is_video(self) -> bool:
        """Whether the output moves and is one file."""
        return self.format in VIDEO_FORMATS

    @property
    def is_vector(self) -> bool:
        """Whether the output is one frame of paths."""
        return self.format in VECTOR_FORMATS

    @property
    def frame_size(self) -> tuple[float, float]:
        """Width and height in Manim units; the shorter side is 8 where nobody has said else.

        Captions in the picture make it larger, so that the page of the scene is as ever.

        854x480 is 16:9 made even: there the frame is that of 16:9, exactly as Manim has it.
        """
        if self.units is not None:
            return self.units
        ratio = self.width / self.height
        for exact in (16 / 9, 9 / 16):
            if abs(self.width - self.height * exact) < 1:
                ratio = exact
        if self.burns_captions:
            return burnt_frame(ratio, 1)
        if ratio >= 1:
            return _SHORT_SIDE_UNITS * ratio, _SHORT_SIDE_UNITS
        return _SHORT_SIDE_UNITS, _SHORT_SIDE_UNITS / ratio

    @property
    def burns_captions(self) -> bool:
        """Whether captions are drawn into the picture."""
        return _BURN in self.captions

    @property
    def caption_files(self) -> tuple[str, ...]:
        """Suffixes of the captions that stand beside a film."""
        return tuple(kind for kind in self.captions if kind != _BURN)

    @property
    def scene_rate(self) -> float:
        """Frames for a second on the scene's own clock, as Manim is to draw them."""
        return self.fps / self.speed

    def seeded(self) -> RenderSpec:
        """The same spec with a seed: its own, or 0, so that a second render is the same film."""
        return self if self.seed is not None else replace(self, seed=0)

    def dry(self) -> RenderSpec:
        """The same without a file: everything is played, nothing is written."""
        return replace(self, format="none", output=None, given=(*self.given, "format"))

    @classmethod
    def from_options(
        cls,
        *,
        quality: str | None = None,
        resolution: str | None = None,
        aspect: str | None = None,
        fps: float | None = None,
        format: str | None = None,
        output: str | Path | None = None,
        still: bool = False,
        transparent: bool = False,
        max_bytes: str | int | None = None,
        at: float | None = None,
        captions: str | None = None,
        plays: str | None = None,
        no_heading: bool = False,
        **rest: Any,
    ) -> RenderSpec:
        """Build a spec from what a command line says, in the words of `mlanim render`.

        Args:
            quality: l, m, h, p, k, or low, medium, high, 2k, 4k; absent, m.
            resolution: "W,H" in pixels; instead of quality's size and aspect.
            aspect: "W:H"; the quality's short side stays.
            format: absent, the suffix of `output` decides, and without one it is mp4 (mov when
                transparent), or png for a scene that plays nothing or for `at`.
            output: a path; without a suffix it gets that of the format.
            still: the last frame as png.
            max_bytes: "500kB", "2MB", "1.5MiB" or plain bytes.
            captions: "srt", "vtt", "burn", several with commas, or "none"; absent, "srt".
            plays: "3" or "3,5", the plays to show, counted from 0.
            rest: further fields of RenderSpec.
        """
        short_side, quality_fps = QUALITIES[quality_letter("m" if quality is None else quality)]
        if resolution is not None and aspect is not None:
            raise UsageError("-r and --aspect both given", "-r W,H alone sets the aspect")
        size = (
            resolution_size(resolution) if resolution else aspect_size(short_side, aspect or "16:9")
        )
        path = output_path(output)
        chosen = asked_format(format, path, still)
        if chosen is None and at is not None:
            chosen = "png"
        if still and at is not None:
            raise UsageError(f"-s with --at {at:g}", "-s is the last frame: leave one of them out")
        if max_bytes is not None:
            rest["max_bytes"] = parse_bytes(max_bytes)
        if captions is not None:
            kinds = [kind.strip() for kind in captions.split(",")]
            rest["captions"] = () if kinds == ["none"] else tuple(dict.fromkeys(kinds))
        if no_heading:
            rest["heading"] = False
        if plays is not None:
            rest["plays"] = parse_plays(plays)
        told: dict[str, Any] = {
            "quality": quality,
            "resolution": resolution,
            "aspect": aspect,
            "fps": fps,
        }
        told |= {"format": chosen, "transparent": transparent or None, "output": output}
        told |= {name: rest.get(name) for name in ("seed", "plays", "background")}
        written = chosen or default_format(rest.get("codec"), transparent)
        if path is not None and is_bare(path) and written in SUFFIXES.values():
            path = path.with_name(f"{path.name}.{written}")
        return cls(
            width=size[0],
            height=size[1],
            fps=quality_fps if fps is None else fps,
            format=written,
            still_if_empty=chosen is None,
            transparent=transparent,
            output=path,
            at=at,
            given=tuple(name for name, value in told.items() if value is not None),
            **rest,
        )
