// The tables: every array of a picture, to read, and to copy as JSON or for NumPy.

const MOST_ROWS = 500; // of a table; all of them are in what is copied

class Tables {
  constructor(player) {
    this.player = player;
    this.dialog = document.getElementById("tables");
    this.list = document.getElementById("arrays");
    this.table = document.getElementById("table");
    this.about = document.getElementById("about");
    this.list.addEventListener("change", () => this.pick(Number(this.list.value)));
    document.getElementById("close").addEventListener("click", () => this.dialog.close());
    document.getElementById("json").addEventListener("click", () => this.copy("JSON"));
    document.getElementById("numpy").addEventListener("click", () => this.copy("NumPy"));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  show(mark = null) {
    const { player } = this;
    player.pause();
    const here = player.asking.tensors(player.time);
    const all = here.length ? here : player.variant.tensors.map((_, i) => i);
    if (!all.length) return player.say(said("There are no arrays in this scene."));
    const options = all.map((number) => {
      const { title, name } = player.variant.tensors[number];
      const { shape } = player.asking.noted(number, player.time);
      const more = name.startsWith(title) || title === name ? "" : ` · ${name}`;
      return new Option(`${title} (${shapeText(shape)})${more}`, number);
    });
    this.list.replaceChildren(...options);
    const first = mark && all.includes(mark.tensor) ? mark.tensor : all[0];
    this.list.value = first;
    this.pick(first, mark && mark.tensor === first ? mark : null);
    if (!this.dialog.open) this.dialog.showModal();
    this.centre(this.table.querySelector(".here"));
  }

  // Bring a cell into the middle of what is seen of its table, and move nothing else.
  centre(cell) {
    if (!cell) return;
    const around = this.table.parentElement;
    const [one, other] = [cell, around].map((part) => part.getBoundingClientRect());
    around.scrollTop += (one.top + one.bottom - other.top - other.bottom) / 2;
    around.scrollLeft += (one.left + one.right - other.left - other.right) / 2;
  }

  pick(number, mark = null) {
    const { player } = this;
    this.tensor = player.variant.tensors[number];
    const { shape, values } = player.asking.noted(number, player.time, mark?.later);
    Object.assign(this, { shape, values });
    const { what, role, facts, name, axes } = this.tensor;
    const told = [name, what, said("shape {1}", `(${shapeText(shape)})`), role && `${said("role")} ${role}`];
    if (axes) told.push(`${said("axes")} ${axes.join(", ")}`);
    for (const [fact, value] of Object.entries(facts)) told.push(`${fact} ${value}`);
    this.about.textContent = told.filter(Boolean).join(" · ");
    this.fill(mark?.index ?? WHOLE, mark?.span ?? 1);
    document.getElementById("copied").textContent = "";
  }

  fill(index, span) {
    const { shape } = this;
    const columns = shape.length < 2 ? 1 : shape[shape.length - 1];
    const rows = Math.ceil(this.values.length / columns);
    const body = document.createElement("tbody");
    const labels = this.tensor.labels || [];
    for (let row = 0; row < Math.min(rows, MOST_ROWS); row++) {
      const line = body.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      const place = indexIn(shape, row * columns);
      head.textContent = `[${(shape.length > 1 ? place.slice(0, -1) : place).join(", ")}] ${columns === 1 ? labels[row] ?? "" : ""}`.trim();
      line.append(head);
      for (let column = 0; column < columns; column++) {
        const cell = line.insertCell();
        const value = this.values[row * columns + column];
        cell.textContent = value === null ? said("not a number") : String(value);
        const away = row * columns + column - index;
        if (index >= 0 && away >= 0 && away < span) cell.className = "here";
      }
    }
    const head = document.createElement("thead");
    const line = head.insertRow();
    for (let column = -1; column < columns; column++) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = column < 0 ? said("index") : columns === 1 ? said("number") : String(column);
      line.append(cell);
    }
    this.table.replaceChildren(head, body);
    if (rows > MOST_ROWS) {
      const note = this.table.createCaption();
      note.textContent = said("The first {1} of {2} rows; what is copied has all.", MOST_ROWS, rows);
    }
  }

  async copy(kind) {
    const { shape } = this;
    const text = kind === "JSON" ? JSON.stringify(nested(shape, this.values)) : asNumpy(shape, this.values);
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = this.copyByHand(text); // a frame may not be allowed to
    }
    document.getElementById("copied").textContent = done ? said("Copied as {1}.", kind) : said("This browser does not let a page copy.");
  }

  copyByHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    this.dialog.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
