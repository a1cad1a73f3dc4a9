// Films of mlanim on a page: dressed for light or dark, played only in view, never against the
// reader's wish for less motion. Without this script they are plain videos with controls.
"use strict";
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function animate(figure) {
    const video = figure.querySelector("video");
    const light = video.poster;
    const words = figure.querySelector(".mlanim-words");
    const steps = [...figure.querySelectorAll("li[data-start]")];
    const spoken = !video.loop; // what is heard begins and ends when the reader says so
    let inView = false;
    let leaving = false; // the pause to come is ours, not the reader's
    let stopped = false; // the reader has paused it, and plays it when she likes

    function dress() {
      video.poster = (dark.matches && video.dataset.darkPoster) || light;
    }

    function playOrRest() {
      if (spoken) return;
      if (inView && !calm.matches && !stopped && !document.hidden) {
        video.play().catch(() => {}); // a browser may refuse: then the controls are there
      } else if (!video.paused) {
        leaving = true;
        video.pause();
      }
    }

    function tell() {
      const now = steps.filter((step) => Number(step.dataset.start) <= video.currentTime).pop();
      const text = now ? now.textContent : "";
      if (words && words.textContent !== text) words.textContent = text;
    }

    dress();
    dark.addEventListener("change", () => {
      const time = video.currentTime;
      dress();
      video.load(); // its sources ask for the other scheme now
      video.currentTime = time;
      playOrRest();
    });
    calm.addEventListener("change", playOrRest);
    document.addEventListener("visibilitychange", playOrRest);
    video.addEventListener("play", () => {
      stopped = false;
    });
    video.addEventListener("pause", () => {
      stopped = !leaving && !video.ended;
      leaving = false;
    });
    video.addEventListener("timeupdate", tell);
    tell();
    const watch = (entries) => {
      inView = entries[entries.length - 1].isIntersecting;
      playOrRest();
    };
    new IntersectionObserver(watch, { threshold: 0.5 }).observe(video);
  }

  for (const figure of document.querySelectorAll("figure.mlanim:not([data-ready])")) {
    figure.dataset.ready = "";
    animate(figure);
  }
})();
