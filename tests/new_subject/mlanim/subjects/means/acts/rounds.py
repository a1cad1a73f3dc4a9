"""Round after round the means move."""

from __future__ import annotations

from mlanim.explainer import Explainer
from mlanim.subjects.means import MeansPlane, move_means
from mlanim.subjects.means.models.lloyd import Rounds

__all__ = ["play_rounds"]


def play_rounds(scene: Explainer, made: Rounds) -> MeansPlane:
    """Show the points and the means, and move these, a round a second."""
    plane = MeansPlane(made.points, made.means[0], **scene.on(scene.body))
    scene.turn_to("k-means", plane)
    for means in made.means[1:]:
        scene.play(move_means(plane, means))
    return plane
