// Asking: which number stands under the pointer, and all numbers of a picture as tables.

const REACH = 5; // pixels of the page around what is thin
const [WHOLE, ALONG] = [-1, -2]; // in place of an index, as in mlanim/publish/page/marking.py
const NEAR = 0.7; // heights of a digit between two of a number
const FEW = 6; // numbers of a row that are told at once

class Asking {
  constructor(painter, reel) {
    this.painter = painter;
    this.reel = reel;
  }

  use(variant) {
    this.variant = variant;
    this.marks = new Map();
    for (let i = 0; i < variant.marks.length; i += 5) {
      const [place, ...mark] = variant.marks.slice(i, i + 5);
      if (this.marks.has(place)) this.marks.get(place).push(mark);
      else this.marks.set(place, [mark]);
    }
    for (const tensor of variant.tensors) tensor.title ||= said("number");
    for (const { rows } of variant.tensors) rows.forEach((row, i) => (row[2] ??= rows[i - 1][2]));
  }

  // What holds of a tensor at a time: its shape, and its values, flat.
  noted(tensor, time, later = 0) {
    const rows = this.variant.tensors[tensor].rows;
    const row = rows[placeIn(rows, time + 1, 0) + later];
    return row && { time: row[0], values: this.reel.values[row[1]], shape: row[2] };
  }

  seen(track, time) {
    if (track.images) return true;
    const row = track.looks[placeIn(track.looks, time, track.look)];
    return row[2] > 40 || (row[4] > 30 && row[5] > 0);
  }

  // The marks on screen: tensor, index, and the track, from back to front.
  *marked(time) {
    for (const place of this.painter.present(time)) {
      const marks = this.marks.get(place);
      if (!marks) continue;
      const track = this.painter.track(place);
      if (!this.seen(track, time)) continue;
      const at = placeIn(marks, time + 1, 0);
      const [, tensor, index, noted] = marks[at];
      // A copy that travels shows what was there when it set out.
      const later = noted ? noted - 1 - placeIn(this.variant.tensors[tensor].rows, time + 1, 0) : 0;
      const mark = { tensor, index, track, later };
      yield index < ALONG ? this.row(mark, ALONG - 1 - index, time, later) : mark;
    }
  }

  // A mark of a row of an array, which tells all of its numbers.
  row(mark, row, time, later = 0) {
    const { shape } = this.noted(mark.tensor, time, later);
    const span = lengthOfRow(shape);
    return { ...mark, index: row * span, span, later };
  }

  // The mark at a point of the canvas, in its own pixels. A single number wins over a whole.
  at(px, py, time) {
    const { scale, left, top } = this.painter.view;
    const x = (px - left) / scale;
    const y = (top - py) / scale;
    const reach = (REACH * (window.devicePixelRatio || 1)) / scale;
    let whole = null;
    for (const mark of [...this.marked(time)].reverse()) {
      const stand = this.painter.stand(mark.track, time);
      const [cx, cy, width, height] = stand.box;
      if (Math.abs(x - cx) > width / 2 + reach || Math.abs(y - cy) > height / 2 + reach) continue;
      const one = mark.index === ALONG ? this.along(mark, stand, x, y, reach, time) : mark;
      if (!one || !this.hits(mark.track, stand, x, y, reach, time)) continue;
      if (one.index >= 0) return one;
      const part = this.within(one, x, y, stand.box, time);
      // What is drawn of an array as a whole, as a frame, does not hide the number in its picture.
      if (part.index >= 0 && (!whole || whole.tensor === part.tensor)) return part;
      whole ??= part;
    }
    return whole;
  }

  hits(track, stand, x, y, reach, time) {
    const [cx, cy, width, height] = stand.box;
    const inside = Math.abs(x - cx) <= width / 2 && Math.abs(y - cy) <= height / 2;
    if (track.images) return inside;
    const row = track.looks[placeIn(track.looks, time, track.look)];
    const thin = Math.min(width, height) < reach;
    if (row[2] > 40) return inside || thin;
    if (thin) return true;
    const context = this.painter.context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.lineWidth = Math.max(row[5] * WIDTH, 2 * reach);
    context.lineCap = "round"; // its ends can be met as well
    return context.isPointInStroke(this.painter.path(track, stand), x, y);
  }

