"""Words on the plane on which they spread most, and the neighbours of one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.primitives.text import format_number, shortened
from mlanim.subjects.words import WordMap
from mlanim.subjects.words.models.principal_components import main_plane
from mlanim.subjects.words.models.word_vectors import WordVectors
from mlanim.words.table import AsIs

__all__ = ["word_map"]

_NEAREST = 5


def word_map(
    scene: Explainer, vectors: WordVectors, words: Sequence[str], kind_of: Callable[[str], int]
) -> None:
    """The words, with the nearest of the first one joined to it."""
    first = words[0]
    nearest = vectors.nearest(vectors.of([first])[0], _NEAREST, [first])
    drawn = list(dict.fromkeys([*words, *(word for word, _ in nearest)]))
    rows = vectors.of(drawn)
    plane = main_plane(rows)
    line, room = page_room(scene).rows(0.4, 7, gap=0.05)
    near = [drawn.index(word) for word, _ in nearest]
    made = WordMap(
        drawn,
        plane.places(rows),
        kinds=[kind_of(word) for word in drawn],
        first=[drawn.index(first), *near],
        named=False,
        **scene.on(room),
    )
    lines = made.lines(drawn.index(first), near)
    labels = made.name_labels(avoid=lines)
    told_of = [drawn.index(first), *near]
    others = [made.dots[i] for i in range(len(drawn)) if i not in told_of]
    closer = made.name_labels(avoid=lines, only=told_of)
    share = plane.shares.sum()
    told = show.Label(
        f"{share:.0%} of the spread of {rows.shape[1]} numbers is on this plane",
        theme=scene.theme,
        size="small",
        role="muted",
    )
    line.place(told, (-1, 0, 0))
    names = [name for name in labels if len(name.submobjects)]
    scene.turn_to("Words on the plane where they spread most", told, made)
    scene.play(do.appear(*names, lag=min(0.06, 2 / max(1, len(names)))))
    made.names.submobjects = labels
    stand_whole(scene, made)
    scene.wait(2)
    made.names.submobjects = closer
    near_names = [name for name in closer if len(name.submobjects)]
    scene.play(
        do.vanish(*names),
        do.vanish(told),
        do.dim(*others, opacity=scene.theme.dim),
        do.after(0.3, do.appear(*near_names, _listed(nearest, line, scene))),
        scene.retitle(f"Nearest to “{first}”, by cosine"),
        do.appear(*lines, lag=0.25),
        do.pulse(made.dots[drawn.index(first)], scale=1.8),
    )
    scene.wait(2.4)


def _listed(nearest: Sequence[tuple[str, float]], line: Area, scene: Explainer) -> show.Label:
    """All neighbours in one line, with their cosines where there is room: some have no name
    on the map, where many lie upon each other."""
    style: dict[str, Any] = {"theme": scene.theme, "size": "small"}
    numbered = [f"{word} {format_number(cosine, 2)}" for word, cosine in nearest]
    plain = ", ".join(word for word, _ in nearest)
    listed = show.Label(AsIs(", ".join(numbered)), **style)
    if listed.width > line.width:
        listed = show.Label(AsIs(shortened(AsIs(plain), line.width, **style)), **style)
    line.place(listed, (-1, 0, 0))
    return listed
