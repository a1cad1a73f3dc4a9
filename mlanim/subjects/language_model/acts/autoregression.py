"""A language model says a word, the word joins what it reads, and so on."""

from __future__ import annotations

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.language_model.language_model import Continuation
from mlanim.subjects.language_model import SpeakingModel

__all__ = ["autoregression"]


def autoregression(scene: Explainer, made: Continuation) -> None:
    """All words of a continuation, the later ones faster."""
    page = SpeakingModel(made.prompt, made.said, **scene.on(scene.body))
    scene.turn_to("The output joins the input", *page.prompt, page.model)
    scene.play(do.draw(page.into))
    for step, (word, place) in enumerate(zip(page.spoken, page.said, strict=True)):
        pace = max(0.5, 1 - 0.2 * step)
        read = [*page.prompt, *page.said[:step]]
        scene.play(do.pour(read, page.model, run_time=1.1 * pace))
        if step == 0:
            scene.play(do.draw(page.out))
        scene.play(
            do.pulse(page.model, scale=1.03, run_time=0.5 * pace),
            do.appear(word, start=page.model, scale=0.5),
        )
        scene.wait(0.6 * pace)
        scene.play(
            do.flow(word, place, bend=-0.3, shrink=0.6, run_time=0.9 * pace),
            do.vanish(word, run_time=0.15),
            do.after(0.8 * pace, do.appear(place, run_time=0.25)),
        )
