"""Explainer: a Manim scene with typed parameters, a theme of roles, and named teaching steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Protocol

import srt
from manim import Animation, Mobject, Scene
from manim.utils.exceptions import EndSceneEarlyException

from mlanim import motion
from mlanim.branding import Branding, page_of
from mlanim.burnt_caption import BurntCaption
from mlanim.models.page_pass import PagePass
from mlanim.parameters import Parameter, check_values, declared_parameters, gathered, parameter
from mlanim.primitives.area import Area
from mlanim.primitives.heading import Heading
from mlanim.steps import Selection, Step, step_title
from mlanim.theme import Theme, get_theme
from mlanim.words.reading_time import needed
from mlanim.words.table import AsIs, Words

__all__ = ["Explainer", "Narrator", "Parameter", "Selection", "Step", "parameter"]

_SCENE_ARGUMENTS = (
    "renderer",
    "camera_class",
    "always_update_mobjects",
    "random_seed",
    "skip_animations",
)
_BREATH = 0.4  # seconds between the words of two steps


class Narrator(Protocol):
    """Reads a text aloud: gives a sound file and its seconds."""

    def spoken(self, text: str) -> tuple[Path, float]:
        """A sound of a text."""


class Explainer(Scene):
    """A scene of teaching steps, which plain `manim render` plays too, to the same frames.

    Args:
        theme: a `Theme` or its name.
        language: the table of words that its texts pass; None is the theme's own.
        steps: the steps to show, as `Selection` reads them; none means all. What lies outside is
            fast-forwarded, and the scene ends after the last of them.
        values: the declared parameters by name, and Manim's own scene arguments.

    Attributes:
        captured_steps: of a scene with a parameter `trace`: the steps that it plays of a captured
            model, each with the arrays that it needs. A literal, as step names are.
        given_parameters: names of those that were given; the others have their defaults.
        narrator: reads the steps aloud, which last at least as long; None leaves them silent.
        shows_heading: headings are drawn; else only their room is there.

    Raises:
        UsageError: an unknown theme, parameter or step, or a value that is not allowed.

    Example::

        class Softmax(Explainer):
            "Scores become weights."
            scores: list[float] = parameter([13.0, 9.0, 9.0], "one score a hidden state")

            def construct(self):
                with self.step("softmax", say="Exponentiate, then divide by the sum."):
                    self.play(...)
    """

    captured_steps: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    foreground_mobjects: list[Mobject]

    def __init__(
        self,
        renderer: Any = None,
        *,
        theme: str | Theme = "light",
        language: Words | None = None,
        steps: Iterable[str] = (),
        **values: Any,
    ) -> None:
        scene_arguments = {key: values.pop(key) for key in _SCENE_ARGUMENTS if key in values}
        values = gathered(self.parameters(), values)
        checked = check_values(self.parameters(), values)
        self.given_parameters = frozenset(values)
        self.theme = get_theme(theme)
        if language is not None:
            self.theme = replace(self.theme, words=language)
        self.selection = Selection(steps)
        self.steps: list[Step] = []
        self.heading: Heading | None = None
        self.narrator: Narrator | None = None
        self._burns_captions, self.shows_heading = False, True
        self._open_steps: list[Step] = []
        self._occurrences: Counter[str] = Counter()
        super().__init__(renderer, **scene_arguments)
        for name, value in checked.items():
            setattr(self, name, value)
        self.camera.background_color = self.theme.surface
        self.brand: list[Mobject] = []
        self._branded = Branding(self.theme, self._page)
        self.brand += self._branded.mobjects
        self.add(*self.brand)
        if self.selection:  # what comes before the first wanted step is fast-forwarded
            self.next_section("before", skip_animations=True)

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """The declared parameters by name, in the order of declaration."""
        return declared_parameters(cls)

    def passes(self) -> Mapping[str, PagePass]:
        """Small computations that a page does anew while its reader turns what goes in, by step.

        Asked for when all was played. A scene that has any gives them, such as
        `{"softmax": PagePass("softmax", {"scores": self.trace.scores[0]}, self.words)}`.
        """
        return {}

    @property
    def area(self) -> Area:
        """The frame inside its margin; layouts start here, never from constants."""
        if self.theme.logo is None and not self.theme.watermark:
            return self._page.inset(self.theme.margin)
        return self._branding.area

    @property
    def heading_room(self) -> Area:
        """The area as far as headings may take it: beside a logo at the top."""
        return self._branding.heading if self.brand else self.area

    @property
    def burns_captions(self) -> bool:
        """What a step says stands in the picture, below the page."""
        return self._burns_captions

    @burns_captions.setter
    def burns_captions(self, burns: bool) -> None:
        self._burns_captions = burns
        if self.brand and burns:  # it moves up to the page, from where the words will be
            self.remove(*self.brand)
            self.brand = self._branding.mobjects
            self.add(*self.brand)

    @property
    def _page(self) -> Area:
        """The frame, but for the strip of captions in the picture."""
        size = self.camera.frame_width, self.camera.frame_height
        return page_of(*size, burnt=self._burns_captions, branded=bool(self.brand))

    @property
    def _branding(self) -> Branding:
        self._branded = self._branded.on(self._page)
        return self._branded

    @property
    def on_page(self) -> list[Mobject]:
        """What is on screen, but for the heading and what stands on every page."""
        apart = {id(mobject) for mobject in (*self.brand, self.heading)}
        return [mobject for mobject in self.mobjects if id(mobject) not in apart]

    @property
    def body(self) -> Area:
        """What a heading of one line leaves of the area."""
        return Heading.body(self.area, theme=self.theme)

    def on(self, area: Area) -> dict[str, Any]:
        """Where a primitive stands, and how it looks: its `area` and `theme` arguments."""
        return {"area": area, "theme": self.theme}

    def add(self, *mobjects: Mobject) -> Explainer:
        """As Manim does; but a caption in the picture is none of the scene's things."""
        front = self.foreground_mobjects
        self.foreground_mobjects = [m for m in front if not isinstance(m, BurntCaption)]
        super().add(*mobjects)
        self.foreground_mobjects = front
        return self

    def retitle(self, text: str) -> Animation:
        """An animation: a heading takes the place of the one before, if there is one."""
        lines = Heading.lines_of(text, self.area)
        new = Heading(text, area=self.heading_room, theme=self.theme, lines=lines)
        old, self.heading = self.heading, new
        if self.theme.words.entries:  # else a step's name tells it
            for step in self._open_steps:
                step.title = step.title or new.text
        if not self.shows_heading:
            new.set_opacity(0)
        return motion.retitle(old, new, place=False) if old else motion.appear(new)

    def turn_to(self, text: str, *arrivals: Mobject) -> None:
        """Play a new page: its heading, and what is on it at first, in place of all that was."""
        leaving = self.on_page
        arriving = motion.appear(*arrivals, lag=min(0.12, 1 / max(1, len(arrivals))))
        self.play(self.retitle(text), motion.vanish(*leaving), motion.after(0.3, arriving))

    def working(self, what: str) -> Callable[[int, int], None]:
        """For a computation that takes a while: call it with how many are done, and of how many.

        Whoever renders and watches sees a bar; under plain `manim render` nothing happens.
        """
        tell = getattr(self.renderer, "working", None)
        return lambda done, total: tell(what, done / total) if tell else None

    def note(self, line: str) -> None:
        """Tell whoever renders one line beside the pictures."""
        if tell := getattr(self.renderer, "noted", None):
            tell(line)

    @contextmanager
    def step(self, name: str, say: str = "") -> Iterator[Step]:
        """Play what follows as a named step: a section, a chapter, a caption, a slide.

        Args:
            name: letters, digits, `_` and `-`; literal, so that `mlanim list` can read it.
            say: one or two sentences that teach the step, for captions and notes.
        """
        outer = self._open_steps[-1] if self._open_steps else None
        path = f"{outer.path}/{name}" if outer else name
        self._occurrences[path] += 1
        self.theme.words.begins(path)
        say = self.theme.words.said(" ".join(say.split()), "say")
        wanted = self.selection.begins(path) or not self.selection
        left_out = self.selection.leaves_out(path) or bool(outer and outer.left_out)
        step = Step(
            name=name,
            path=path,
            say=say,
            depth=len(self._open_steps),
            occurrence=self._occurrences[path],
            first_play=self.renderer.num_plays,
            shown=not left_out and (wanted or bool(outer and outer.shown)),
            left_out=left_out,
        )
        self.steps.append(step)
        self._open_steps.append(step)
        self.next_section(name, skip_animations=not step.shown)
        started = self.renderer.time
        if self.burns_captions and step.say:  # it stays until the next step has something to say
            frame = self.camera.frame_width, self.camera.frame_height
            self.foreground_mobjects = [BurntCaption(step.say, frame=frame, theme=self.theme)]
        yield step
        innermost = self.steps[-1] is step
        if innermost and step.shown and step.say:
            self._say(step.say, started)
        self._open_steps.pop()
        self._end(step)
        inside_shown = bool(outer and outer.shown)
        if self.selection.exhausted and not inside_shown:
            raise EndSceneEarlyException
        skip = not inside_shown and (bool(self.selection) or bool(outer))
        self.next_section(outer.name if outer else "between", skip_animations=skip)

    def _end(self, step: Step) -> None:
        """Nothing more belongs to it; without a heading of its own, it is called by its name."""
        step.last_play = self.renderer.num_plays
        if self.theme.words.entries:
            step.title = step.title or self.theme.words.said(step_title(step.path), "step")

    def _say(self, say: str, started: float) -> None:
        """Caption what was shown since then; with a narrator, wait until it has been said.

        A translation may take longer to read than the English that the step was timed for.
        """
        until = self.renderer.time
        if isinstance(say, AsIs) and (rest := started + needed(say) - until) > 0:
            self.wait(rest)
            until = self.renderer.time
        if self.narrator:
            sound, seconds = self.narrator.spoken(say)
            until = started + seconds
            self.add_sound(str(sound), time_offset=started - self.renderer.time)
            if (rest := until + _BREATH - self.renderer.time) > 0:
                self.wait(rest)
        self._caption(say, started, until)

    def _caption(self, say: str, started: float, until: float) -> None:
        """Add a caption, as Manim's `add_subcaption` does ahead of time."""
        start, end = timedelta(seconds=started), timedelta(seconds=until)
        captions = self.renderer.file_writer.subcaptions
        captions.append(srt.Subtitle(index=len(captions), start=start, end=end, content=say))

    def tear_down(self) -> None:
        """Close the steps that an early end left open, and refuse steps that never came."""
        for step in self._open_steps:
            self._end(step)
        self._open_steps.clear()
        self.selection.check(step.path for step in self.steps)
        for remark in self.theme.words.remarks(whole=not self.selection):
            self.note(remark)
        super().tear_down()
