"""Scenes and primitives in Jupyter.

    %load_ext mlanim
    from mlanim.notebook import Seq2Seq
    film = Seq2Seq(source="la maison est grande")   # shows itself as a video
    film.still(at=12)                               # one frame, as a picture
    film.storyboard()                               # a picture of every step
    film.page()                                     # an article that plays, in a frame
    film.render("seq2seq.gif", max_bytes="2MB")     # a file, as `mlanim render` makes it

Any scene that `mlanim list` shows is here under its class's name; `show(MyScene, ...)` does it
for a class of your own. With the extension loaded, a primitive at the end of a cell is a picture.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.catalogue import SceneEntry, entries, find, load
from mlanim.errors import did_you_mean
from mlanim.left_behind import scratch
from mlanim.publish.page.frame import PageFrame
from mlanim.render.asked.spec import RenderSpec
from mlanim.words.files import read_words

if TYPE_CHECKING:
    from manim import Mobject, Scene
    from PIL.Image import Image

    from mlanim.render.sinks.result import RenderResult

__all__ = ["LOOK", "Film", "PageFrame", "load_ipython_extension", "named_look", "picture", "show"]

LOOK = ("quality", "resolution", "aspect", "fps", "theme", "language", "steps", "seed")
_MARGIN = 0.25  # units around a primitive
_PIXELS = 960  # of the frame's short side: twice what is shown, for fine screens


def __getattr__(name: str) -> Any:
    """A scene by its class's name, to be called with its parameters."""
    classes = {entry.class_name: entry for entry in entries() if not entry.problem}
    if name not in classes:
        hint = did_you_mean(name, classes)
        raise AttributeError(f"module 'mlanim.notebook' has no scene {name!r}: {hint}")
    entry = classes[name]

    def scene(**options: Any) -> Film:
        return show(entry, **options)

    scene.__name__ = scene.__qualname__ = name
    scene.__doc__ = entry.summary
    return scene


def show(scene: str | type[Scene] | SceneEntry, **options: Any) -> Film:
    """A scene that shows itself.

    Args:
        scene: a name, the path of a file, or a class, such as one of a cell.
        options: the scene's parameters, quality, resolution, aspect, fps, theme, steps, seed;
            language: "de", "es", "zh", or the path of a file of words.

    Raises:
        UsageError: an unknown scene or parameter, or a value that is not allowed.
    """
    look = {name: options.pop(name) for name in LOOK if name in options}
    found = find(scene) if isinstance(scene, str) else scene
    look = named_look(look, getattr(found, "name", ""))
    if isinstance(look.get("steps"), str):
        look["steps"] = tuple(name.strip() for name in look["steps"].split(","))
    film = Film(found, {"quality": "l", **look}, options)
    film.check()
    return film


def named_look(look: dict[str, Any], scene: str) -> dict[str, Any]:
    """The look with a theme's and words' files by their paths."""
    from mlanim.render.stage.asked_look import files_of_words, looked_up

    look, _ = looked_up(look)
    language = look.pop("language", None)
    if language is not None:
        is_file = str(language).endswith(".toml")
        asked = (None, str(language)) if is_file else (language, None)
        look["words"] = files_of_words(scene, *asked)
    return look