  // In a picture of a matrix, the number is where the pixel is.
  within(mark, x, y, [cx, cy, width, height], time) {
    const { shape } = this.noted(mark.tensor, time);
    if (!mark.track.images || shape.length !== 2) return mark;
    const column = Math.floor(((x - cx) / width + 0.5) * shape[1]);
    const row = Math.floor((0.5 - (y - cy) / height) * shape[0]);
    if (row < 0 || column < 0 || row >= shape[0] || column >= shape[1]) return mark;
    const [wide, high] = [width / shape[1], height / shape[0]];
    const box = [cx + (column + 0.5) * wide - width / 2, cy - (row + 0.5) * high + height / 2, wide, high];
    return { ...mark, index: row * shape[1] + column, box };
  }

  // The row whose corner is nearest; the whole, where none can be told; null beside marks of a cloud.
  along(mark, stand, x, y, reach, time) {
    const places = this.places(stand);
    let nearest = 0;
    const away = places.map(([px, py]) => Math.hypot(px - x, py - y));
    away.forEach((far, i) => far < away[nearest] && (nearest = i));
    const [px, py, size] = places[nearest];
    if (size && away[nearest] > size / 2 + reach) return null;
    const box = [px, py, Math.max(size, 2 * reach), Math.max(size, 2 * reach)];
    // While it changes, its next rows may be there already: those whose corner stands where it will.
    for (const later of [0, 1]) {
      const noted = this.noted(mark.tensor, time, later);
      const rows = noted && rowsIn(noted);
      if (!rows) continue;
      const then = this.standAt(mark.track, noted.time);
      const known = this.places(then);
      const head = known.length === 1 && size; // it stands where the last row does
      if (nearest >= known.length || (known.length !== rows && !head)) continue;
      const moved = !head && then.shape === stand.shape && stand.next < 0; // as one
      const [thenX, thenY] = known[nearest];
      if (!moved && Math.hypot(thenX - px, thenY - py) > STRAY) continue;
      return { ...this.row(mark, head ? rows - 1 : nearest, time, later), box };
    }
    return { ...mark, index: WHOLE };
  }

  standAt(track, time) {
    const { form, stood } = track;
    const then = this.painter.stand(track, Math.max(time, track.forms[0][0]));
    Object.assign(track, { form, stood });
    return then;
  }

  // Where the corners of a line stand, or the middles of many closed shapes, with their sizes.
  places(stand) {
    const { points, paths } = this.painter.reel.outline(stand.shape);
    const [cx, cy, width, height] = stand.apart ? stand.apart[0] : stand.box;
    const [sx, sy] = [width / 2 / this.reel.grid, height / 2 / this.reel.grid];
    const found = [];
    const marks = paths.every(({ closed }) => closed);
    for (const { at } of paths) {
      const [xs, ys] = [[], []];
      for (let i = 0; i < at.length; i += 2 * points) {
        xs.push(cx + sx * at[i]);
        ys.push(cy + sy * at[i + 1]);
      }
      if (!marks) {
        xs.forEach((x, i) => found.push([x, ys[i], 0]));
        continue;
      }
      const [low, high] = [Math.min(...xs), Math.max(...xs)];
      const [lower, upper] = [Math.min(...ys), Math.max(...ys)];
      found.push([(low + high) / 2, (lower + upper) / 2, Math.max(high - low, upper - lower)]);
    }
    return found;
  }

  // The box of a mark, with all next to it that shows the same: a number's digits, a cell around them.
  spread(mark, time) {
    let { box } = this.painter.stand(mark.track, time);
    if (mark.index < 0) return box;
    const others = [...this.marked(time)]
      .filter((other) => other.tensor === mark.tensor && other.index === mark.index && other.track !== mark.track)
      .map((other) => this.painter.stand(other.track, time).box);
    for (let found = true; found; ) {
      found = false;
      for (let i = others.length - 1; i >= 0; i--) {
        if (!beside(box, others[i])) continue;
        box = around(box, ...others.splice(i, 1));
        found = true;
      }
    }
    return box;
  }

