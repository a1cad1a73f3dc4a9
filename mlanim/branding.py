"""Branding: a theme's logo and watermark, on every page, and the room that they leave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import floor
from pathlib import Path
from typing import Any

from manim import Group, ImageMobject, Mobject, Scene, SVGMobject, VGroup

from mlanim.burnt_page import burnt_page
from mlanim.errors import NoRoomError, UsageError
from mlanim.fonts import SANS
from mlanim.primitives.area import Area
from mlanim.primitives.glyphs import set_line
from mlanim.primitives.heading import Heading
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.theme.logo_file import LEAST_LOGO

__all__ = ["Branding", "brand_told", "page_of"]

_WIDER = 1.02  # times the shipped font, and a page may lack width for it
_SAMPLE = "The weights of 24 words are 0.67 and 0.33"


class _Drawing(VGroup):
    """A logo of paths."""

    seen = Seen("logo")


class _Picture(Group):
    """A logo of pixels."""

    seen = Seen("logo")


def page_of(width: float, height: float, *, burnt: bool, branded: bool) -> Area:
    """The page in a frame: all of it, or what captions in the picture leave.

    An upright frame has room above them, which makes up for what a brand takes of the page.
    """
    if not burnt:
        return Area.of_frame(width, height, 0)
    page = Area(*burnt_page(width, height))
    top = height / 2 if branded else page.top
    return Area(page.left, page.bottom, page.width, top - page.bottom)


class Branding:
    """A theme's logo and watermark on a page, which is the frame or what captions leave of it.

    Attributes:
        page: where it stands.
        mobjects: what stands on every page; none for a theme without either.
        area: what is left for a page.
        heading: what is left for its heading, which stands beside a logo at the top.
        taken: what they take of the page's height and how to have it back, "" where nothing.

    Raises:
        UsageError: a logo's file that cannot be drawn, or a logo too large for the page.
    """

    def __init__(self, theme: Theme, page: Area) -> None:
        self.page, self._theme = page, theme
        whole = page.inset(theme.margin)
        self.mobjects: list[Mobject] = []
        self.area = self.heading = whole
        low = 0.0  # of the strip at the bottom
        beside = 0.0
        logo = theme.logo
        if logo is not None:
            drawn = _drawn(Path(logo.file), logo.height)
            if drawn.width > 0.4 * whole.width or logo.height > 0.2 * whole.height:
                most = min(0.2 * whole.height, 0.4 * whole.width * logo.height / drawn.width)
                raise UsageError(
                    f"the logo {Path(logo.file).name} is {drawn.width:.1f} x {logo.height:.1f} of "
                    f"{whole.width:.1f} x {whole.height:.1f} units",
                    f"give it a height of at most {floor(100 * most) / 100:g}"
                    if most >= LEAST_LOGO
                    else "crop it, or give another: it is too wide for any height",
                )
            up, right = logo.corner.startswith("top"), logo.corner.endswith("right")
            x = whole.right - drawn.width / 2 if right else whole.left + drawn.width / 2
            y = whole.top - logo.height / 2 if up else whole.bottom + logo.height / 2
            self.mobjects.append(drawn.move_to([x, y, 0]))
            if up:
                beside = drawn.width + theme.gap
            else:
                low = logo.height
        if theme.watermark:
            told = Label(theme.watermark, theme=theme, size="small", role="muted")
            left = logo is None or logo.corner != "bottom left"
            x = whole.left + told.width / 2 if left else whole.right - told.width / 2
            told.move_to([x, 0, 0]).align_baseline(whole.bottom)
            self.mobjects.append(told.shift([0, max(0.0, whole.bottom - told.get_bottom()[1]), 0]))
            low = max(low, told.height)
        if low:
            low += theme.gap
        head = whole.height - Heading.body(whole, theme=theme).height
        high = max(0.0, logo.height - head) if logo is not None and beside else 0.0
        self.area = Area(whole.left, whole.bottom + low, whole.width, whole.height - low - high)
        self.heading = Area(whole.left, self.area.bottom, whole.width - beside, whole.height - low)
        self.taken = ""
        if whole.height - self.area.height > 1e-6:
            self.taken = _taken(theme, whole.height - self.area.height, whole.height)
        if high:  # headings stand where the page begins, below what is taller than they are
            self.heading = Area(
                whole.left, self.area.bottom, whole.width - beside, self.area.height
            )

    def on(self, page: Area) -> Branding:
        """On another page; on the same one it is the same, and no file is read again."""
        return self if page == self.page else Branding(self._theme, page)


@contextmanager
def brand_told(scene: Scene) -> Iterator[None]:
    """Where a page of this scene has no room, tell what the theme's brand takes of it."""
    try:
        yield
    except NoRoomError as error:
        theme = getattr(scene, "theme", None)
        if isinstance(theme, Theme):
            told = [str(error)]
            if error.lacks != "width" and (theme.logo is not None or theme.watermark):
                frame = Area.of_frame(scene.camera.frame_width, scene.camera.frame_height, 0)
                told.append(Branding(theme, frame).taken)
            if error.lacks != "height":
                told.append(_wider(theme))
            error.args = (": ".join(part for part in told if part),)
        raise


def _wider(theme: Theme) -> str:
    """How much wider than usual a theme's texts are, and what mends it; "" where they are not."""
    wide = set_line(_SAMPLE, theme.fonts.sans).advance / set_line(_SAMPLE, SANS).advance
    wide *= theme.sizes.small / LIGHT.sizes.small
    if wide < _WIDER:
        return ""
    return (
        f"the theme's texts are {100 * (wide - 1):.0f} % wider than usual: "
        f"give a narrower font than {theme.fonts.sans}, or smaller sizes"
    )


def _taken(theme: Theme, height: float, whole: float) -> str:
    kinds = [kind for kind in ("logo", "watermark") if getattr(theme, kind)]
    ways = [f"leave out {' or '.join(kinds)}"]
    if theme.logo is not None:
        ways.append("give [logo] less height")
        if not theme.logo.corner.startswith("top"):
            ways.append('set its corner = "top right"')
    return (
        f"the theme's {' and '.join(kinds)} take{'s' * (len(kinds) == 1)} {height:.1f} of "
        f"{whole:.1f} units of height: {', or '.join(ways)}"
    )


def _drawn(file: Path, height: float) -> Any:
    try:
        if file.suffix.lower() == ".svg":
            paths = SVGMobject(str(file), height=height)
            drawn: Any = _Drawing(paths)
            if not paths.family_members_with_points():
                raise ValueError("nothing is drawn in it")
        else:
            picture = ImageMobject(str(file))
            picture.height = height
            drawn = _Picture(picture)
    except Exception as error:  # parsers of pictures raise what they like
        raise UsageError(f"the logo {file.name} cannot be drawn", str(error)) from None
    return drawn
