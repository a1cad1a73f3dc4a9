// The reel: tables that all variants share, read when they are first needed.
// How it is written is told in mlanim/publish/page/reel.py.

const STRAY = 0.01; // units by which a corner may stray and still be the same

// A text of the page in its language, with what stands at its places.
function said(text, ...given) {
  return (said.words[text] ?? text).replace(/\{(\d)\}/g, (_, place) => given[place - 1]);
}
said.words = {};

async function openReel(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Reel(JSON.parse(await new Response(stream).text()));
}

// Rows of so many columns, told as differences.
function rowsOf(flat, columns) {
  const rows = [];
  let before = null;
  for (let at = 0; at < flat.length; at += columns) {
    const row = flat.slice(at, at + columns);
    if (before) for (let c = 0; c < columns; c++) row[c] += before[c];
    rows.push(row);
    before = row;
  }
  return rows;
}

class Reel {
  constructor(told) {
    Object.assign(this, told);
    said.words = told.words ?? {};
    this.outlines = new Array(told.shapes.length);
    this.units = new Array(told.shapes.length);
    this.opened = new Array(told.tracks.length);
  }

  // A shape's sub-paths: how many points a piece has, whether each is closed, and its points.
  outline(number) {
    return (this.outlines[number] ??= this.read(this.shapes[number]));
  }

  read([points, ...paths]) {
    return {
      points,
      paths: paths.map(([closed, ...away]) => {
        const at = new Float64Array(away.length);
        for (let i = 0; i < at.length; i++) at[i] = away[i] + (i > 1 ? at[i - 2] : 0);
        return { closed, at };
      }),
    };
  }

  // A shape in its own grid, for filling at any size.
  unit(number) {
    return (this.units[number] ??= trace(this.outline(number), 0, 0, 1, 1));
  }

  track(number) {
    return (this.opened[number] ??= this.openTrack(this.tracks[number]));
  }

  // When a track is there, and how far in front: all that is read of it before it is drawn.
  span(number) {
    const told = this.tracks[number];
    let sum = 0;
    const there = told.t.map((away) => (sum += away));
    const depths = [];
    for (let i = 0; i < told.d.length; i += 2) depths.push([told.d[i], told.d[i + 1]]);
    return { there, depths };
  }

  openTrack(told) {
    const forms = rowsOf(told.f, 6);
    for (const row of forms) for (let c = 2; c < 6; c++) row[c] /= this.place;
    const track = { forms, form: 0, look: 0, cap: "butt", join: "miter" };
    if (told.i) {
      track.images = [];
      for (let i = 0; i < told.i.length; i += 4) track.images.push(told.i.slice(i, i + 4));
      return track;
    }
    if (told.e) {
      track.cap = ["butt", "round", "square"][told.e[0]];
      track.join = ["miter", "round", "bevel"][told.e[1]];
    }
    track.looks = rowsOf(told.l, told.u ? 9 : 6);
    return track;
  }
}

// The row that holds at a time; tracks remember where they were.
function placeIn(rows, time, from) {
  let at = Math.min(from, rows.length - 1);
  while (at + 1 < rows.length && rows[at + 1][0] <= time) at++;
  while (at > 0 && rows[at][0] > time) at--;
  return at;
}

// A path: the outline's grid stretched to (sx, sy) and moved to (x, y).
function trace(outline, x, y, sx, sy, other, share) {
  const path = new Path2D();
  const morph = other && share > 0;
  outline.paths.forEach(({ closed, at }, p) => {
    const aim = morph ? other.paths[p].at : at;
    const X = (i) => x + sx * (morph ? at[i] + share * (aim[i] - at[i]) : at[i]);
    const Y = (i) => y + sy * (morph ? at[i + 1] + share * (aim[i + 1] - at[i + 1]) : at[i + 1]);
    path.moveTo(X(0), Y(0));
    if (outline.points === 1) {
      for (let i = 2; i < at.length; i += 2) path.lineTo(X(i), Y(i));
    } else {
      for (let i = 2; i < at.length; i += 6) {
        path.bezierCurveTo(X(i), Y(i), X(i + 2), Y(i + 2), X(i + 4), Y(i + 4));
      }
    }
    if (closed) path.closePath();
  });
  return path;
}

// Whether one outline can turn into another, point by point.
function alike(one, other) {
  return (
    one.points === other.points &&
    one.paths.length === other.paths.length &&
    one.paths.every((path, i) => path.at.length === other.paths[i].at.length)
  );
}

// The box around two, each by its middle and size.
function around(one, other) {
  const sides = [0, 1].map((c) => {
    const ends = [one, other].flatMap((box) => [box[c] - box[c + 2] / 2, box[c] + box[c + 2] / 2]);
    return [Math.min(...ends), Math.max(...ends)];
  });
  return [...sides.map(([low, high]) => (low + high) / 2), ...sides.map(([low, high]) => high - low)];
}

// A coordinate of an outline's point where it is stretched into a box; beyond its end, that of its end.
function placed(at, i, [x, y, width, height], grid) {
  const away = at[Math.min(i, at.length - 2 + (i % 2))] / 2 / grid;
  return i % 2 ? y + away * height : x + away * width;
}

// Which lines of a path grow into those of one with other points: all but their ends stand where they were.
function growing(one, other, [from, to], grid) {
  return one.paths.map(({ closed, at }, p) => {
    const aim = other.points === one.points && !closed ? other.paths[p]?.at : undefined;
    const common = aim ? Math.min(at.length, aim.length) - 2 : 0;
    for (let i = 0; i < common; i++) {
      if (Math.abs(placed(at, i, from, grid) - placed(aim, i, to, grid)) > STRAY) return false;
    }
    return common > 0;
  });
}

// A path on the way to one of other points: each of its lines stands where it is, or grows at its end.
function grown(one, other, [from, to], share, grid) {
  const path = new Path2D();
  const grows = growing(one, other, [from, to], grid);
  one.paths.forEach(({ closed, at }, p) => {
    const aim = other.paths[p]?.at;
    const X = (i) => {
      const here = placed(at, i, from, grid);
      return grows[p] ? here + share * (placed(aim, i, to, grid) - here) : here;
    };
    path.moveTo(X(0), X(1));
    const length = grows[p] ? Math.max(at.length, aim.length) : at.length;
    for (let i = 2; i < length; i += 2 * one.points) {
      if (one.points === 1) path.lineTo(X(i), X(i + 1));
      else path.bezierCurveTo(X(i), X(i + 1), X(i + 2), X(i + 3), X(i + 4), X(i + 5));
    }
    if (closed) path.closePath();
  });
  return path;
}
