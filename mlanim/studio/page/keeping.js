// Files to keep, and the code that embeds them.

const at = (id) => document.getElementById(id);

export class Keeping {
  constructor(time) {
    this.time = time;
    for (const button of at("keep").querySelectorAll("[data-format]")) {
      button.onclick = () => this.keep(button);
    }
    at("embed").onclick = () => this.copy();
  }

  async keep(button) {
    const format = button.dataset.format;
    button.disabled = true;
    this.tell(`Rendering the ${format} …`);
    try {
      const body = JSON.stringify({ format, at: this.time });
      const answer = await fetch("keep", { method: "POST", body });
      const words = await answer.text();
      if (!answer.ok) return this.tell(words, true);
      const name = decodeURIComponent(words.split("/").at(-1));
      Object.assign(document.createElement("a"), { href: words, download: name }).click();
      this.tell(`Saved ${name}`);
    } catch {
      this.tell("mlanim watch has ended", true);
    } finally {
      button.disabled = false;
    }
  }

  async copy() {
    const answer = await fetch("embed");
    await navigator.clipboard.writeText(await answer.text());
    this.tell("Copied");
  }

  tell(words, failed = false) {
    at("kept").textContent = words;
    at("kept").classList.toggle("failed", failed);
  }
}
