// What changes from one picture to the next: only the places of what moved are drawn anew.

const MOST_PLACES = 6; // drawn each by itself
const MOST_SHARE = 0.6; // of the canvas; beyond it, all of it is drawn

class Changes {
  constructor(painter) {
    this.painter = painter;
    this.forget();
  }

  // The canvas no longer shows what was drawn last.
  forget() {
    this.before = null;
  }

  // The places to draw for a time, as [left, top, right, bottom] in whole pixels; none while all rests.
  since(shown, time) {
    const { painter, before } = this;
    const { canvas, view } = painter;
    const now = { width: canvas.width, height: canvas.height, ...view };
    const places = [];
    const same =
      before !== null &&
      Object.keys(now).every((name) => now[name] === before[name]) &&
      (shown === before.shown || this.turn(before.shown, shown, places));
    this.before = { ...now, shown };
    for (const number of shown) {
      const track = painter.track(number);
      const stand = painter.stand(track, time);
      const look = painter.look(track, time);
      if (same && stand === track.stoodAs && look === track.lookedAs) continue;
      const left = same ? track.place : null;
      track.stoodAs = stand;
      track.lookedAs = look;
      track.place = this.placeOf(track, stand, look);
      if (left) add(places, left);
      if (same && track.place) add(places, track.place);
    }
    const all = [0, 0, canvas.width, canvas.height];
    return same && places.reduce((sum, place) => sum + area(place), 0) < MOST_SHARE * area(all) ? places : [all];
  }

  // What came is drawn anew, and where something was that is gone. False if the others change order.
  turn(before, shown, places) {
    const [was, is] = [new Set(before), new Set(shown)];
    for (const number of before) {
      const { place } = this.painter.track(number);
      if (!is.has(number) && place) add(places, place);
    }
    for (const number of shown) {
      if (was.has(number)) continue;
      const track = this.painter.track(number);
      track.stoodAs = track.place = null;
    }
    const stay = shown.filter((number) => was.has(number));
    return before.filter((number) => is.has(number)).every((number, i) => number === stay[i]);
  }

  // The pixels that a track may touch, or null where it leaves none.
  placeOf(track, stand, look) {
    if (!look.seen) return null;
    const { canvas, view } = this.painter;
    const [x, y, width, height] = stand.box;
    // A sharp corner reaches out as far as the limit of miters allows.
    const reach = (look.thickest * WIDTH * (track.join === "miter" ? MITER : 1.5)) / 2;
    const across = (width / 2 + reach) * view.scale + 2;
    const along = (height / 2 + reach) * view.scale + 2;
    const px = view.left + x * view.scale;
    const py = view.top - y * view.scale;
    const place = [
      Math.max(0, Math.floor(px - across)),
      Math.max(0, Math.floor(py - along)),
      Math.min(canvas.width, Math.ceil(px + across)),
      Math.min(canvas.height, Math.ceil(py + along)),
    ];
    return place[0] < place[2] && place[1] < place[3] ? place : null;
  }
}

function area([left, top, right, bottom]) {
  return (right - left) * (bottom - top);
}

function joined(one, other) {
  const [low, high] = [Math.min, Math.max];
  return [low(one[0], other[0]), low(one[1], other[1]), high(one[2], other[2]), high(one[3], other[3])];
}

function meet(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

// Add a place to a few: it joins the one that grows least by it, where that costs little or they are many.
function add(places, place) {
  let best = -1;
  let least = Infinity;
  places.forEach((other, i) => {
    const more = area(joined(other, place)) - area(other) - area(place);
    if (more < least) [best, least] = [i, more];
  });
  if (best < 0 || (least > 0 && places.length < MOST_PLACES)) {
    places.push(place);
    return;
  }
  const [other] = places.splice(best, 1);
  const whole = joined(other, place);
  if (whole.every((side, i) => side === other[i])) places.push(whole);
  else add(places, whole);
}

// Whether nothing changes from a row to the next, in columns from one on.
function rests(row, next, columns, from = 1) {
  if (!next) return true;
  for (let c = from; c < columns; c++) if (row[c] !== next[c]) return false;
  return true;
}
