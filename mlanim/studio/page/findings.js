// What the lint says, each finding with the picture of its moment.

const at = (id) => document.getElementById(id);

export class Findings {
  constructor(jump) {
    this.jump = jump;
    this.drawn = "";
  }

  show({ findings, looking, film, status }) {
    at("findings-count").textContent = this.words(findings, looking, status);
    const number = film?.whole ? film.number : null;
    const key = JSON.stringify([findings, number]);
    if (key === this.drawn) return;
    this.drawn = key;
    const items = (findings ?? []).map((finding) => this.item(finding, number, film?.fps ?? 30));
    at("found").replaceChildren(...items);
  }

  words(findings, looking, status) {
    if (looking) return "looking …";
    if (findings === null) return status === "rendering" ? "after the film" : "";
    if (!findings.length) return "nothing found";
    return findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  }

  item(finding, number, fps) {
    // A finding at the end of a play is in the frame before that moment.
    const moment = Math.max(0, finding.time - 0.5 / fps);
    const button = document.createElement("button");
    button.type = "button";
    button.onclick = () => this.jump(moment);
    const picture = document.createElement("img");
    picture.alt = "";
    picture.loading = "lazy";
    if (number !== null) picture.src = `moment/${number}/${Math.round(1000 * moment)}.jpg`;
    const words = document.createElement("div");
    words.append(
      line("where", `${finding.time.toFixed(1)} s · ${finding.step} · ${finding.rule}`),
      line("what", `${finding.who}: ${finding.problem}`),
      line("advice", finding.advice),
    );
    button.append(picture, words);
    const item = document.createElement("li");
    item.append(button);
    return item;
  }
}

function line(className, textContent) {
  return Object.assign(document.createElement("p"), { className, textContent });
}
