"""An SVG that plays by itself, in a real browser: Cairo's pictures, round and round."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page

from mlanim.cli import cli

SCENE = '''
import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, Create, FadeIn, FadeOut, Square, Transform

from mlanim import Explainer
from mlanim.primitives import HeatImage, SoftmaxBars, TensorBox


class Moving(Explainer):
    """Moving: shapes that turn, numbers that go."""

    def construct(self):
        look = {"theme": self.theme}
        box = TensorBox([0.5, -1.0, 1 / 3], label="h", cell=0.8, **look).shift(5 * LEFT)
        heat = HeatImage(np.eye(3), width=2, height=2, **look).shift(2 * DOWN)
        bars = SoftmaxBars([0.7, 0.2, 0.1], **look).shift(4 * RIGHT + 2 * UP)
        shape = Square(color=self.theme.role("hidden").ink, fill_opacity=1).shift(UP)
        other = Circle(color=self.theme.role("score").ink, fill_opacity=0.5).shift(UP + RIGHT)
        with self.step("first", say="A vector goes and a square turns."):
            self.turn_to("Moving", box)
            self.play(box.animate.shift(2 * RIGHT), Create(shape), run_time=0.5)
            self.play(Transform(shape, other), FadeIn(heat), run_time=0.5)
            self.play(FadeOut(box), bars.animate.scale(1.3), run_time=0.5)
            self.wait(0.5)
'''
WIDTH, HEIGHT, RATE = 854, 480, 12
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("moving")
    scene = place / "moving_scene.py"
    scene.write_text(SCENE)
    words = ["page", str(scene), "-r", f"{WIDTH},{HEIGHT}", "--quiet", "-o", str(place / "a.svg")]
    done = CliRunner().invoke(cli, [*words, "--format", "svg", "--animated"], prog_name="mlanim")
    assert done.exit_code == 0, done.output
    (place / "article.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>An article</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src file:">'
        f'<body><img src="a.svg" alt="Moving" width="{WIDTH}" height="{HEIGHT}">'
    )
    return place / "a.svg"


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Open]:
    contexts = []

    def opened(path: Path, **options: Any) -> Page:
        size = {"width": WIDTH, "height": HEIGHT}
        contexts.append(browser.new_context(viewport=size, **options))
        page = contexts[-1].new_page()
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def picture(page: Page) -> NDArray:
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), float)


def drawn_by_cairo(scene: Path, frames: list[int], theme: str) -> dict[int, NDArray]:
    from mlanim.render.stage.asked_scene import ask_scene, open_asked

    drawn: dict[int, NDArray] = {}
    size = {"resolution": f"{WIDTH},{HEIGHT}", "fps": RATE, "theme": theme}
    with open_asked(ask_scene(str(scene), None, **size)) as opened:
        from mlanim.render.stage.session import configured
        from mlanim.render.stills.random_access import look_at_frames

        spec = opened.spec.seeded()

        def keep(glimpse: Any) -> None:
            drawn[glimpse.frame] = glimpse.pixels[..., :3].astype(float)

        with configured(spec):
            look_at_frames(opened.scene_class, spec, frames, keep)
    return drawn


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pictures_are_those_that_cairo_draws(made: Path, open_file: Open, scheme: str) -> None:
    frames = [1, 3, 7, 10, 14, 16, 19, 22]
    drawn = drawn_by_cairo(made.with_name("moving_scene.py"), frames, scheme)
    page = open_file(made, color_scheme=scheme, reduced_motion="no-preference")
    cycle = page.evaluate(
        "([w, h]) => { const svg = document.documentElement; svg.setAttribute('width', w);"
        " svg.setAttribute('height', h); svg.pauseAnimations();"
        " return document.getElementById('t').getSimpleDuration(); }",
        [WIDTH, HEIGHT],
    )
    assert len(drawn) == len(frames)
    for begun, some in ((0, frames), (cycle, frames[::3])):  # the second time round as well
        for frame in some:
            wanted = drawn[frame]
            time = begun + round(frame / RATE, 3) + 0.0001  # states are told in whole thousandths
            page.evaluate("time => document.documentElement.setCurrentTime(time)", time)
            apart = picture(page) - wanted
            likeness = 10 * np.log10(255**2 / (apart**2).mean())
            assert likeness > 28, f"frame {frame} from {begun} s: {likeness:.1f} dB"
            strange = np.abs(apart).max(axis=2) > 110
            # A shape that is missing leaves a patch; edges leave lines a pixel wide at most.
            patches = strange[1:-1, 1:-1] & strange[:-2, 1:-1] & strange[2:, 1:-1]
            patches &= strange[1:-1, :-2] & strange[1:-1, 2:]
            assert not patches.any(), f"frame {frame} from {begun} s"


def test_it_plays_within_an_image(made: Path, open_file: Open) -> None:
    page = open_file(made.with_name("article.html"), reduced_motion="no-preference")
    first = picture(page)
    for _ in range(40):
        page.wait_for_timeout(100)
        if (np.abs(picture(page) - first).max(axis=2) > 60).sum() > 200:
            return
    raise AssertionError("nothing moved in four seconds")


def test_it_stands_still_for_who_wants_less_motion(made: Path, open_file: Open) -> None:
    page = open_file(made, reduced_motion="reduce")
    first = picture(page)
    assert (first[40:] < 200).any(), "the last picture is there"
    for _ in range(6):
        page.wait_for_timeout(250)
        assert (picture(page) == first).all()
