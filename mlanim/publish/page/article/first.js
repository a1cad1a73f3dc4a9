// The first picture, drawn while the browser still reads what comes after it.

document.documentElement.classList.add("plays");
document.getElementById("stage").hidden = false;
if (!location.hash) {
  const reel = new Reel(JSON.parse(document.getElementById("first").textContent));
  const painter = new Painter(document.getElementById("canvas"), reel, reel.frame);
  const dark = document.documentElement.dataset.themes === "2" && matchMedia("(prefers-color-scheme: dark)").matches;
  painter.dress(dark);
  painter.use(reel.variants[matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 0]);
  painter.fit();
  painter.draw(0);
  performance.mark("first picture");
}