@dataclass(frozen=True)
class Film:
    """A scene with its values and its look. At the end of a cell it is a video.

    Made by `show`; `look` has the words of `RenderSpec.from_options`.
    """

    scene: SceneEntry | type[Scene]
    look: Mapping[str, Any]
    values: Mapping[str, Any]
    _shown: list[str] = field(default_factory=list, compare=False, repr=False)

    def check(self) -> None:
        """Refuse what cannot be, before anything is rendered."""
        with self._opened(RenderSpec.from_options(**self.look)) as (scene_class, spec):
            from mlanim.render.stage.scene_building import check_scene

            check_scene(scene_class, spec)

    def render(self, output: str | Path | None = None, **options: Any) -> RenderResult:
        """Make a file, as `mlanim render` does.

        Args:
            output: by default in media/<scene>/.
            options: of `RenderSpec.from_options`, such as format, quality, max_bytes, loop.

        Raises:
            MlanimError: the scene failed, or the file cannot be written.
        """
        spec = RenderSpec.from_options(**{"seed": 0, **self.look, "output": output, **options})
        with self._opened(spec) as (scene_class, spec):
            from mlanim.render.engine import render

            return render(scene_class, spec, rendered_before=True)

    def still(self, at: float | None = None) -> Image:
        """The frame at some seconds, or the last one."""
        from PIL import Image

        with scratch() as folder:
            path = folder / "still.png"
            self.render(path, at=at)
            image = Image.open(path)
            image.load()
            return image

    def storyboard(self) -> Image:
        """The steps of the scene as one picture."""
        spec = RenderSpec.from_options(**{"seed": 0, **self.look, "format": "png"})
        with self._opened(spec) as (scene_class, spec):
            from mlanim.review.sheet import draw_sheet
            from mlanim.review.storyboard import panels_of
            from mlanim.theme import get_theme

            panels = panels_of(scene_class, spec)
            theme = get_theme(spec.theme or "light")
            return draw_sheet(panels, title=self._name, subtitle=self._summary, theme=theme)

    def page(self, *, height: int = 640, **options: Any) -> PageFrame:
        """An article that plays, and whose numbers can be asked, in a frame.

        Args:
            height: of the frame, in pixels.
            options: of `RenderSpec.from_options`.
        """
        from mlanim.publish.page.making import RATE, Wish, page_of
        from mlanim.publish.words import title_and_lead

        spec = RenderSpec.from_options(**{"seed": 0, "fps": RATE, **self.look, **options})
        with self._opened(spec) as (scene_class, spec):
            title, lead = self._name, self._summary
            if isinstance(self.scene, SceneEntry):
                title, lead = title_and_lead(self.scene, read_words(spec.words))
            made = page_of(scene_class, spec, Wish(), title=title, lead=lead)
        return PageFrame(made.html, height, title)

    def _repr_html_(self) -> str:
        """The video, with all that it needs inside."""
        if not self._shown:
            with scratch() as folder:
                made = self.render(folder / "film.mp4")
                content = b64encode(made.paths[0].read_bytes()).decode()
            self._shown.append(
                f'<video controls loop muted playsinline width="{made.width}" '
                f'height="{made.height}" style="max-width: 100%; height: auto" '
                f'aria-label="{escape(self._summary)}" '
                f'src="data:video/mp4;base64,{content}"></video>'
            )
        return self._shown[0]

    @property
    def _name(self) -> str:
        return self.scene.name if isinstance(self.scene, SceneEntry) else self.scene.__name__

    @property
    def _summary(self) -> str:
        if not isinstance(self.scene, SceneEntry):
            return (self.scene.__doc__ or self._name).strip().partition("\n")[0]
        return read_words(self.look.get("words", ())).said(self.scene.summary, "title")

    @contextmanager
    def _opened(self, spec: RenderSpec) -> Iterator[tuple[type[Scene], RenderSpec]]:
        """The class, while Manim is configured for it, and the spec with checked values."""
        from mlanim.render.twins.lean_start import import_manim

        import_manim()
        from mlanim.explainer import Explainer
        from mlanim.parameters import check_values
        from mlanim.render.stage.session import configured

        with configured(spec):
            scene_class = load(self.scene) if isinstance(self.scene, SceneEntry) else self.scene
            values = dict(self.values)
            if issubclass(scene_class, Explainer):
                checked = check_values(scene_class.parameters(), values)
                values = {name: checked[name] for name in values}
            yield scene_class, replace(spec, values=values)


def picture(mobject: Mobject) -> Image:
    """A mobject alone, cut to its size; a large one is made to fit.

    It stands on the surface of its theme. Manim's own mobjects have none, and are made for a black
    frame: their colours stay, and the ground is the light surface where all of them can be seen
    on it, else one on which they can (see `ground_for`).

    >>> from mlanim.primitives import TensorBox
    >>> width, height = picture(TensorBox([0.5, -1.0])).size
    >>> width < height
    True
    """
    import numpy as np
    from PIL import Image

    from mlanim.render.stage.session import configured
    from mlanim.render.stills.random_access import look_at_end
    from mlanim.review.ground import ground_for

    surface = ground_for(mobject)
    spec = RenderSpec(width=_PIXELS * 16 // 9 // 2 * 2, height=_PIXELS, format="png")
    pictures: list[np.ndarray] = []
    boxes: list[tuple[float, ...]] = []
    with configured(spec):
        from manim import Scene

        class Alone(Scene):
            def construct(self) -> None:
                copy = mobject.copy().center()
                frame = np.array(spec.frame_size) - 2 * _MARGIN
                copy.scale(min(1.0, *(frame / np.maximum([copy.width, copy.height], 1e-6))))
                self.camera.background_color = surface
                self.add(copy)
                half = np.array([copy.width, copy.height]) / 2 + _MARGIN
                middle, unit = np.array([spec.width, spec.height]) / 2, spec.height / 8
                boxes.append((*(middle - half * unit), *(middle + half * unit)))

        look_at_end(Alone, spec.seeded(), lambda glimpse: pictures.append(glimpse.pixels))
    left, top, right, bottom = (round(edge) for edge in boxes[0])
    return Image.fromarray(pictures[0]).convert("RGB").crop((left, top, right, bottom))


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext mlanim`: primitives are shown as pictures, and explainers as videos."""
    from manim import Mobject

    from mlanim.explainer import Explainer

    formatters = shell.display_formatter.formatters
    formatters["image/png"].for_type(Mobject, _png)
    formatters["text/html"].for_type(Explainer, _video)


def _png(mobject: Mobject) -> tuple[bytes, dict[str, int]]:
    """The picture, and the size at which it is sharp on a fine screen."""
    image = picture(mobject)
    content = io.BytesIO()
    image.save(content, format="png")
    return content.getvalue(), {"width": image.width // 2, "height": image.height // 2}


def _video(explainer: Any) -> str:
    """An explainer that was made in a cell, with the values that it was given."""
    kind = type(explainer)
    values = {name: getattr(explainer, name) for name in kind.parameters()}
    html: str = show(
        kind, theme=explainer.theme.source or explainer.theme.name, **values
    )._repr_html_()
    return html
