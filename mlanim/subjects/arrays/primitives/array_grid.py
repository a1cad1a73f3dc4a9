"""An array of any shape as cells that carry their numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DashedVMobject, Rectangle, VGroup, VMobject
from numpy.typing import NDArray

from mlanim.colour import from_hex
from mlanim.errors import UsageError
from mlanim.primitives.arrays import frozen
from mlanim.primitives.cells import PAD, paint, plate, rgb_of
from mlanim.primitives.seen import Seen, seen_tensor
from mlanim.primitives.text import Label, shortened
from mlanim.subjects.arrays.models.printed import printed
from mlanim.subjects.arrays.primitives.grid_plan import GridPlan, Place
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["CAP_SHARE", "ArrayGrid"]

CAP_SHARE, _MOST_SHARE = 0.36, 0.42  # of a cell's height that its digits take; in low cells
_ABOVE, _BELOW = 0.16, 0.14  # units from the frame to the name and to the shape
_COPY = 0.32  # of the colour of a cell that is only a copy


class ArrayGrid(VGroup):
    """The cells of an array of numbers or truth values, of up to six dimensions.

    A vector is a row (a column if the plan is `upright`); of more than two dimensions the last two
    make slabs, each with its index. Colours lie on a scale around 0. What the plan cuts is told by
    dots; the shape below is that of the whole array.

    values: any shape. plan: what is drawn of it. cell: width and height. copied: which cells
    (like values) are copies that a smaller array is stretched by: they are pale, with dashes.
    name: above it. shape: what is written below in place of the shape; "" for nothing.
    indices: whether rows and columns have their index. axes: a letter for each axis instead.

    Parts: `.cells`, and `.numbers` upon them, in the order of `.places`; `.frames`, `.label`,
    `.shape_label`, `.indices`, `.dots`, `.dashes`.

    >>> grid = ArrayGrid(np.arange(6).reshape(2, 3), name="a")
    >>> [number.text for number in grid.numbers], grid.shape_label.text
    (['0', '1', '2', '3', '4', '5'], '(2, 3)')
    """

    def __init__(
        self,
        values: Any,
        *,
        role: str = "context",
        theme: Theme = LIGHT,
        plan: GridPlan | None = None,
        cell: tuple[float, float] = (0.8, 0.8),
        copied: NDArray | None = None,
        name: str = "",
        shape: str | None = None,
        indices: bool = False,
        axes: str = "",
    ) -> None:
        super().__init__()
        array = np.array(values)  # what is drawn stays, whoever writes into the array
        if array.dtype.kind not in "biuf":
            raise UsageError(f"an ArrayGrid of {array.dtype}", "give numbers or truth values")
        self.theme, self.role, self.name_text = theme, role, name
        self.plan = plan or GridPlan(array.shape)
        self.cell_size = cell
        self._values = array
        self.places: list[Place] = self.plan.places
        self._by_number = {place.number: i for i, place in enumerate(self.places)}
        self._draw_frames()
        self._draw_cells()
        self._mark_copies(copied)
        self.indices = (
            self._draw_indices() if indices and array.ndim < 3 else self._draw_letters(axes)
        )
        self._draw_labels(name, str(array.shape) if shape is None else shape)
        self.add(self.frames, self.cells, self.dashes, self.numbers, self.dots, self.indices)
        self.add(self.label, self.shape_label)
        self.center()

    @property
    def values(self) -> NDArray:
        """The whole array, read-only."""
        return frozen(self._values)

    @property
    def shown_values(self) -> NDArray:
        """The values that have a cell, in the order of `.cells`; read-only."""
        return frozen(self._values.ravel()[[place.number for place in self.places]])

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        said = [number.text for number in self.numbers]
        array = self._values if self._values.ndim else self._values.reshape(1)
        return seen_tensor(array, self.name_text, said, upright=self.plan.upright)

    def has(self, number: int) -> bool:
        """Whether the cell of that number, in C order, is drawn."""
        return int(number) in self._by_number

    def cell_of(self, number: int) -> VMobject:
        """The cell of that number."""
        return self.cells[self._by_number[int(number)]]

    def whole_cell(self, number: int) -> VGroup:
        """The cell of that number, with its number upon it."""
        i = self._by_number[int(number)]
        return VGroup(self.cells[i], self.numbers[i])

    def show_cell(self, number: int, share: float) -> None:
        """Give the cell of that number an opacity from 0 to 1, and its number too."""
        i = self._by_number[int(number)]
        self.cells[i].fill_rgbas[:, 3] = share
        self.cells[i].stroke_rgbas[:, 3] = share
        for glyph in self.numbers[i]:
            glyph.fill_rgbas[:, 3] = share

    def blank(self) -> ArrayGrid:
        """Show no cell yet."""
        for place in self.places:
            self.show_cell(place.number, 0.0)
        return self

    def set_values(self, values: Any) -> ArrayGrid:
        """Show other values of the same shape in the same places."""
        array = np.array(values)
        if array.shape != self._values.shape:
            told = f"set_values was given shape {array.shape}"
            raise UsageError(told, f"this ArrayGrid has shape {self._values.shape}")
        self._values = array
        self.numbers.submobjects = []
        self._colour()
        self._print()
        return self

    def _point(self, x: float, y: float) -> NDArray:
        return np.array([x * self.cell_size[0], -y * self.cell_size[1], 0.0])

    def _draw_frames(self) -> None:
        """A frame for each slab, and dots where some are left out."""
        wide, high = self.plan.slab_size
        self.frames, self.dots = VGroup(), VGroup()
        style: dict[str, Any] = {"role": self.role, "theme": self.theme}
        for slab, left, top in self.plan.corners or [((0, 0), 0.0, 0.0)]:
            frame, _ = plate(high, wide, self.cell_size, **style)
            frame.move_to(self._point(left + wide / 2, top + high / 2))
            self.frames.add(frame)
            if self.plan.is_stack:
                title = Label(self.plan.index_of(slab), size="small", role="muted", **self._mono)
                self.dots.add(title.center_on(self._point(left + wide / 2, top - 0.4)))
        self._draw_dots()

    @property
    def _mono(self) -> dict[str, Any]:
        return {"theme": self.theme, "mono": True}

    def _draw_dots(self) -> None:
        """Where rows, columns or slabs are left out."""
        _, _, (_, row_gap), (_, column_gap) = self.plan.axes
        wide, high = self.plan.slab_size
        for _, left, top in self.plan.corners:
            if column_gap is not None:
                self._dot(left + column_gap + 0.5, top + high / 2, upright=False)
            if row_gap is not None:
                self._dot(left + wide / 2, top + row_gap + 0.5, upright=True)
        corners: list[Any] = self.plan.corners
        for axis, (_, gap) in enumerate(self.plan.axes[:2]):
            if gap is not None:  # between the last slab but one and the last
                before, last = corners[-1 - (1 if axis else len(self.plan.axes[1][0]))], corners[-1]
                x, y = ((before[i] + last[i]) / 2 for i in (1, 2))
                self._dot(x + wide / 2, y + high / 2, upright=axis == 0)

    def _dot(self, x: float, y: float, *, upright: bool) -> None:
        dots = Label("…", theme=self.theme, size="body", weight="bold", role="muted")
        if upright:
            dots.rotate(np.pi / 2)
        self.dots.add(dots.move_to(self._point(x, y)))

    def _draw_cells(self) -> None:
        count = len(self.places)
        self.cells = plate(1, max(count, 1), self.cell_size, role=self.role, theme=self.theme)[1]
        self.cells.submobjects = self.cells.submobjects[:count]
        for cell, place in zip(self.cells, self.places, strict=True):
            cell.move_to(self._point(place.x, place.y))
        self.numbers = VGroup()
        self._colour()
        self._print()

    def _colour(self) -> None:
        shown = self.shown_values.astype(float)
        finite = np.abs(self._values[np.isfinite(self._values)].astype(float))
        limit = float(finite.max()) if finite.size and finite.max() else 1.0
        # Full ink would leave no difference between a cell and its frame.
        if count := len(shown):
            paint(self.cells, self.theme.signed(shown, 1.25 * limit, self.role).reshape(count, 3))

    def _print(self) -> None:
        texts = printed(self.shown_values)
        high = self.cell_size[1]
        cap = max(CAP_SHARE * high, min(self.theme.sizes.small, _MOST_SHARE * high))
        for text, cell in zip(texts, self.cells, strict=True):
            number = Label(AsIs(text), theme=self.theme, size=cap)
            if (excess := number.extent[0] * cap / (0.92 * self.cell_size[0])) > 1:
                number = Label(AsIs(text), theme=self.theme, size=cap / excess)
            number.center_on(cell.get_center())
            self.numbers.add(number.set_color(self.theme.on(rgb_of(cell))))

    def _mark_copies(self, copied: NDArray | None) -> None:
        """Copies are pale and have dashes around them."""
        self.dashes = VGroup()
        self.copies: tuple[int, ...] = ()
        if copied is None:
            return
        flags = np.asarray(copied).ravel()
        self.copies = tuple(place.number for place in self.places if flags[place.number])
        width, height = self.cell_size
        surface = from_hex(self.theme.surface)
        for number in self.copies:
            cell = self.cell_of(number)
            cell.fill_rgbas = np.array([[*(surface * (1 - _COPY) + rgb_of(cell) * _COPY), 1.0]])
            outline = Rectangle(width=0.86 * width, height=0.86 * height)
            outline.set_stroke(self.theme.role(self.role).ink, self.theme.stroke.thin)
            dashed = DashedVMobject(outline, num_dashes=20).move_to(cell)
            self.dashes.add(dashed)
            self.numbers[self._by_number[number]].set_color(self.theme.on(rgb_of(cell)))

    def _draw_indices(self) -> VGroup:
        """Row and column numbers at the first slab."""
        _, _, (rows, row_gap), (columns, column_gap) = self.plan.axes
        found = VGroup()
        style = {"size": "small", "role": "muted", **self._mono}
        along = self._values.ndim and not self.plan.upright
        for j, column in enumerate(columns if along else []):
            x = j if column_gap is None or j < column_gap else j + 1
            place = self._point(x + 0.5, 0) + np.array([0, PAD + 0.2, 0])
            found.add(Label(str(column), **style).center_on(place))
        for i, row in enumerate(rows if self._values.ndim > 1 or self.plan.upright else []):
            y = i if row_gap is None or i < row_gap else i + 1
            label = Label(str(row), **style)
            place = self._point(0, y + 0.5) - np.array([PAD + 0.12 + label.width / 2, 0, 0])
            found.add(label.center_on(place))
        return found

    def _draw_letters(self, axes: str) -> VGroup:
        """The letters of the last two axes, in the direction in which each runs."""
        style: dict[str, Any] = {"size": "body", "weight": "bold", **self._mono}
        found = VGroup()
        if axes and not (len(axes) == 1 and self.plan.upright):
            label = Label(f"{axes[-1]} →", **style)
            place = self.frames[0].get_top() + np.array([0, 0.12 + label.height / 2, 0])
            found.add(label.move_to(place))
        if len(axes) > 1 or (axes and self.plan.upright):
            label = Label(f"{axes[-2:][0]}\n↓", align="center", **style)
            place = self.frames[0].get_left() - np.array([0.12 + label.width / 2, 0, 0])
            found.add(label.move_to(place))
        return found

    def _draw_labels(self, name: str, shape: str) -> None:
        self.label: VMobject = VGroup()
        self.shape_label: VMobject = VGroup()
        room = max(float(self.frames.width) + 0.5, 1.6)
        if name:
            text = shortened(name, room, size="body", weight="bold", **self._mono)
            self.label = Label(AsIs(text), size="body", weight="bold", role=self.role, **self._mono)
            high = VGroup(self.frames, self.indices, self.dots).get_top()[1] + _ABOVE
            self.label.move_to([self.frames.get_x(), 0, 0]).align_baseline(high)
        if shape:
            style: dict[str, Any] = {"size": "small", "role": "muted", **self._mono}
            self.shape_label = Label(shape, **style)
            if self.shape_label.width > room and " → " in shape:
                text = shape.replace(" → ", "\n→ ")
                self.shape_label = Label(AsIs(text), align="center", **style)
            low = self.frames.get_bottom()[1] - _BELOW - self.shape_label.cap_height
            self.shape_label.move_to([self.frames.get_x(), 0, 0]).align_baseline(low)
