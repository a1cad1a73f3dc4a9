// The steps by their lengths, the slider above them, and what the step of the moment teaches.

import { parts, stepAt } from "./player.js";

const at = (id) => document.getElementById(id);

export class Timeline {
  constructor(player) {
    this.player = player;
    this.steps = [];
    this.drawn = "";
    at("play").onclick = () => player.toggle();
    at("back").onclick = () => this.go(-1);
    at("forward").onclick = () => this.go(1);
    at("loop").onclick = () => this.toggleLoop();
    at("scrub").oninput = (event) => player.seek(Number(event.target.value));
    player.listeners.push(() => this.follow());
    new ResizeObserver(() => this.fit()).observe(at("steps"));
  }

  show({ film, steps, planned }) {
    const whole = film?.whole ? film.steps : steps;
    this.end = film?.whole ? film.seconds : Math.max(planned, this.player.seconds);
    this.done = film?.whole ? film.seconds : film ? this.player.seconds : 0;
    this.steps = parts(whole);
    const key = JSON.stringify([this.steps, this.end, this.done]);
    if (key === this.drawn) return;
    this.drawn = key;
    const list = at("steps");
    while (list.children.length > this.steps.length) list.lastElementChild.remove();
    this.steps.forEach((step, index) => this.place(list, step, index));
    this.fit();
  }

  place(list, step, index) {
    const item = list.children[index] ?? list.appendChild(document.createElement("li"));
    const button = item.firstElementChild ?? item.appendChild(document.createElement("button"));
    button.type = "button";
    button.dataset.key = step.key;
    button.title = step.path;
    button.setAttribute("aria-label", `Step ${index + 1}, ${step.name}`);
    button.disabled = step.start > this.done;
    button.onclick = () => this.jump(step);
    item.style.left = `${(100 * step.start) / this.end}%`;
    item.style.width = `${(100 * (step.end - step.start)) / this.end}%`;
  }

  // Each has its number, and its name where there is room for the whole of it.
  fit() {
    for (const [index, item] of [...at("steps").children].entries()) {
      const button = item.firstElementChild;
      button.replaceChildren(span(`${index + 1}`), span(this.steps[index]?.name ?? ""));
      button.classList.remove("narrow");
      button.classList.toggle("narrow", button.scrollWidth > button.clientWidth);
    }
  }

  jump(step) {
    if (this.player.loop !== null) this.player.loop = step.key;
    this.player.seek(step.start + 1e-3);
  }

  go(direction) {
    const { time, steps } = this.player;
    if (!steps.length) return this.player.seek(time + direction);
    const here = steps.indexOf(stepAt(steps, time));
    // Back goes to the beginning of this step first, as players do.
    const again = direction < 0 && here >= 0 && time - steps[here].start > 0.6;
    const to = again ? here : here + direction;
    if (to >= steps.length) return this.player.seek(this.player.seconds);
    this.jump(steps[Math.max(0, to)]);
  }

  toggleLoop() {
    const player = this.player;
    player.loop = player.loop === null ? (player.step?.key ?? "") : null;
  }

  follow() {
    const { player } = this;
    const end = this.end || 1;
    const scrub = at("scrub");
    if (Number(scrub.max) !== end) scrub.max = end;
    scrub.value = player.time;
    const [here, done] = [(100 * player.time) / end, (100 * (this.done ?? 0)) / end];
    scrub.style.setProperty(
      "--filled",
      `linear-gradient(to right, var(--accent) ${here}%, var(--quiet) ${here}% ${done}%, var(--rule) ${done}%)`,
    );
    scrub.setAttribute("aria-valuetext", `${player.time.toFixed(1)} seconds`);
    const playing = !player.shown.paused;
    at("play").classList.toggle("playing", playing);
    set(at("play"), "aria-label", playing ? "Pause" : "Play");
    set(at("loop"), "aria-pressed", `${player.loop !== null}`);
    const clock = at("clock");
    write(clock.firstChild, `${player.time.toFixed(1)} `);
    write(clock.lastElementChild, `/ ${(this.end ?? 0).toFixed(1)} s`);
    const step = stepAt(this.steps, player.time);
    for (const item of at("steps").children) {
      const button = item.firstElementChild;
      const current = step?.key === button.dataset.key;
      if (current) set(button, "aria-current", "step");
      else button.removeAttribute("aria-current");
      button.classList.toggle("looped", player.loop === button.dataset.key);
    }
    write(at("step-name"), step?.path.replaceAll("/", " / ") ?? "");
    write(at("step-say"), step?.say ?? "");
  }
}

function span(textContent) {
  return Object.assign(document.createElement("span"), { textContent });
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
