// The player: plays the scene beside its words, and answers what is asked of it.

const HOLD = 1; // thousandths of a second before a step's end, where its last picture stands
const ARROW = 1000; // thousandths by which an arrow key goes on
const MARKS = 500; // places along the scrubber that a reader tells apart

class Player {
  constructor(reel) {
    this.reel = reel;
    this.variants = reel.variants;
    this.byId = (name) => document.getElementById(name);
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.picture = this.byId("picture");
    this.painter = new Painter(this.byId("canvas"), reel, reel.frame);
    this.painter.onimage = () => this.draw();
    this.asking = new Asking(this.painter, reel);
    this.sections = [...document.querySelectorAll(".step")];
    this.playing = false;
    this.until = null; // where a step that plays alone ends
    this.speed = 1;
    this.time = 0;
    this.shown = NaN; // the time that the controls tell
    this.mark = null;
    this.quietUntil = 0; // scrolling until then is ours, not the reader's
    this.painter.dress(this.isDark());
    this.chosen = [...document.querySelectorAll("#choices select")];
    this.use(this.variants[0]);
    this.listen();
    this.resize();
    this.arrive();
  }

  isDark() {
    return document.documentElement.dataset.themes === "2" && this.scheme.matches;
  }

  use(variant) {
    this.variant = variant;
    this.forward = [];
    this.length = Math.round(variant.seconds * 1000);
    this.painter.use(variant);
    this.asking.use(variant);
    this.byId("scrub").max = Math.round(this.length);
    this.steps = variant.steps;
    const chapters = this.byId("chapters");
    chapters.replaceChildren(...this.steps.map((step, i) => new Option(`${i + 1}. ${step.title}`, i)));
    const marks = this.steps.slice(1).map((step) => (step.start / this.length) * 100);
    const lines = marks.map((at) => `transparent calc(${at}% - 1px), var(--muted) calc(${at}% - 1px), var(--muted) calc(${at}% + 1px), transparent calc(${at}% + 1px)`);
    this.byId("ticks").style.background = lines.length ? `linear-gradient(to right, ${lines.join(", ")})` : "";
    this.sections.forEach((section, i) => {
      const step = this.steps[i];
      section.hidden = !step;
      if (!step) return;
      section.querySelector("h2").lastChild.textContent = step.title;
      section.querySelector(".say").textContent = step.say;
      const place = section.querySelector(".forward");
      place.hidden = !step.pass;
      if (step.pass) this.forward[i] = new Forward(step.pass, place);
    });
    this.prepare();
  }

  // While the browser has nothing else to do, what a reader may jump to is made ready.
  prepare(variant = this.variant, place = 0) {
    window.requestIdleCallback?.((idle) => {
      if (variant !== this.variant) return;
      while (place < variant.tracks.length && idle.timeRemaining() > 1) this.painter.prepare(place++);
      if (place < variant.tracks.length) this.prepare(variant, place);
    });
  }

  // Another variant, at the end of the same step.
  choose() {
    const wanted = ({ chosen }) => this.chosen.every((list) => chosen[list.dataset.name] === list.value);
    const { path } = this.steps[this.stepAt(this.time)];
    this.pause();
    this.tell(null);
    this.use(this.variants.find(wanted));
    const same = this.steps.findIndex((step) => step.path === path);
    this.lit = -1;
    this.current = Math.max(0, same);
    this.quietUntil = performance.now() + 1200;
    this.seek(this.steps[this.current].still);
  }

  // Where the reader comes in: at the first step, which plays unless she wants less motion.
  arrive() {
    const wanted = this.sections.findIndex((section) => `#${section.id}` === location.hash);
    this.current = -1;
    this.go(Math.max(0, wanted), !document.hidden);
    window.mlanimPage = this; // for whoever embeds the page, and for its tests
  }

  listen() {
    new ResizeObserver(() => this.resize()).observe(this.picture);
    this.scheme.addEventListener("change", () => {
      this.painter.dress(this.isDark());
      this.draw();
    });
    this.calm.addEventListener("change", () => this.calm.matches && this.pause());
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
    this.byId("play").addEventListener("click", () => this.toggle());
    this.byId("scrub").addEventListener("input", (event) => this.scrub(Number(event.target.value)));
    this.byId("chapters").addEventListener("change", (event) => this.visit(Number(event.target.value)));
    this.byId("speed").addEventListener("change", (event) => (this.speed = Number(event.target.value)));
    this.byId("open").addEventListener("click", () => this.tables.show());
    this.byId("full").addEventListener("click", () => this.fill());
    this.tables = new Tables(this);
    this.sections.forEach((section, i) => {
      section.querySelector(".again").addEventListener("click", () => this.visit(i, true));
    });
    for (const select of this.chosen) select.addEventListener("change", () => this.choose());
    addEventListener("scroll", () => this.scrolled(), { passive: true });
    for (const kind of ["wheel", "touchmove"]) {
      addEventListener(kind, () => (this.quietUntil = 0), { passive: true });
    }
    addEventListener("keydown", (event) => this.key(event));
    this.picture.addEventListener("pointermove", (event) => this.point(event));
    this.picture.addEventListener("pointerleave", () => this.tell(null));
    this.picture.addEventListener("blur", () => this.tell(null));
    this.picture.addEventListener("click", (event) => {
      this.point(event);
      if (this.mark) this.tables.show(this.mark);
      else this.toggle();
    });
  }

