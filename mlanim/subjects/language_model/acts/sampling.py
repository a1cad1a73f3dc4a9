"""From logits to the drawn token: all of them, the top few, the temperature, the draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.models.language_model.sampling import SampleTrace
from mlanim.models.softmax import softmax
from mlanim.subjects.language_model import SamplingPage

__all__ = ["sampling"]

_MOST = 8  # tokens in the table
_MOST_BARS = 600  # of more logits no picture is drawn, the best alone are told


def sampling(
    scene: Explainer, trace: SampleTrace, vocabulary: Sequence[str], temperature: float
) -> None:
    """One draw. Of more kept tokens than the table holds, the draw is shown among all of them."""
    kept = [int(i) for i in trace.order if trace.kept[i]]
    count = len(trace.logits)
    scene.turn_to(f"{count} logits, one for each token")
    if count <= _MOST_BARS:
        everything = show.LogitBars(trace.logits, **scene.on(scene.body.inset(0.2, 1.0)))
        scene.play(do.grow(everything))
    scene.wait(1.2)
    table = kept[:_MOST]
    names = [vocabulary[i] for i in table]
    plain = softmax(trace.logits, mask=trace.kept)[table]
    final = trace.probabilities[table]
    rest = len(kept) - len(table)
    if rest:  # what the table leaves out is one row, so that all rows sum to 1
        names = [*names, f"{rest} more"]
        plain, final = (np.append(p, 1 - p.sum()) for p in (plain, final))
    logits = trace.logits[table]
    if rest:
        others = trace.logits[kept[_MOST:]]
        logits = np.append(logits, np.log(np.exp(others).sum()))
    style = {
        "dropped": count - len(kept),
        "draw": trace.draw,
        **scene.on(scene.body.inset(0.12, 0)),
    }
    page = SamplingPage(names, logits, final, **style)
    best = f"The {len(kept)} best stay" if len(kept) < count else "All may be drawn"
    scene.turn_to(best, *page.names, page.logits, page.heads[0])
    if page.left_out:
        scene.play(do.appear(page.left_out))
    scene.wait(0.6)
    page.bars.set_weights(plain / plain.sum())
    scene.play(do.appear(page.heads[1]), do.softmax(page.logits.numbers, page.bars))
    scene.wait(0.8)
    if temperature != 1:
        sharper = "sharper" if temperature < 1 else "flatter"
        scene.play(scene.retitle(f"Temperature {temperature:g}: {sharper}"))
        scene.play(page.bars.animate(run_time=1.6).set_weights(final))
        scene.wait(1)
    scene.play(
        scene.retitle("A number from 0 to 1 is drawn" if page.pointer else "The best is taken"),
        do.carry(page.bars.bars, page.strip),
        do.after(0.6, do.appear(*page.strip, page.strip_names)),
    )
    place = table.index(trace.token) if trace.token in table else len(table)
    if page.pointer:
        scene.play(do.appear(page.pointer, page.number, start=page.strip.get_left(), scale=1.0))
    scene.play(
        do.highlight(page.names[place], role="output", theme=scene.theme, stays=True),
        do.pulse(page.strip[place], scale=1.1),
    )
    scene.wait(1.4)
