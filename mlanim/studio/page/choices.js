// The form of the scene's parameters, and the switches of the look.

const at = (id) => document.getElementById(id);

export class Choices {
  constructor(ask) {
    this.ask = ask;
    this.shape = "";
    at("look").onchange = (event) => ask({ [event.target.name]: event.target.value });
    at("parameters").onsubmit = (event) => event.preventDefault();
  }

  show({ scene, asked, error }) {
    for (const name of ["theme", "aspect", "quality"]) {
      for (const input of at("look").elements[name]) input.checked = input.value === asked[name];
    }
    if (!scene) return;
    at("theme").hidden = !scene.explains;
    const shape = JSON.stringify(scene.parameters.map((p) => ({ ...p, text: "" })));
    if (shape !== this.shape) this.build(scene.parameters);
    this.shape = shape;
    for (const parameter of scene.parameters) this.fill(parameter, error);
  }

  build(parameters) {
    const fields = parameters.map((parameter) => this.field(parameter));
    const none = make("p", { className: "none", textContent: "This scene has none." });
    at("parameters").replaceChildren(...(fields.length ? fields : [none]));
  }

  field(parameter) {
    const { name, help, text_of_default } = parameter;
    const field = make("div", { className: "field" });
    field.dataset.name = name;
    const label = make("label", { textContent: name.replaceAll("_", " "), htmlFor: `p-${name}` });
    const reset = make("button", { type: "button", className: "quiet reset", textContent: "reset" });
    reset.setAttribute("aria-label", `Reset ${name}`);
    reset.onclick = () => this.send(name, text_of_default);
    const control = make("div", { className: "control" });
    control.append(...this.inputs(parameter));
    const told = make("p", { className: "help", id: `h-${name}`, textContent: help });
    const wrong = make("p", { className: "wrong", hidden: true });
    if (parameter.type === "bool") label.prepend(...control.childNodes);
    else field.append(control);
    field.prepend(label, reset);
    field.append(told, wrong);
    return field;
  }

  inputs({ name, type, choices, low, high, allowed }) {
    const input = make(choices.length && type === "choice" ? "select" : "input", { id: `p-${name}` });
    input.setAttribute("aria-describedby", `h-${name}`);
    input.onchange = () => this.send(name, input.type === "checkbox" ? `${input.checked}` : input.value);
    if (input.tagName === "SELECT") {
      const words = allowed.endsWith("or none") ? [...choices, "none"] : choices;
      input.append(...words.map((choice) => make("option", { value: choice, textContent: choice })));
    } else if (type === "bool") {
      input.type = "checkbox";
    } else if ((type === "int" || type === "float") && !allowed.endsWith("or none")) {
      const bounds = { min: low ?? "", max: high ?? "", step: type === "int" ? 1 : "any" };
      Object.assign(input, { type: "number", ...bounds });
      if (low !== null && high !== null) return this.slid(input, bounds, high - low);
    } else {
      input.type = "text";
      input.spellcheck = false;
      if (type === "choice or name") {
        const list = make("datalist", { id: `l-${name}` });
        list.append(...choices.map((choice) => make("option", { value: choice })));
        input.setAttribute("list", list.id);
        return [input, list];
      }
    }
    return [input];
  }

  // A slider beside the number, where there is a range to slide in.
  slid(input, bounds, width) {
    input.classList.add("beside");
    const slider = make("input", { type: "range", ...bounds });
    if (bounds.step === "any") slider.step = 10 ** Math.floor(Math.log10(width / 50));
    slider.setAttribute("aria-label", `${input.id.slice(2).replaceAll("_", " ")}, slider`);
    slider.oninput = () => (input.value = slider.value);
    slider.onchange = () => input.onchange();
    return [slider, input];
  }

  fill({ name, text, text_of_default, type }, error) {
    const field = at("parameters").querySelector(`[data-name="${CSS.escape(name)}"]`);
    const input = at(`p-${name}`);
    const wrong = error?.line.startsWith(`${name}=`) ? error.line : "";
    this.mark(field, input, wrong);
    field.classList.toggle("changed", text !== text_of_default || wrong !== "");
    if (wrong || (document.activeElement === input && input.type === "text")) return;
    if (type === "bool") input.checked = text === "true";
    else if (input.value !== text) input.value = text;
    const slider = field.querySelector("[type=range]");
    if (slider && document.activeElement !== slider) slider.value = text;
  }

  mark(field, input, wrong) {
    const told = field.querySelector(".wrong");
    told.hidden = !wrong;
    told.textContent = wrong;
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  async send(name, text) {
    const wrong = await this.ask({ texts: { [name]: text } });
    const field = at("parameters").querySelector(`[data-name="${CSS.escape(name)}"]`);
    this.mark(field, at(`p-${name}`), wrong);
  }
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
