"""What the page is told while a scene computes and is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from mlanim.studio import jobs
from mlanim.studio.asked import Asked

SCENE = '''
from manim import RIGHT, Square

from mlanim import Explainer


class Slow(Explainer):
    """It computes first."""

    def construct(self):
        for number in range(3):
            self.renderer.working("fitting", number / 3)
        self.note("three were fitted")
        square = Square(color="#0b63b0", fill_opacity=1)
        for name in ("one", "two"):
            with self.step(name, say="It moves."):
                self.play(square.animate.shift(RIGHT), run_time=2)
'''


def test_steps_are_known_before_they_are_drawn_and_parts_before_the_whole(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_BREATH", 0.0)
    monkeypatch.setattr(jobs, "_PART", 0.0)
    (desk / "scenes/slow.py").write_text(SCENE)
    told: list[tuple[str, Any]] = []
    asked = Asked(scene="slow", fps=30.0)
    request = {"asked": asked.to_json(), "folder": str(desk), "again": False}
    jobs.do("film", request, lambda say, what: told.append((say, what)))
    kinds = [say for say, _ in told]
    assert [what for say, what in told if say == "working"] == [
        "fitting 0%",
        "fitting 33%",
        "fitting 67%",
    ]
    assert ("noted", "three were fitted") in told
    assert kinds.index("working") < kinds.index("plan") < kinds.index("film")
    plans = [[step["path"] for step in what["steps"]] for say, what in told if say == "plan"]
    assert plans[-1] == ["one", "two"]
    drawn = [what for say, what in told if say == "drawn"]
    assert drawn == sorted(drawn) and drawn[-1] == pytest.approx(4.0)
    parts = [Path(what["path"]) for say, what in told if say == "part"]
    assert parts and all(path.stat().st_size > 0 for path in parts)
    assert kinds[-1] == "files"
    # A picture comes first: of the moment behind the first play, as the film has it.
    assert kinds.count("picture") == 1
    assert kinds.index("picture") < kinds.index("part") < kinds.index("film")
    picture = pixels(Image.open(dict(told)["picture"]["path"]))
    with av.open(dict(told)["film"]["path"]) as container:
        frames = [pixels(frame.to_image()) for frame in container.decode(video=0)]
    apart = [np.abs(picture - frame).mean() for frame in frames]
    assert int(np.argmin(apart)) in (59, 60) and apart[60] < 0.5
    assert apart[30] > 1.0, "the square is elsewhere"


def pixels(image: Image.Image) -> np.ndarray:
    """Its colours."""
    return np.asarray(image.convert("RGB"), dtype=float)