  resize() {
    this.painter.fit();
    const stage = this.byId("stage").offsetHeight;
    document.documentElement.style.setProperty("--stage", `${stage}px`);
    this.draw();
  }

  draw() {
    this.painter.draw(this.time);
    if (!this.mark) return;
    this.ring();
    this.painter.changes.forget(); // the ring is to go with the next picture
  }

  // ---- time

  seek(time) {
    this.time = Math.max(0, Math.min(time, this.length - HOLD));
    this.tell(null);
    this.show();
  }

  // By hand: the words follow.
  scrub(time) {
    const step = this.stepAt(this.time);
    this.until = null;
    this.seek(time);
    if (this.stepAt(this.time) !== step) this.follow();
  }

  show() {
    this.draw();
    const step = this.stepAt(this.time);
    // While it plays, the controls are told of a time only where a reader could see it.
    const apart = Math.abs(this.time - this.shown);
    if (!this.playing || step !== this.lit || !(apart < this.length / MARKS)) this.tellTime(step);
    if (step !== this.lit) {
      this.lit = step;
      this.byId("chapters").value = step;
      this.sections.forEach((section, i) => section.classList.toggle("now", i === step));
    }
  }

  tellTime(step) {
    this.shown = this.time;
    const scrub = this.byId("scrub");
    scrub.value = Math.round(this.time);
    const place = said("{1} of {2} seconds", (this.time / 1000).toFixed(1), (this.length / 1000).toFixed(0));
    scrub.setAttribute("aria-valuetext", `${place}, ${this.steps[step].title}`);
    const told = `${clock(this.time)} / ${clock(this.length)}`;
    if (this.byId("clock").textContent !== told) this.byId("clock").textContent = told;
  }

  stepAt(time) {
    let found = 0;
    this.steps.forEach((step, i) => {
      if (step.start <= time) found = i;
    });
    return found;
  }

