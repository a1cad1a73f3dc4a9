"""One query's attention, tile by tile, beside the full softmax of the same words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.models.dot_product_attention import scaled_dot_product
from mlanim.primitives.facts import about
from mlanim.subjects.modern_attention import TilePage
from mlanim.subjects.modern_attention.models.tiled_attention import tiled_attention

__all__ = ["tiles"]


def tiles(
    scene: Explainer,
    words: Sequence[str],
    query: NDArray,
    keys: NDArray,
    values: NDArray,
    tile: int,
    **facts: int,
) -> None:
    """query (dk,) over keys (T, dk) and values (T, dv); facts: layer and head, from 1."""
    made = tiled_attention(query, keys, values, tile)
    exact = np.stack(
        [scaled_dot_product(query[None], keys[: t.stop], values[: t.stop]).output[0] for t in made]
    )
    page = TilePage(words, made, exact, **scene.on(page_room(scene)))
    about(page, **facts)
    many = "word" if tile == 1 else f"{tile} words"
    scene.turn_to(f"Scores come in tiles of {many}", page.words, page.leaders)
    scene.wait(0.8)
    told = None
    pace = 1.0 if len(made) <= 4 else 4 / len(made)
    for i, box in enumerate(page.scores):
        if i == 1:
            scene.play(scene.retitle("What came before is scaled anew"))
        if i > 0:
            scene.play(do.vanish(page.scores[i - 1]), do.after(0.3, do.appear(box)))
            changes = [
                number.animate(run_time=1.0).set_value(float(value))
                for number, value in zip(page.running, page.state(i), strict=True)
            ]
            scene.play(do.together(*changes))
            scene.play(
                *([do.vanish(told)] if told else []),
                do.become_values(
                    [page.result, page.whole], [made[i].output, exact[i]], run_time=1.0
                ),
            )
        else:
            scene.play(do.appear(box))
            scene.play(do.appear(page.running_names, page.running))
            scene.play(do.appear(page.result_name, page.result))
            scene.play(do.appear(page.whole))
        told = page.told(i)
        scene.play(do.appear(*told))
        scene.wait(max(1.2, 2 * pace))
    most = "score" if tile == 1 else f"{min(tile, len(words))} scores"
    scene.play(scene.retitle(f"Never more than {most} at once"))
    scene.wait(2 if len(made) > 1 else 5.5)
