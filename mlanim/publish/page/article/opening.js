// Where everything begins. Without it, or where it fails, each step stays a still with its words.

document.documentElement.classList.add("plays");
openReel(document.getElementById("reel").textContent.trim())
  .then((reel) => {
    document.getElementById("stage").hidden = false;
    new Player(reel);
  })
  .catch((reason) => {
    document.documentElement.classList.remove("plays");
    document.getElementById("stage").hidden = true;
    console.error(reason);
  });