  play(until = null) {
    this.until = until;
    if (this.playing) return;
    this.tell(null);
    this.playing = true;
    this.dressButton();
    let before = performance.now();
    const frame = (now) => {
      if (!this.playing) return;
      const step = this.stepAt(this.time);
      this.time += (now - before) * this.speed;
      before = now;
      const end = (this.until ?? this.length) - HOLD;
      if (this.time >= end) {
        this.time = end;
        this.pause();
      }
      this.show();
      if (this.until === null && this.stepAt(this.time) !== step) this.follow();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      before = now;
      frame(now);
    });
  }

  pause() {
    this.playing = false;
    this.dressButton();
  }

  toggle() {
    if (this.playing) return this.pause();
    if (this.time >= this.length - 2 * HOLD) this.seek(0);
    this.play();
    this.follow();
  }

  dressButton() {
    const button = this.byId("play");
    button.setAttribute("aria-label", this.playing ? said("Pause") : said("Play"));
    button.classList.toggle("playing", this.playing);
  }

  // Show a step: it plays and holds at its end, or stands there at once.
  go(number, moves) {
    this.current = number;
    const step = this.steps[number];
    if (!step) return;
    this.pause();
    if (moves && !this.calm.matches) {
      this.seek(step.start);
      this.play(step.end);
    } else {
      this.seek(step.still); // before it clears up
    }
  }

  // Go to a step that the reader asks for by name; then it may move in any case.
  visit(number, asked = false) {
    this.quietUntil = performance.now() + 1200;
    if (this.calm.matches && asked) {
      this.current = number;
      this.seek(this.steps[number].start);
      this.play(this.steps[number].end);
    } else {
      this.go(number, true);
    }
    this.bring(number);
  }

  // Scroll on with what plays.
  follow() {
    this.quietUntil = performance.now() + 1200;
    this.current = this.stepAt(this.time);
    this.bring(this.current);
  }

  // By its own window: what frames the page stays where its reader has it.
  bring(number) {
    const behavior = this.calm.matches ? "auto" : "smooth";
    const section = this.sections[number];
    const margin = parseFloat(getComputedStyle(section).scrollMarginTop) || 0;
    scrollTo({ top: scrollY + section.getBoundingClientRect().top - margin, behavior });
  }

  scrolled() {
    if (performance.now() < this.quietUntil || this.waits) return;
    this.waits = true;
    requestAnimationFrame(() => {
      this.waits = false;
      const line = this.readingLine();
      let found = this.current;
      this.sections.forEach((section, i) => {
        const box = section.getBoundingClientRect();
        if (!section.hidden && box.top <= line && box.bottom > line) found = i;
      });
      if (found !== this.current) this.go(found, true);
    });
  }

  // Where a reader reads: a third down what the picture leaves of the window.
  readingLine() {
    const stage = this.byId("stage").getBoundingClientRect();
    const beside = stage.width < innerWidth * 0.8;
    const top = beside ? 0 : Math.max(0, stage.bottom);
    return top + (innerHeight - top) * 0.35;
  }

  fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.byId("stage").requestFullscreen?.();
  }

  // ---- keys

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.byId("tables").open) return;
    const tag = event.target.tagName;
    if (tag === "SELECT" || tag === "TEXTAREA" || event.target.type === "number") return;
    const onPicture = event.target === this.picture;
    const keys = {
      k: () => this.toggle(),
      f: () => this.fill(),
      j: () => this.visit(Math.max(0, this.stepAt(this.time) - 1)),
      l: () => this.visit(Math.min(this.steps.length - 1, this.stepAt(this.time) + 1)),
      n: () => this.next(1),
      p: () => this.next(-1),
      t: () => this.tables.show(this.mark),
    };
    if (onPicture) {
      Object.assign(keys, {
        " ": () => this.toggle(),
        ArrowRight: () => (this.pause(), this.seek(this.time + ARROW)),
        ArrowLeft: () => (this.pause(), this.seek(this.time - ARROW)),
        Home: () => (this.pause(), this.seek(0)),
        End: () => (this.pause(), this.seek(this.length)),
        Enter: () => this.tables.show(this.mark),
        Escape: () => this.tell(null),
      });
    }
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // ---- numbers

  point(event) {
    const box = this.painter.canvas.getBoundingClientRect();
    const ratio = this.painter.canvas.width / box.width;
    const x = (event.clientX - box.left) * ratio;
    const y = (event.clientY - box.top) * ratio;
    this.tell(this.asking.at(x, y, this.time));
  }

  // The next number on screen, for who has no pointer.
  next(way) {
    this.pause();
    const numbers = this.asking.numbers(this.time);
    if (!numbers.length) return this.say(said("No numbers in this picture."));
    const held = this.mark;
    const at = held ? numbers.findIndex((m) => m.tensor === held.tensor && m.index === held.index) : -1;
    const place = at < 0 ? (way > 0 ? 0 : numbers.length - 1) : (at + way + numbers.length) % numbers.length;
    this.picture.focus({ preventScroll: true });
    this.tell(numbers[place]);
    const told = this.asking.told(numbers[place], this.time);
    this.say(`${told.title} ${told.place}: ${told.value}. ${told.rest}`);
  }

  say(text) {
    this.byId("told").textContent = text;
  }

  tell(mark) {
    const same = mark && this.mark && mark.track === this.mark.track && mark.index === this.mark.index;
    if (same || (!mark && !this.mark)) return;
    this.mark = mark;
    this.draw();
    const tip = this.byId("tip");
    tip.hidden = !mark;
    this.picture.classList.toggle("asked", Boolean(mark));
    if (!mark) return;
    const told = this.asking.told(mark, this.time);
    const parts = tip.querySelectorAll("span");
    [told.title, told.place, told.value, told.rest].forEach((text, i) => (parts[i].textContent = text));
    this.place(tip, mark);
  }

  // Where what is told stands: a part of its track, or all that shows it there, as a number's digits.
  boxOf(mark) {
    return mark.box ?? this.asking.spread(mark, this.time);
  }

  // Beside what it tells, within the picture.
  place(tip, mark) {
    const [x, y, width, height] = this.boxOf(mark);
    const { scale, left, top } = this.painter.view;
    const canvas = this.painter.canvas;
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    const middle = (left + x * scale) / ratio;
    const upper = (top - (y + height / 2) * scale) / ratio;
    const lower = (top - (y - height / 2) * scale) / ratio;
    const room = this.picture.clientWidth;
    const half = tip.offsetWidth / 2 + 4;
    tip.style.left = `${Math.max(half, Math.min(room - half, middle))}px`;
    const above = upper - tip.offsetHeight - 8;
    const below = Math.min(lower + 8, this.picture.clientHeight - tip.offsetHeight - 4);
    tip.style.top = `${above >= 4 ? above : below}px`;
  }

  // A ring around what is told.
  ring() {
    const { scale, left, top } = this.painter.view;
    const context = this.painter.context;
    const pad = 2 * (window.devicePixelRatio || 1);
    const [x, y, width, height] = this.boxOf(this.mark);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    const ink = getComputedStyle(document.documentElement).getPropertyValue("--focus");
    for (const [colour, thick] of [[this.painter.surface, 3 * pad], [ink, 1.25 * pad]]) {
      context.strokeStyle = colour;
      context.lineWidth = thick;
      context.lineJoin = "round";
      const wide = width * scale + 2 * pad;
      const high = height * scale + 2 * pad;
      context.strokeRect(left + x * scale - wide / 2, top - y * scale - high / 2, wide, high);
    }
  }
}

function clock(time) {
  const seconds = Math.floor(time / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
