"""hero: one wide picture with a title, for the head of an article and the previews of its link."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Scene
from PIL import Image, ImageDraw

from mlanim.primitives.heading import Heading
from mlanim.publish.closing import closing_picture, inked
from mlanim.publish.lettering import draw_lines, fitted
from mlanim.publish.words import title_and_lead
from mlanim.render.asked.destination import check_destination
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.recall import Way
from mlanim.render.stage.asked_scene import AskedScene, OpenedScene, open_asked
from mlanim.render.stage.observer import Observer, Observers
from mlanim.render.stage.progress import ProgressBar
from mlanim.render.stage.session import configured
from mlanim.render.stills.random_access import look_at
from mlanim.render.stills.seeking import Glimpse
from mlanim.replacing import replacing
from mlanim.theme import get_theme
from mlanim.words.files import read_words

__all__ = ["compose", "make_hero"]

_TEXT_SHARE = 0.37  # of the width, beside the picture
_TITLE, _LEAD = 0.125, 0.052  # largest type, of the picture's height
_STACKED = 1.3  # width by height below which the title stands above
_ASPECTS = (16 / 9, 1.0, 9 / 16)


def make_hero(asked: AskedScene, way: Way) -> dict[str, Any]:
    """Write the picture; the moment is `--at`, else the scene's end, or its last step's.

    Returns:
        The result, as `mlanim render --json` prints it.
    """
    output = asked.spec.output
    assert output is not None
    check_destination(asked.spec.where / output, folder=False)
    with open_asked(asked) as opened:
        with ProgressBar(opened.steps, quiet=way.quiet or way.observer is not None) as bar:
            image = compose(opened, way.observer or bar)
        with replacing(asked.spec.where / output) as temporary:
            image.save(temporary, format="PNG", optimize=True)
    return {
        "paths": [str(output)],
        "frames": 1,
        "seconds": 0.0,
        "bytes": output.stat().st_size,
        "steps": [],
        "width": image.width,
        "height": image.height,
        "fps": opened.spec.fps,
        "format": "png",
        "seed": opened.spec.seed or 0,
    }


def compose(opened: OpenedScene, observer: Observer | None = None) -> Image.Image:
    """The title on one side, the scene without its own heading on the other."""
    spec = opened.spec
    width, height = spec.width, spec.height
    theme = get_theme(spec.theme or "light")
    stacked = width < _STACKED * height
    margin = round((0.085 if stacked else 0.11) * min(width, height))
    page = Image.new("RGB", (width, height), theme.surface)
    draw = ImageDraw.Draw(page)
    title, lead = title_and_lead(opened.entry, read_words(spec.words))
    column = width - 2 * margin if stacked else round(_TEXT_SHARE * width)
    unit = height if not stacked else round(0.72 * height)
    head, head_lines = fitted(title, "Semibold", round(_TITLE * unit), column, 4)
    body, body_lines = fitted(lead, "Regular", round(_LEAD * unit), column, 6)
    gap = 0.55 * body.size
    high = 1.08 * head.size * len(head_lines) + gap + 1.35 * body.size * len(body_lines)
    top = margin if stacked else (height - high) / 2
    y = draw_lines(draw, head_lines, (margin, top), head, theme.ink, 1.08)
    draw_lines(draw, body_lines, (margin, y + gap), body, theme.muted, 1.35)
    if stacked:
        room = (margin, round(top + high + margin * 0.6), width - margin, height - margin)
    else:
        room = (margin + column + margin, margin, width - margin, height - margin)
    picture = _picture(opened, (room[2] - room[0], room[3] - room[1]), observer)
    page.paste(
        picture,
        (
            round((room[0] + room[2] - picture.width) / 2),
            round((room[1] + room[3] - picture.height) / 2),
        ),
    )
    return page


def _picture(opened: OpenedScene, room: tuple[int, int], observer: Observer | None) -> Image.Image:
    """The scene drawn in the room's shape, cropped to what it shows, as large as the room."""
    spec = _of_shape(opened.spec, room)
    watcher = _Below()
    looks = Observers([observer, watcher])
    moment = spec.at
    if moment is None:
        image = closing_picture(opened.scene_class, spec, observer=looks)
    else:
        seen: list[Image.Image] = []

        def keep(glimpse: Glimpse) -> None:
            seen.append(Image.fromarray(glimpse.pixels[..., :3].copy()))
            watcher.look(glimpse.scene)

        spec = spec.seeded()
        with configured(spec):
            look_at(opened.scene_class, spec, [moment], keep, observer=looks)
        image = seen[0]
    image = _cropped(image, round(watcher.share * image.height))
    scale = min(room[0] / image.width, room[1] / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def _of_shape(spec: RenderSpec, room: tuple[int, int]) -> RenderSpec:
    """A spec of the aspect that is nearest to the room's, of those for which scenes are made.

    It is half as large again, for what cropping takes away.
    """
    ratio = room[0] / room[1]
    aspect = min(_ASPECTS, key=lambda aspect: abs(math.log(aspect / ratio)))
    short = 2 * round(1.5 * min(room) / 2)
    long = 2 * round(short * max(aspect, 1 / aspect) / 2)
    width, height = (long, short) if aspect >= 1 else (short, long)
    return replace(spec, width=width, height=height, format="png", output=None, hold=0.0)


class _Below(Observer):
    """Finds where the body begins below a scene's heading, as a share of the height."""

    sees_frames = False

    def __init__(self) -> None:
        self.share = 0.0

    def play_skipped(self, scene: Scene) -> None:
        """Look at a play that was fast-forwarded."""
        self.look(scene)

    def play_finished(self, scene: Scene, time: float) -> None:
        """Look at a play that was drawn."""
        self.look(scene)

    def look(self, scene: Any) -> None:
        """Where the body begins, for a heading of as many lines as it has."""
        heading = getattr(scene, "heading", None)
        if not isinstance(heading, Heading):
            self.share = 0.0
            return
        below = heading.get_bottom()[1] - 0.1
        high = scene.camera.frame_height
        self.share = min(0.5, max(0.0, (high / 2 - below) / high))


def _cropped(image: Image.Image, top: int) -> Image.Image:
    """What lies below, as far as anything is drawn there."""
    image = image.crop((0, top, image.width, image.height))
    drawn = inked(image)
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not len(rows):
        return image
    return image.crop((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
