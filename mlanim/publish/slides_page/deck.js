// The player. A slide's film plays when one comes to it going forward, and holds at its end; going
// back shows a slide as it stood at its end. Two video elements take turns, so that the next film
// is ready before it is wanted and nothing flickers in between.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const slides = [...document.querySelectorAll(".slide")];
  const words = JSON.parse(at("deck").dataset.words);
  const said = (text, ...given) =>
    (words[text] ?? text).replace(/\{(\d)\}/g, (_, place) => given[place - 1]);
  const films = new Map();
  let [shown, spare] = document.querySelectorAll("#screen video");
  let here = -1;
  let notes = null;
  let began = 0;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function filmOf(index) {
    if (!films.has(index)) {
      const bytes = Uint8Array.from(atob(slides[index].dataset.film), (c) => c.charCodeAt(0));
      films.set(index, URL.createObjectURL(new Blob([bytes], { type: "video/mp4" })));
    }
    return films.get(index);
  }

  function load(video, index) {
    if (video.dataset.index === `${index}`) return;
    video.dataset.index = index;
    video.src = filmOf(index);
    video.load();
  }

  function go(to, { play = !still.matches } = {}) {
    to = Math.min(Math.max(0, to), slides.length - 1);
    if (to === here) return play ? replay() : undefined;
    here = to;
    load(spare, to);
    const video = spare;
    const ready = () => {
      if (video.dataset.index !== `${here}` || video === shown) return;
      [shown, spare] = [video, shown];
      shown.classList.add("shown");
      spare.classList.remove("shown");
      spare.pause();
      if (play) start(shown);
      if (here + 1 < slides.length) load(spare, here + 1);
    };
    const placed = () => {
      const moment = play ? 0 : video.duration;
      if (Math.abs(video.currentTime - moment) < 1e-3) return ready();
      video.addEventListener("seeked", ready, { once: true });
      video.currentTime = moment;
    };
    if (video.readyState >= 2) placed();
    else video.addEventListener("loadeddata", placed, { once: true });
    tell();
  }

  function replay() {
    shown.currentTime = 0;
    start(shown);
  }

  // Browsers that let no page be heard before somebody has touched it play the first film silently.
  function start(video) {
    video.muted = false;
    video.play().catch(() => {
      video.muted = true;
      video.play().catch(() => {});
    });
  }

  const next = () => (here + 1 < slides.length ? go(here + 1) : undefined);
  const back = () => (here > 0 ? go(here - 1, { play: false }) : undefined);

  function pause() {
    if (!shown.paused && !shown.ended) shown.pause();
    else if (shown.ended) next();
    else start(shown);
  }

  function tell() {
    at("count").textContent = `${here + 1} / ${slides.length}`;
    at("told").textContent = `${slides[here].getAttribute("aria-label")}. ${noteOf(here)}`;
    at("back").disabled = here === 0;
    at("next").disabled = here === slides.length - 1;
    history.replaceState(null, "", `#${here + 1}`);
    showNotes();
  }

  const noteOf = (index) => slides[index].querySelector(".notes").textContent;
  const stillOf = (index) => slides[index].querySelector(".still").src;

  // All slides at once.
  const list = at("overview").firstElementChild;
  slides.forEach((slide, index) => {
    const button = document.createElement("button");
    const name = document.createElement("span");
    const number = document.createElement("b");
    const picture = document.createElement("img");
    picture.alt = "";
    number.textContent = index + 1;
    name.append(number, slide.dataset.name.replaceAll("/", " / "));
    button.append(picture, name);
    button.onclick = () => (overview(false), go(index));
    list.appendChild(document.createElement("li")).append(button);
    slide.querySelector(".notes").dataset.number = `${index + 1} ${slide.dataset.name}`;
  });

  function overview(open) {
    at("overview").hidden = !open;
    at("deck").inert = at("bar").inert = open;
    if (!open) return;
    shown.pause();
    for (const [index, item] of [...list.children].entries()) {
      const [button, picture] = [item.firstElementChild, item.querySelector("img")];
      picture.src ||= stillOf(index);
      if (index === here) (button.setAttribute("aria-current", "true"), button.focus());
      else button.removeAttribute("aria-current");
    }
  }

  function among(step) {
    const buttons = [...list.querySelectorAll("button")];
    const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
    const now = Math.max(0, buttons.indexOf(document.activeElement));
    const to = now + { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[step];
    buttons[Math.min(Math.max(0, to), buttons.length - 1)].focus();
  }

  // The speaker's view: what is shown, what comes, what to say, and the time.
  const NOTES = `<!doctype html><title>${said("Notes")}</title><style>
    body { margin: 0; padding: 24px; background: #16181d; color: #eceef2; font: 16px/1.5 system-ui, sans-serif; }
    main { display: grid; grid-template-columns: 3fr 2fr; gap: 20px 24px; max-width: 1200px; margin: auto; }
    h2 { margin: 0 0 6px; font-size: 14px; font-weight: 500; color: #a9b0bd; }
    img { width: 100%; border-radius: 6px; display: block; min-height: 40px; background: #0d0f13; }
    #say { grid-column: 1 / -1; font-size: 28px; line-height: 1.4; min-height: 3em; margin: 0; }
    #time { font-size: 28px; font-variant-numeric: tabular-nums; margin: 12px 0 0; }
    #time small { color: #a9b0bd; font-size: 15px; }</style>
    <main><div><h2 id="now"></h2><img id="now-still" alt="${said("This slide at its end")}"></div>
    <div><h2 id="then"></h2><img id="then-still" alt="${said("The next slide at its end")}">
    <p id="time"><span id="gone">0:00</span> <small id="clock"></small></p></div>
    <p id="say"></p></main>`;

  function openNotes() {
    if (notes && !notes.closed) return notes.focus();
    notes = open("", "mlanim-notes", "width=1100,height=720");
    if (!notes) return;
    notes.document.open();
    notes.document.write(NOTES);
    notes.document.close();
    notes.document.addEventListener("keydown", onKey);
    began ||= Date.now();
    showNotes();
  }

  function showNotes() {
    if (!notes || notes.closed) return;
    const of = (id) => notes.document.getElementById(id);
    const last = here === slides.length - 1;
    const place = said("{1} of {2}", here + 1, slides.length);
    of("now").textContent = `${place}: ${slides[here].dataset.name}`;
    of("now-still").src = stillOf(here);
    of("then").textContent = last ? said("The end") : `${said("Next")}: ${slides[here + 1].dataset.name}`;
    of("then-still").src = last ? "data:," : stillOf(here + 1);
    of("then-still").style.visibility = last ? "hidden" : "visible";
    of("say").textContent = noteOf(here);
  }

  setInterval(() => {
    if (!notes || notes.closed) return;
    const seconds = Math.floor((Date.now() - began) / 1000);
    const gone = `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`;
    notes.document.getElementById("gone").textContent = gone;
    notes.document.getElementById("clock").textContent = new Date().toLocaleTimeString();
  }, 500);

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!at("overview").hidden) {
      if (["o", "Escape"].includes(key)) overview(false);
      else if (key.startsWith("Arrow")) among(key);
      else return;
      return event.preventDefault();
    }
    const onButton = event.target.closest?.("button");
    const does = {
      ArrowRight: next, ArrowDown: next, PageDown: next, n: next,
      ArrowLeft: back, ArrowUp: back, PageUp: back, p: back,
      " ": onButton ? null : pause,
      Home: () => go(0), End: () => go(slides.length - 1, { play: false }),
      r: replay, s: openNotes, o: () => overview(true), Escape: () => overview(true),
      f: () => (document.fullscreenElement ? document.exitFullscreen() : document.body.requestFullscreen()),
    }[key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  addEventListener("keydown", onKey);
  at("back").onclick = back;
  at("next").onclick = next;
  at("all").onclick = () => overview(true);
  at("notes").onclick = openNotes;

  // A click goes on, on the left third back; so does a swipe, the way the pages go.
  let touch = null;
  at("screen").onpointerdown = (event) => (touch = { x: event.clientX, y: event.clientY });
  at("screen").onpointerup = (event) => {
    if (!touch || event.button) return;
    const [x, y] = [event.clientX - touch.x, event.clientY - touch.y];
    touch = null;
    if (Math.abs(x) > 40 && Math.abs(x) > Math.abs(y)) return x < 0 ? next() : back();
    return event.clientX < innerWidth / 3 ? back() : next();
  };

  let sleep = 0;
  addEventListener("pointermove", () => {
    at("bar").classList.add("awake");
    clearTimeout(sleep);
    sleep = setTimeout(() => at("bar").classList.remove("awake"), 2000);
  });
  addEventListener("hashchange", () => go(Number(location.hash.slice(1)) - 1));
  go(Math.max(0, (Number(location.hash.slice(1)) || 1) - 1));
})();
