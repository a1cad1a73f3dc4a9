"""How much sooner mlanim animates and draws than Manim, without any encoding.

    python benchmarks/drawing.py FILE [CLASS ...] [--height 1080] [--rate 60] [--runs 3]

Renders every scene of a plain Manim file in turn with Manim's own camera and with mlanim's, in one
process and interleaved, and prints the CPU time of both per frame, split into what draws and what
animates, and whether all frames were the same. CPU time rather than wall time, and ratios of
neighbouring runs rather than seconds, because a busy machine slows both alike.
"""

import argparse
import contextlib
import importlib.util
import inspect
import statistics
import time
import zlib
from pathlib import Path
from types import SimpleNamespace

from manim import Scene, logger, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.iterables import list_update

from mlanim.render.twins.fast_animating import fast_animating
from mlanim.render.twins.fast_camera import fast_drawing
from mlanim.render.twins.repaint import Repainter


class Manims(CairoRenderer):
    """Manim's renderer, which keeps a checksum of each frame instead of encoding it."""

    drawing = 0.0

    def init_scene(self, scene, session_spec, file_writer_settings):
        """Take no file writer."""
        self.sums, self.frames, self.checking = [], 0, 0.0
        output = SimpleNamespace(is_still=False, is_video=True, fallback_to_still=False)
        section = SimpleNamespace(skip_animations=False)
        self.file_writer = SimpleNamespace(output_spec=output, sections=[section])
        for name in ("add_partial_movie_file", "begin_animation", "end_animation", "next_section"):
            setattr(self.file_writer, name, lambda *args, **kwargs: None)

    def update_frame(self, scene, *args, **kwargs):
        """Draw, and take the time."""
        start = time.process_time()
        self.paint(scene, *args, **kwargs)
        self.drawing += time.process_time() - start

    def paint(self, scene, *args, **kwargs):
        """Draw as Manim does."""
        super().update_frame(scene, *args, **kwargs)

    def render(self, scene, time, moving_mobjects=None):
        """Draw a frame and count it."""
        self.update_frame(scene, moving_mobjects)
        self.add_frame(None)

    def freeze_current_frame(self, duration):
        """Count a frame that stays."""
        self.add_frame(None, int(duration * self.camera.frame_rate))

    def add_frame(self, frame, num_frames=1):
        """Remember what the frame was."""
        self.time += num_frames / self.camera.frame_rate
        self.frames += num_frames
        start = time.process_time()
        self.sums.append((zlib.adler32(self.camera.pixel_array), num_frames))
        self.checking += time.process_time() - start


class Ours(Manims):
    """The same with mlanim's drawing."""

    def paint(self, scene, mobjects=None, **_):
        """Draw what changed."""
        if "repainter" not in vars(self):
            self.repainter = Repainter(self.camera)
        mobjects = mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
        self.repainter.paint(mobjects, self.static_image)


def run(scene_class, renderer_class, *ways):
    """Render a scene; its renderer, with the seconds of animating in ``animating``."""
    with contextlib.ExitStack() as stack:
        for way in ways:
            stack.enter_context(way())
        renderer = renderer_class(camera_class=scene_class().camera_class)
        scene = scene_class(renderer=renderer)
        start = time.process_time()
        scene.setup()
        scene.construct()
        took = time.process_time() - start
    renderer.animating = took - renderer.drawing - renderer.checking
    return renderer


def scenes(path, names):
    """The scene classes of a file, all of them or those named."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [
        kind
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Scene)
        and kind.__module__ == path.stem
        and (name in names if names else "construct" in vars(kind))
    ]


def main():
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("scene", nargs="*")
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--rate", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    logger.setLevel("ERROR")
    size = {"pixel_height": options.height, "pixel_width": 2 * round(options.height * 8 / 9)}
    quiet = {"disable_caching": True, "progress_bar": "none", "seed": 0}
    print("scene                frames same   draw ms/frame      animate ms/frame   together")
    with tempconfig({**size, "frame_rate": options.rate, **quiet}):
        for kind in scenes(options.file, options.scene):
            pairs = [
                (run(kind, Manims), run(kind, Ours, fast_drawing, fast_animating))
                for _ in range(options.runs)
            ]
            same = all(a.sums == b.sums for a, b in pairs)
            print(f"{kind.__name__:20} {pairs[0][0].frames:6} {'yes' if same else 'NO':4}", end=" ")
            for part in ("drawing", "animating"):
                a, b = (
                    statistics.median(getattr(pair[i], part) / pair[i].frames for pair in pairs)
                    for i in (0, 1)
                )
                print(f"{1e3 * a:6.2f} {1e3 * b:6.2f} {a / b:4.1f}x", end=" ")
            ratio = statistics.median(
                (a.drawing + a.animating) / (b.drawing + b.animating) for a, b in pairs
            )
            print(f"{ratio:6.2f}x", flush=True)


if __name__ == "__main__":
    main()
