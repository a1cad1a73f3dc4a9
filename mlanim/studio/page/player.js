// Two videos in one place: a new film is loaded behind the one that is shown, brought to the same
// moment, and only then takes its place. So nothing flickers, and the moment and the loop stay.

const HALF_FRAME = 0.5;
const SOON = 1e-3; // seconds that count as none

export class Player {
  constructor(stage) {
    [this.shown, this.hidden] = stage.querySelectorAll("video");
    this.film = null;
    this.loading = null;
    this.loop = null; // the key of the step that is looped, or "" for the whole film
    this.wants = !matchMedia("(prefers-reduced-motion: reduce)").matches; // to play
    this.covered = false; // by an error: then nothing plays behind it
    this.listeners = [];
    for (const video of [this.shown, this.hidden]) {
      video.onclick = () => this.toggle();
      video.onended = () => this.ended(video);
    }
    const tick = () => {
      this.turnBack();
      for (const listener of this.listeners) listener();
      requestAnimationFrame(tick);
    };
    tick();
  }

  get time() { return this.shown.currentTime; }
  get seconds() { return this.film?.seconds ?? (this.shown.duration || 0); }
  get steps() { return this.film ? parts(this.film.steps) : []; }
  get step() { return stepAt(this.steps, this.time); }

  show(film) {
    if (!film || film.number === (this.loading ?? this.film)?.number) return;
    this.loading = film;
    const video = this.hidden;
    video.onloadeddata = () => {
      if (this.loading !== film) return;
      // A film of what is done so far must reach as far as the reader has come.
      if (!film.whole && this.film && video.duration < this.time) return void (this.loading = null);
      const moment = Math.min(this.momentIn(film), Math.max(0, video.duration - 1e-3));
      if (moment < 1e-3) return this.swap(film);
      video.onseeked = () => this.loading === film && this.swap(film);
      video.currentTime = moment;
    };
    video.src = `film/${film.number}.mp4`;
    video.load();
  }

  // Where the present moment is in another film: as far into the same step.
  momentIn(film) {
    const step = this.step;
    const same = step && parts(film.steps).find((other) => other.key === step.key);
    if (!same) return this.time;
    return Math.min(same.start + this.time - step.start, Math.max(same.start, same.end - 1e-3));
  }

  swap(film) {
    const old = this.shown;
    this.hidden.onloadeddata = this.hidden.onseeked = null;
    [this.shown, this.hidden] = [this.hidden, old];
    this.film = film;
    this.loading = null;
    this.shown.classList.add("shown");
    this.shown.removeAttribute("aria-hidden");
    this.shown.setAttribute("aria-label", "The scene");
    old.classList.remove("shown");
    old.setAttribute("aria-hidden", "true");
    old.pause();
    if (this.wants) this.play();
  }

  play() {
    this.wants = true;
    if (this.film?.whole && this.loop === null && this.time >= this.seconds - 0.05) this.seek(0);
    if (!this.covered) this.shown.play().catch(() => {});
  }

  cover(covered) {
    if (covered === this.covered) return;
    this.covered = covered;
    if (covered) this.shown.pause();
    else if (this.wants) this.play();
  }

  pause() {
    this.wants = false;
    this.shown.pause();
  }

  toggle() { this.shown.paused ? this.play() : this.pause(); }

  seek(seconds, { play } = {}) {
    const end = Math.max(0, (this.shown.duration || 0) - HALF_FRAME / (this.film?.fps ?? 30));
    this.shown.currentTime = Math.min(Math.max(0, seconds), end);
    if (play === true) this.play();
    if (play === false) this.pause();
  }

  // One frame on or back; the middle of a frame is safe from rounding.
  nudge(frames) {
    const fps = this.film?.fps ?? 30;
    this.pause();
    this.seek((Math.floor(this.time * fps + 1e-3) + frames + HALF_FRAME) / fps);
  }

  ended(video) {
    if (video !== this.shown) return;
    if (this.loop !== null) this.seek(this.span().start, { play: true });
    else if (this.film?.whole) this.wants = false; // else the rest is still being drawn
  }

  span() {
    const step = this.steps.find((step) => step.key === this.loop);
    return step ?? { start: 0, end: this.seconds };
  }

  turnBack() {
    if (this.loop === null || this.shown.paused || this.shown.seeking) return;
    const { start, end } = this.span();
    if (this.time >= end - HALF_FRAME / (this.film?.fps ?? 30)) this.seek(start);
  }
}

// What is shown one after the other: the steps without a step inside, and what an outer step plays
// beside those. Steps may come again, so each has a key of its own.
export function parts(steps) {
  const inner = innermost(steps);
  const found = [];
  let until = 0;
  for (const next of [...inner, { start: Infinity }]) {
    const outer = steps.findLast(
      (step) => !inner.includes(step) && step.start <= until + SOON && step.end > until + SOON,
    );
    const end = Math.min(next.start, outer?.end ?? 0);
    if (outer && end > until + SOON) found.push({ ...outer, start: until, end });
    if (next.path !== undefined) found.push(next);
    until = next.end;
  }
  const seen = {};
  return found.map((part) => {
    seen[part.path] = (seen[part.path] ?? 0) + 1;
    return { ...part, key: `${part.path}#${seen[part.path]}` };
  });
}

export function innermost(steps) {
  return steps.filter((step) => !steps.some((other) => other.path.startsWith(`${step.path}/`)));
}

export function stepAt(steps, seconds) {
  return steps.findLast((step) => step.start <= seconds + 1e-3) ?? null;
}
