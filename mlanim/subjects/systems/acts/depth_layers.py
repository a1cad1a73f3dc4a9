"""A picture and its depth become layers, whose holes are filled; then the camera moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from mlanim import motion as do
from mlanim.acts.page_room import page_room
from mlanim.colour import from_hex
from mlanim.explainer import Explainer
from mlanim.primitives import Area
from mlanim.primitives.text import Label
from mlanim.subjects.systems.models.depth_layers import Layer, cut, fill_holes
from mlanim.subjects.systems.models.drawn_scene import STEP, draw_scene
from mlanim.subjects.systems.models.seen_again import compare
from mlanim.subjects.systems.primitives.moved_view import MovedView
from mlanim.subjects.systems.primitives.picture_panel import PicturePanel

__all__ = ["depth_layers"]

_MARGIN = 8  # columns at each side that the moved view leaves out: so far the hills move
_REACH = 4 * STEP


def depth_layers(scene: Explainer) -> None:
    """The whole step, from the picture to the view that moves."""
    first = draw_scene()
    layers = cut(first.colours, first.depth)
    filled = fill_holes(layers)
    body = page_room(scene)
    panels = _picture_and_depth(scene, first.colours, first.depth, layers)
    _apart(scene, panels, layers, filled, body)
    _move(scene, filled)
    _compare(scene, filled, body)


def _picture_and_depth(
    scene: Explainer, colours: NDArray, depth: NDArray, layers: list[Layer]
) -> list[PicturePanel]:
    title = "A picture and its depth"
    rooms = page_room(scene, title).split(1, 1, gap=0.3)
    picture = PicturePanel(colours, name="picture", area=rooms[0], theme=scene.theme)
    near = scene.theme.weight(depth.min() / depth, "context")
    map_of = PicturePanel(
        near, name="its depth, in metres", what="depth map", area=rooms[1], theme=scene.theme
    )
    scene.turn_to(title, picture)
    scene.wait(1.2)
    scene.play(do.appear(map_of))
    marks = [_depth_mark(scene, map_of, layer) for layer in layers]
    scene.play(do.appear(*marks, lag=0.3))
    scene.wait(2)
    return [picture, map_of, *marks]


def _depth_mark(scene: Explainer, panel: PicturePanel, layer: Layer) -> Label:
    """How far a layer is, written where there is most of it around."""
    columns = layer.seen.shape[1]
    around = distance_transform_edt(np.pad(layer.seen, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(around.argmax()), around.shape)
    cell = panel.frame.width / columns
    x, y, _ = panel.frame.get_corner(np.array([-1, 1, 0]))
    label = Label(f"{layer.depth:g} m", theme=scene.theme, weight="bold")
    label.set_fill(scene.theme.on(panel.colours[row, column]))
    return label.center_on([x + (column + 0.5) * cell, y - (row + 0.5) * cell, 0])


def _apart(
    scene: Explainer,
    leaving: list[PicturePanel],
    layers: list[Layer],
    filled: list[Layer],
    body: Area,
) -> None:
    """Four layers side by side; what they lack; what they are given for it."""
    rows = body.rows(1, 1, 1, 1) if body.is_tall else body.rows(1, 1, gap=0.3)
    rooms = rows if body.is_tall else [room for row in rows for room in row.columns(1, 1, gap=0.4)]
    hole = from_hex(scene.theme.role("score").ink)
    stages = []
    for layer, whole, room in zip(layers, filled, rooms, strict=True):
        seen = int(layer.seen.sum())
        holes = int(whole.guessed.sum())
        told = f"{layer.depth:g} m: {seen:,} pixels"
        marked = np.where(whole.guessed[..., np.newaxis], hole, layer.colours)
        here = {"area": room, "theme": scene.theme}
        stages.append(
            (
                PicturePanel(layer.colours, layer.seen, name=told, what="layer", **here),
                PicturePanel(
                    marked,
                    whole.there,
                    name=f"{layer.depth:g} m: {holes:,} hidden",
                    what="layer with a hole",
                    **here,
                ),
                PicturePanel(
                    whole.colours,
                    whole.there,
                    name=f"{layer.depth:g} m: {holes:,} filled",
                    what="filled layer",
                    **here,
                ),
            )
        )
    start = leaving[0].get_center()
    panels = [stage[0] for stage in stages]
    scene.play(
        scene.retitle("Cut by depth: four layers"),
        do.vanish(*leaving),
        do.after(0.3, do.appear(*panels, start=start, scale=0.6, lag=0.25, run_time=0.9)),
    )
    scene.wait(2)
    holed = [stage for stage, whole in zip(stages, filled, strict=True) if whole.guessed.any()]
    scene.play(
        scene.retitle("What nearer layers hide is a hole"),
        do.appear(*(stage[1] for stage in holed)),
        do.after(0.3, do.vanish(*(stage[0] for stage in holed), run_time=0.3)),
    )
    scene.wait(2)
    scene.play(
        scene.retitle("Filled: each pixel the mean of those around"),
        do.appear(*(stage[2] for stage in holed), run_time=1.2),
        do.after(0.8, do.vanish(*(stage[1] for stage in holed))),
    )
    scene.wait(2.2)


def _move(scene: Explainer, filled: list[Layer]) -> None:
    room = page_room(scene, title := "Near layers move most")
    view = MovedView(filled, reach=_REACH, margin=_MARGIN, **scene.on(room))
    scene.turn_to(title, view)
    scene.wait(1)
    for camera, seconds in ((_REACH, 2.5), (-_REACH, 4.0), (0.0, 2.0)):
        scene.play(view.animate(run_time=seconds).set_camera(camera))
        scene.wait(0.8)


def _compare(scene: Explainer, filled: list[Layer], body: Area) -> None:
    made = compare(filled, draw_scene(), _REACH, _MARGIN)
    theme = scene.theme
    cap = 1.2 * theme.sizes.body
    lines = 2.4 * cap * (2 if body.width < 10 else 1)
    upper, strip = body.rows(body.height - 2 * lines, 2 * lines, gap=0.1)
    rooms = upper.split(1, 1, gap=0.5)
    guess = from_hex(theme.role("score").ink)
    marked = np.where(made.seen_before[..., np.newaxis], made.view.colours, guess)
    ours = PicturePanel(made.view.colours, name="the layers' view", area=rooms[0], theme=theme)
    masked = PicturePanel(marked, name="its guesses marked", area=rooms[0], theme=theme)
    true = PicturePanel(
        made.direct.colours, name="drawn anew from there", area=rooms[1], theme=theme
    )
    seen, guessed = int(made.seen_before.sum()), int((~made.seen_before).sum())
    told = (
        f"{seen:,} pixels were seen before: the greatest difference is {made.worst_seen:.3f}.",
        f"{guessed:,} are guesses: off by {made.mean_guessed:.2f} of 1 on average.",
    )
    labels = [
        Label(text, theme=theme, size=cap, width=strip.width, role=role)
        for text, role in zip(told, (None, "score"), strict=True)
    ]
    left = strip.center[0] - max(label.width for label in labels) / 2
    for label, room in zip(labels, strip.rows(1, 1, gap=0.1), strict=True):
        label.center_on([left + label.width / 2, room.center[1], 0])
    scene.turn_to(f"Is it right? From {_REACH:g} m to the right", ours, true)
    scene.wait(1.2)
    scene.play(do.appear(labels[0]))
    scene.wait(3.5)
    scene.play(do.appear(masked), do.vanish(ours), do.after(0.4, do.appear(labels[1])))
    scene.wait(3.5)
