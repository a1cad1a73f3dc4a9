// Where everything begins. Without it, or where it fails, each step stays a still with its words.

// The stills are kept as a text, for a quick start, until somebody needs them.
function unfoldStills() {
  for (const kept of document.querySelectorAll("noscript.kept")) {
    const { body } = new DOMParser().parseFromString(kept.textContent, "text/html");
    kept.replaceWith(...body.children);
  }
}

addEventListener("beforeprint", unfoldStills);
matchMedia("print").addEventListener("change", (event) => event.matches && unfoldStills());
openReel(document.getElementById("reel").textContent.trim())
  .then((reel) => new Player(reel))
  .catch((reason) => {
    document.documentElement.classList.remove("plays");
    document.getElementById("stage").hidden = true;
    unfoldStills();
    console.error(reason);
  });
