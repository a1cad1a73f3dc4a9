// The painter: draws a variant as it stands at a time, on a canvas of any size.

const WIDTH = 0.01 / 100; // units of a stroke's width, told in hundredths of Manim's
const SIMPLE = 3; // paths of a shape, as a glyph has, at most; as in mlanim/publish/page/pieces.py
const MITER = 10; // of a corner's reach, in widths of its stroke

class Painter {
  constructor(canvas, reel, frame) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.reel = reel;
    this.frame = frame;
    this.images = [];
    this.onimage = () => {};
    this.changes = new Changes(this);
    canvas.addEventListener("contextrestored", () => (this.changes.forget(), this.onimage()));
    this.dress(false);
  }

  // Take the colours of the page's style, which knows the reader's scheme.
  dress(dark) {
    this.changes.forget();
    const style = getComputedStyle(document.documentElement);
    this.dark = dark;
    const level = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
    this.colours = this.reel.colours.map((told) => {
      if (typeof told === "string") return level(style.getPropertyValue(`--${told}`).trim());
      return level(told[dark ? told.length - 1 : 0]);
    });
    this.named = this.colours.map((levels) => `rgb(${levels.join()})`);
    this.surface = style.getPropertyValue("--surface").trim();
  }

  use(variant) {
    this.changes.forget();
    this.variant = variant;
    this.spans = variant.tracks.map((number) => this.reel.span(number));
    const turns = new Set();
    for (const { there, depths } of this.spans) {
      there.forEach((time) => turns.add(time));
      depths.forEach(([time]) => turns.add(time));
    }
    this.turns = [...turns].sort((a, b) => a - b).map((time) => [time]);
    this.turn = -2;
  }

  track(place) {
    return this.reel.track(this.variant.tracks[place]);
  }

  // Open a track before it is shown, and load its images: a picture far away then stands at once.
  prepare(place) {
    for (const row of this.track(place).images ?? []) this.image(this.imageOf(row));
  }

  imageOf(row) {
    return this.dark ? row[2] : row[1];
  }

  image(number) {
    if (this.images[number]) return this.images[number];
    const image = (this.images[number] = new Image());
    image.onload = () => image.awaited && (this.changes.forget(), this.onimage());
    image.src = this.reel.images[number];
    return image;
  }

  // What is there at a time, from back to front; the same list until something comes or goes.
  present(time) {
    const turn = this.turns.length && this.turns[0][0] <= time ? placeIn(this.turns, time, Math.max(0, this.turn)) : -1;
    if (turn === this.turn) return this.shown;
    const found = [];
    this.spans.forEach((span, place) => {
      let there = false;
      for (const at of span.there) {
        if (at > time) break;
        there = !there;
      }
      if (there) found.push([span.depths[placeIn(span.depths, time, 0)][1], place]);
    });
    found.sort((a, b) => a[0] - b[0]);
    this.turn = turn;
    return (this.shown = found.map((pair) => pair[1]));
  }

  fit() {
    const box = this.canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(box.width * ratio));
    const height = Math.max(1, Math.round((width * this.frame[1]) / this.frame[0]));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
  }

  // Where the camera is: pixels to a unit, and the pixel of the scene's middle.
  viewAt(time) {
    const views = this.variant.views;
    const at = placeIn(views, time, 0);
    const [, x, y, width] = views[at].map((n, i) => (i ? n / this.reel.place : n));
    const scale = this.canvas.width / width;
    return { scale, left: this.canvas.width / 2 - x * scale, top: this.canvas.height / 2 + y * scale };
  }

  draw(time) {
    this.time = time;
    this.view = this.viewAt(time);
    const shown = this.present(time);
    for (const place of this.changes.since(shown, time)) this.drawPlace(place, shown);
  }

  // Draw a part of the canvas, and of the tracks only those that reach into it.
  drawPlace(place, shown) {
    const context = this.context;
    const [left, top, right, bottom] = place;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.globalAlpha = 1;
    context.fillStyle = this.surface;
    context.fillRect(left, top, right - left, bottom - top);
    for (const number of shown) {
      const track = this.track(number);
      if (track.place && meet(track.place, place)) this.paint(track);
    }
    context.restore();
  }

  // Where a track stands at a time: its outline, perhaps on the way to another, and its box.
  // The same object for as long as it rests.
  stand(track, time) {
    const at = (track.form = placeIn(track.forms, time, track.form));
    const row = track.forms[at];
    const next = track.forms[at + 1];
    const known = track.stood;
    if (known?.row === row && (known.resting || known.time === time)) return known;
    // What an image shows is told by its looks: a form's number of it moves nothing.
    const from = track.images ? 2 : 1;
    const resting = known?.row !== row && (rests(row, next, 6, from) || (!track.images && this.jumps(row, next)));
    if (resting && track.images && known?.resting && rests(known.row, row, 6, from)) return Object.assign(known, { row });
    const share = resting || time <= row[0] ? 0 : (time - row[0]) / (next[0] - row[0]);
    const aim = share && next[1] !== row[1] ? next[1] : -1;
    const turns = aim >= 0 && !track.images; // of an image, it is the next one's number
    const apart = turns && this.parted(row[1], aim) ? [row.slice(2), next.slice(2)] : null;
    const between = () => [2, 3, 4, 5].map((c) => (share ? row[c] + share * (next[c] - row[c]) : row[c]));
    const box = apart ? around(...apart) : between();
    return (track.stood = { row, time, resting, shape: row[1], next: aim, share, box, apart });
  }

  // Whether there is no way from a row to the next: it stands until the other does.
  jumps(row, next) {
    if (row[1] === next[1] || !this.parted(row[1], next[1])) return false;
    const [one, other] = [this.reel.outline(row[1]), this.reel.outline(next[1])];
    return !growing(one, other, [row.slice(2), next.slice(2)], this.reel.grid).some(Boolean);
  }

  // Whether a shape stands or grows until another does. A simple one, as a digit, glides on its way.
  parted(number, aim) {
    const one = this.reel.outline(number);
    const simple = one.paths.length <= SIMPLE && one.paths.every(({ closed }) => closed);
    return !simple && !alike(one, this.reel.outline(aim));
  }

  // How a track looks at a time; the same object for as long as it stays so.
  look(track, time) {
    if (track.images) return this.lookOfImage(track, time);
    const at = (track.look = placeIn(track.looks, time, track.look));
    const row = track.looks[at];
    const next = track.looks[at + 1];
    const known = track.looked;
    if (known?.row === row && (known.resting || known.time === time)) return known;
    const resting = known?.row !== row && rests(row, next, 6);
    const share = resting || time <= row[0] ? 0 : (time - row[0]) / (next[0] - row[0]);
    const mix = (c) => (share ? row[c] + share * (next[c] - row[c]) : row[c]);
    const [filled, stroked, thick] = [mix(2), mix(4), mix(5)];
    const under = row.length > 6 && row[6] !== -1 && row[8] > 0;
    const outlined = stroked >= 0.5 && thick > 0;
    const thickest = Math.max(under ? row[8] : 0, outlined ? thick : 0);
    const seen = filled >= 0.5 || thickest > 0;
    const drawn = { filled, stroked, thick, under, outlined, thickest, seen };
    return (track.looked = { row, time, resting, aim: next, share, ...drawn });
  }

  lookOfImage(track, time) {
    const row = track.images[placeIn(track.images, time, 0)];
    if (track.looked?.row !== row) track.looked = { row, thickest: 0, seen: row[3] > 0 };
    return track.looked;
  }

  // Paint a track as it stood and looked when its place was found.
  paint(track) {
    const { stoodAs: stand, lookedAs: look } = track;
    if (track.images) return this.paintImage(look.row, stand);
    const { scale, left, top } = this.view;
    const { row, aim, share } = look;
    const [x, y, width, height] = stand.box;
    const context = this.context;
    if (look.under) this.stroke(track, stand, row[6], -1, 0, row[7], row[8]);
    if (look.filled >= 0.5) {
      context.globalAlpha = Math.min(1, look.filled / 255);
      const half = this.reel.grid;
      if (stand.next < 0 && width && height) {
        context.setTransform((width / 2 / half) * scale, 0, 0, (-height / 2 / half) * scale, left + x * scale, top - y * scale);
        context.fillStyle = this.colour(row[1], aim ? aim[1] : -1, share, null);
        context.fill(this.reel.unit(stand.shape));
      } else {
        context.setTransform(scale, 0, 0, -scale, left, top);
        context.fillStyle = this.colour(row[1], aim ? aim[1] : -1, share, stand.box);
        context.fill(this.path(track, stand));
      }
    }
    if (look.outlined) this.stroke(track, stand, row[3], aim ? aim[3] : -1, share, look.stroked, look.thick);
  }

  stroke(track, stand, colour, aim, share, opacity, width) {
    const context = this.context;
    const { scale, left, top } = this.view;
    context.setTransform(scale, 0, 0, -scale, left, top);
    context.globalAlpha = Math.min(1, opacity / 255);
    context.strokeStyle = this.colour(colour, aim, share, stand.box);
    context.lineWidth = width * WIDTH;
    context.lineCap = track.cap;
    context.lineJoin = track.join;
    context.miterLimit = MITER;
    context.stroke(this.path(track, stand));
  }

  // The outline in the scene's units, kept until it moves.
  path(track, stand) {
    if (track.pathOf !== stand) {
      const [x, y, width, height] = stand.box;
      const grid = this.reel.grid;
      const one = this.reel.outline(stand.shape);
      const other = stand.next < 0 ? null : this.reel.outline(stand.next);
      const { apart, share } = stand;
      const aim = other && alike(one, other) ? other : null;
      track.path = apart ? grown(one, other, apart, share, grid) : trace(one, x, y, width / 2 / grid, height / 2 / grid, aim, share);
      track.pathOf = stand;
    }
    return track.path;
  }

  // A colour, or a gradient of the box it lies in; without a box, of the shape's own grid.
  colour(number, aim, share, box) {
    if (number < -1) return this.gradient(this.reel.gradients[-2 - number], box);
    if (number < 0) number = aim < 0 ? 0 : aim;
    if (!share || aim < 0 || aim === number) return this.named[number];
    const from = this.colours[number];
    const to = this.colours[aim];
    const level = (i) => Math.round(from[i] + share * (to[i] - from[i]));
    return `rgb(${level(0)},${level(1)},${level(2)})`;
  }

  gradient([along, stops], box) {
    const [x, y, width, height] = box || [0, 0, 2 * this.reel.grid, 2 * this.reel.grid];
    const place = along.map((n, i) => (i % 2 ? y + (n * height) / 2 : x + (n * width) / 2));
    const gradient = this.context.createLinearGradient(...place);
    stops.forEach(([colour, opacity], i) => {
      const [r, g, b] = this.colours[colour];
      gradient.addColorStop(i / (stops.length - 1), `rgba(${r},${g},${b},${opacity / 255})`);
    });
    return gradient;
  }

  paintImage(row, { box: [x, y, width, height] }) {
    const number = this.imageOf(row);
    const image = this.image(number);
    if (!image.complete || !image.naturalWidth) {
      image.awaited = true;
      return;
    }
    const { scale, left, top } = this.view;
    const context = this.context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = row[3] / 255;
    context.imageSmoothingEnabled = !this.reel.sharp[number];
    context.drawImage(image, left + (x - width / 2) * scale, top - (y + height / 2) * scale, width * scale, height * scale);
  }
}
