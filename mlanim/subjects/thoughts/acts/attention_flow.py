"""Attention through all layers: raw, rolled out, and as the greatest flow."""

from __future__ import annotations

from mlanim import motion as do
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.models.rollout import rollout
from mlanim.subjects.thoughts.models.attention_flow import attention_flow, capacities
from mlanim.subjects.thoughts.models.thoughts import Thoughts
from mlanim.subjects.thoughts.primitives.flow_graph import FlowGraph
from mlanim.subjects.thoughts.primitives.word_table import WordTable

__all__ = ["pipes_of_attention", "three_measures"]


def pipes_of_attention(scene: Explainer, found: Thoughts, at: int) -> None:
    """All layers' attention, drawn as pipes that end at one position."""
    attention, words, top = found.attention_at(at)
    graph = FlowGraph(capacities(attention), words, top, **scene.on(page_room(scene)))
    scene.turn_to("Attention, layer upon layer", graph.names, graph.dots, graph.layer_names)
    pace = min(0.8, 6 / len(graph.pipes))
    for layer in reversed(graph.pipes):
        if len(layer):
            scene.play(do.appear(layer, run_time=pace))
    scene.play(do.appear(graph.note, run_time=0.3))
    stand_whole(scene, graph)
    scene.wait(2)


def three_measures(scene: Explainer, found: Thoughts, at: int) -> None:
    """What one position has of each word: by the last layer alone, by rollout, by flow."""
    attention, words, top = found.attention_at(at)
    raw, rolled = attention[-1].mean(axis=0)[top], rollout(attention)[-1, top]
    flow = attention_flow(attention, top)
    table = WordTable(
        words,
        {"raw, last layer": raw, "rollout": rolled, "flow": flow},
        feet=(f"sum {raw.sum():.2f}", f"sum {rolled.sum():.2f}", "each by itself"),
        roles=("score", "context", "encoder"),
        one_scale=True,
        **scene.on(page_room(scene)),
    )
    scene.turn_to(f"What “{words[top]}” has of each word", table.words)
    for place in range(3):
        scene.play(do.appear(table.column(place), run_time=0.7))
        scene.wait(1)
    stand_whole(scene, table)
    scene.wait(1.5)