  // Each number on screen once, in the order of arrays and indices, for the keyboard.
  numbers(time) {
    const found = new Map();
    for (const mark of this.marked(time)) {
      if (mark.index >= 0) found.set(`${mark.tensor} ${mark.index}`, mark);
    }
    return [...found.values()].sort((a, b) => a.tensor - b.tensor || a.index - b.index);
  }

  // The tensors on screen, by their numbers.
  tensors(time) {
    return [...new Set([...this.marked(time)].map((mark) => mark.tensor))].sort((a, b) => a - b);
  }

  // What is told of a mark: a title, the value, and the rest in words.
  told(mark, time) {
    const tensor = this.variant.tensors[mark.tensor];
    const { shape, values } = this.noted(mark.tensor, time, mark.later);
    const facts = Object.entries(tensor.facts).map(([name, fact]) => `${name} ${fact}`);
    const place = mark.index < 0 ? [] : indexIn(shape, mark.index);
    if (mark.span && shape.length > 1) place.pop();
    const label = tensor.labels && tensor.labels[mark.index];
    const written = (value) => (value === null ? said("not a number") : String(value));
    const shown = mark.index < 0 ? [] : values.slice(mark.index, mark.index + (mark.span ?? 1));
    return {
      title: tensor.title,
      place: place.length ? `[${place.join(", ")}]${label ? ` ${label}` : ""}` : "",
      value: shown.slice(0, FEW).map(written).join(", ") + (shown.length > FEW ? ", …" : ""),
      rest: [said("shape {1}", `(${shapeText(shape)})`), tensor.name, ...facts].join(" · "),
    };
  }
}

// Whether two boxes meet, or stand as near in a line as a text's letters do.
function beside([x, y, width, height], [otherX, otherY, otherWidth, otherHeight]) {
  const [tall, across] = [Math.max(height, otherHeight), Math.abs(x - otherX) - (width + otherWidth) / 2];
  return across < NEAR * tall && Math.abs(y - otherY) < (height + otherHeight) / 2;
}

// Lines have as many points of two numbers each as their shape tells: [2, [9, 5], 2].
function isLines(shape) {
  return Array.isArray(shape[1]);
}

function lengthOfRow(shape) {
  return isLines(shape) ? 2 : shape.slice(1).reduce((all, size) => all * size, 1);
}

function rowsIn({ shape, values }) {
  return values.length / lengthOfRow(shape);
}

function indexIn(shape, flat) {
  if (isLines(shape)) {
    let [line, point] = [0, Math.floor(flat / 2)];
    while (point >= shape[1][line]) point -= shape[1][line++];
    return [line, point, flat % 2];
  }
  const index = [];
  for (let axis = shape.length - 1; axis > 0; axis--) {
    index.unshift(flat % shape[axis]);
    flat = Math.floor(flat / shape[axis]);
  }
  return [flat, ...index];
}

function shapeText(shape) {
  return shape.map((n) => (Array.isArray(n) ? "…" : n)).join(", ") + (shape.length === 1 ? "," : "");
}

// Lists within lists, as the shape has them.
function nested(shape, values) {
  if (shape.length < 2) return values;
  const lengths = isLines(shape) ? shape[1] : new Array(shape[0]).fill(shape[1]);
  const size = lengthOfRow(isLines(shape) ? [0, 2] : shape.slice(1));
  let at = 0;
  return lengths.map((length) => nested([length, ...shape.slice(2)], values.slice(at, (at += length * size))));
}

function asNumpy(shape, values) {
  const texts = values.some((value) => typeof value === "string");
  const mixed = texts && values.some((value) => typeof value !== "string");
  const written = (part) => {
    if (Array.isArray(part)) return `[${part.map(written).join(", ")}]`;
    if (part === null) return texts ? "None" : "np.nan";
    if (typeof part === "boolean") return part ? "True" : "False";
    return JSON.stringify(part);
  };
  const whole = nested(shape, values);
  if (isLines(shape)) return `[${whole.map((line) => `np.array(${written(line)})`).join(", ")}]`;
  return `np.array(${written(whole)}${mixed ? ", dtype=object" : ""})`;
}
