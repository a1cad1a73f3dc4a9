// Asking: which number stands under the pointer, and all numbers of a picture as tables.

const REACH = 5; // pixels of the page around what is thin

class Asking {
  constructor(painter, reel) {
    this.painter = painter;
    this.reel = reel;
  }

  use(variant) {
    this.variant = variant;
    this.marks = new Map();
    for (let i = 0; i < variant.marks.length; i += 3) {
      this.marks.set(variant.marks[i], [variant.marks[i + 1], variant.marks[i + 2]]);
    }
  }

  // What holds at a time: the array of a tensor, flat.
  values(tensor, time) {
    const rows = this.variant.tensors[tensor].rows;
    return this.reel.values[rows[placeIn(rows, time + 1, 0)][1]];
  }

  seen(track, time) {
    if (track.images) return true;
    const row = track.looks[placeIn(track.looks, time, track.look)];
    return row[2] > 40 || (row[4] > 30 && row[5] > 0);
  }

  // The marks on screen: tensor, index, and the track, from back to front.
  *marked(time) {
    for (const place of this.painter.present(time)) {
      const mark = this.marks.get(place);
      const track = this.painter.track(place);
      if (mark && this.seen(track, time)) yield { tensor: mark[0], index: mark[1], track };
    }
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
      if (!this.hits(mark.track, stand, x, y, reach, time)) continue;
      if (mark.index >= 0) return mark;
      const one = this.within(mark, x, y, stand.box);
      // What is drawn of an array as a whole, as a frame, does not hide the number in its picture.
      if (one.index >= 0 && (!whole || whole.tensor === one.tensor)) return one;
      whole ??= one;
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
    return context.isPointInStroke(this.painter.path(track, stand), x, y);
  }

  // In a picture of a matrix, the number is where the pixel is.
  within(mark, x, y, [cx, cy, width, height]) {
    const shape = this.variant.tensors[mark.tensor].shape;
    if (!mark.track.images || shape.length !== 2) return mark;
    const column = Math.floor(((x - cx) / width + 0.5) * shape[1]);
    const row = Math.floor((0.5 - (y - cy) / height) * shape[0]);
    const inside = row >= 0 && column >= 0 && row < shape[0] && column < shape[1];
    return inside ? { ...mark, index: row * shape[1] + column } : mark;
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
    const value = mark.index < 0 ? null : this.values(mark.tensor, time)[mark.index];
    const facts = Object.entries(tensor.facts).map(([name, fact]) => `${name} ${fact}`);
    const index = mark.index < 0 ? "" : indexIn(tensor.shape, mark.index).join(", ");
    const label = tensor.labels && tensor.labels[mark.index];
    return {
      title: tensor.title,
      place: index === "" ? "" : `[${index}]${label ? ` ${label}` : ""}`,
      value: mark.index < 0 ? "" : value === null ? said("not a number") : String(value),
      rest: [said("shape {1}", `(${shapeText(tensor.shape)})`), tensor.name, ...facts].join(" · "),
    };
  }
}

function indexIn(shape, flat) {
  const index = [];
  for (let axis = shape.length - 1; axis > 0; axis--) {
    const size = shape[axis] || 2; // lines are points of two numbers
    index.unshift(flat % size);
    flat = Math.floor(flat / size);
    if (shape[axis] === null) break;
  }
  return [flat, ...index];
}

function shapeText(shape) {
  return shape.map((n) => n ?? "…").join(", ") + (shape.length === 1 ? "," : "");
}

// Lists within lists, as the shape has them.
function nested(shape, values) {
  if (shape.length < 2 || shape.includes(null)) return values;
  const size = values.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) => nested(shape.slice(1), values.slice(i * size, (i + 1) * size)));
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
  return `np.array(${written(nested(shape, values))}${mixed ? ", dtype=object" : ""})`;
}
