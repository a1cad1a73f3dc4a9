// The page of `mlanim watch`. The server sends its whole state whenever something has changed;
// each part below shows its share of it, and what the reader does is sent back.

import { Findings } from "./findings.js";
import { Choices } from "./choices.js";
import { Keeping } from "./keeping.js";
import { Player, innermost } from "./player.js";
import { Timeline } from "./timeline.js";

const at = (id) => document.getElementById(id);

const player = new Player(at("stage"));
const timeline = new Timeline(player);
const choices = new Choices(ask);
const findings = new Findings((seconds) => player.seek(seconds, { play: false }));
new Keeping(() => player.time);

async function ask(changes) {
  const answer = await fetch("ask", { method: "POST", body: JSON.stringify(changes) });
  return answer.ok ? "" : await answer.text();
}

function show(state) {
  showScene(state.scene);
  showStatus(state);
  showNotes(state.notes);
  showError(state);
  player.show(state.film);
  showPicture(state.picture);
  timeline.show(state);
  choices.show(state);
  findings.show(state);
  at("waiting").hidden = state.film !== null || state.picture !== null;
}

// A picture is there before the film, and stays until something of that is shown.
let picture = null;

function showPicture(number) {
  if (number !== null && number !== picture) at("picture").firstElementChild.src = `picture/${number}.png`;
  if (number !== null) at("picture").hidden = false;
  picture = number;
}

player.listeners.push(() => {
  if (picture === null && !player.loading) at("picture").hidden = true;
});

function showScene(scene) {
  if (!scene) return;
  document.title = `${scene.name} · mlanim`;
  at("name").textContent = scene.name;
  at("summary").textContent = scene.summary;
  at("summary").title = scene.summary;
}

function showStatus(state) {
  const share = shareOf(state);
  const seconds = state.film?.seconds;
  const words = {
    rendering: state.working || (share ? `Rendering ${Math.round(100 * share)} %` : "Rendering"),
    ready: `${seconds?.toFixed(1)} s of film in ${state.took?.toFixed(1)} s`,
    error: "Error",
  };
  const status = at("status");
  status.dataset.status = state.status;
  if (status.textContent !== words[state.status]) status.textContent = words[state.status];
  const rendering = state.status === "rendering";
  at("progress").firstElementChild.style.transform = `scaleX(${rendering ? share : 0})`;
}

function showNotes(notes) {
  const list = at("notes");
  list.hidden = notes.length === 0;
  if (list.dataset.told === JSON.stringify(notes)) return; // a screen reader would say them again
  list.dataset.told = JSON.stringify(notes);
  list.replaceChildren(
    ...notes.map((note) => {
      const line = document.createElement("li");
      line.textContent = note;
      return line;
    }),
  );
}

// How much is done: of the last film's length, or where there is none, of the steps in the source.
function shareOf({ film, drawn, steps, scene }) {
  if (film?.whole) return Math.min(1, drawn / film.seconds);
  const inside = innermost((scene?.outline ?? []).map((path) => ({ path })));
  const done = innermost(steps).filter((step) => step.end <= drawn + 1e-3);
  return inside.length ? Math.min(1, done.length / inside.length) : 0;
}

let dismissed = "";

function showError({ error, status, film }) {
  const panel = at("error");
  const shown = error !== null && status !== "ready" && dismissed !== JSON.stringify(error);
  if (error) {
    at("error-line").textContent = error.line;
    at("traceback").textContent = error.traceback;
    at("traceback").hidden = !error.traceback;
    at("error-away").hidden = film === null;
    at("error-away").onclick = () => {
      dismissed = JSON.stringify(error);
      panel.hidden = true;
      player.cover(false);
    };
  } else {
    dismissed = "";
  }
  if (panel.hidden === shown) panel.hidden = !shown;
  player.cover(shown);
}

const events = new EventSource("events");
events.onmessage = (message) => show(JSON.parse(message.data));
events.onerror = () => {
  at("status").dataset.status = "error";
  at("status").textContent = "mlanim watch has ended";
};

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]):not(#scrub), select, textarea, pre");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = event.target.closest("button, input[type=radio]");
  const does = {
    " ": onButton ? null : () => player.toggle(),
    ArrowLeft: () => (event.shiftKey ? player.nudge(-1) : timeline.go(-1)),
    ArrowRight: () => (event.shiftKey ? player.nudge(1) : timeline.go(1)),
    l: () => timeline.toggleLoop(),
    Home: () => player.seek(0),
    End: () => player.seek(player.seconds),
  }[event.key];
  if (!does || (event.target.type === "radio" && event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  does();
});
