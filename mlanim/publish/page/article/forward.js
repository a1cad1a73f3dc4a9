// Forward passes that a reader turns: the arithmetic of mlanim/models/page_pass.py.

const PASSES = {
  softmax: {
    words: () => said("Turn a score or the temperature: the weights are computed anew."),
    turns: (given) => ranges(given.arrays.scores, "scores", (x) => [x - 6, x + 6]),
    more: () => [["temperature", 0.1, 5, 1]],
    compute: ({ scores }, { temperature }) => softmax(scores.map((x) => x / temperature)),
    bars: true,
  },
  "weighted-sum": {
    words: () => said("Drag a weight: they are made to sum to one, and the sum is computed anew."),
    turns: (given) => ranges(given.arrays.weights, "weights", () => [0, 1]),
    more: () => [],
    compute: ({ weights, vectors }) => weightedSum(weights, vectors),
    bars: false,
  },
  unit: {
    words: () => said("Turn an input, a weight or the bias: the unit weighs its inputs, adds its bias and bends the sum."),
    turns: ({ arrays }) =>
      ["inputs", "weights", "bias"].flatMap((name) =>
        ranges(arrays[name], name, (x) => [Math.min(-2, 2 * x), Math.max(2, 2 * x)]),
      ),
    label: (name, array) => ({ weights: said("weight of {1}", name), bias: said("bias") })[array] ?? name,
    more: () => [],
    compute: (arrays) => [1 / (1 + Math.exp(-weighed(arrays)))],
    bars: true,
  },
  neighbours: {
    words: () => said("Turn k or move the place: the nearest points vote anew."),
    turns: ({ arrays }) =>
      ranges(arrays.place, "place", (x, i) => {
        const along = arrays.points.map((point) => point[i]);
        return [Math.min(x, ...along), Math.max(x, ...along)];
      }),
    label: (_, array, index) => ["x", "y"][index] ?? `${array} ${index}`,
    more: ({ arrays }) => [["k", 1, arrays.points.length, arrays.k[0], 1]],
    compute: (arrays, { k }) => neighbours(arrays, k),
    bars: true,
  },
};

function softmax(scores) {
  const highest = Math.max(...scores);
  const powers = scores.map((x) => Math.exp(x - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((x) => x / sum);
}

function weightedSum(weights, vectors) {
  const sum = weights.reduce((a, b) => a + b, 0) || 1;
  return vectors[0].map((_, j) => weights.reduce((total, w, i) => total + (w / sum) * vectors[i][j], 0));
}

PASSES["tanh-unit"] = { ...PASSES.unit, compute: (arrays) => [Math.tanh(weighed(arrays))] };

function weighed({ inputs, weights, bias }) {
  return inputs.reduce((sum, x, i) => sum + x * weights[i], bias[0]);
}

// The share of each kind among the k points that are nearest; of those equally far, the first.
function neighbours({ points, kinds, place }, k) {
  const far = points.map((point) => point.reduce((sum, x, i) => sum + (x - place[i]) ** 2, 0));
  const near = far.map((_, i) => i).sort((a, b) => far[a] - far[b] || a - b);
  const votes = new Array(Math.max(...kinds) + 1).fill(0);
  for (const i of near.slice(0, k)) votes[kinds[i]] += 1 / k;
  return votes;
}

function ranges(values, array, ends) {
  return values.map((value, index) => [array, index, ...ends(value, index), value]);
}

// A pass within the words of its step.
class Forward {
  constructor(given, place) {
    this.given = given;
    this.pass = PASSES[given.kind];
    this.arrays = structuredClone(given.arrays);
    this.more = Object.fromEntries(this.pass.more(given).map(([name, , , value]) => [name, value]));
    this.results = [];
    place.replaceChildren(this.title(), ...this.sliders(), this.outcome(), this.back());
    this.tell();
  }

  title() {
    const words = document.createElement("p");
    words.className = "note";
    words.textContent = this.pass.words();
    return words;
  }

  sliders() {
    this.inputs = [];
    const lines = this.pass.turns(this.given).map(([array, index, low, high, value]) =>
      this.slider(this.label(array, index), low, high, value, (x) => (this.arrays[array][index] = x)),
    );
    const more = this.pass.more(this.given).map(([name, low, high, value, step]) =>
      this.slider(name === "k" ? name : said("temperature"), low, high, value, (x) => (this.more[name] = x), step),
    );
    return [...more, ...lines];
  }

  label(array, index) {
    const name = this.given.names[index] ?? `${array} ${index}`;
    return this.pass.label?.(name, array, index) ?? name;
  }

  slider(name, low, high, value, take, step = "any") {
    const line = document.createElement("label");
    const word = document.createElement("span");
    const input = document.createElement("input");
    const number = document.createElement("output");
    word.textContent = name;
    Object.assign(input, { type: "range", min: low, max: high, step, value });
    const show = () => (number.textContent = Number(input.value).toFixed(step === "any" ? 2 : 0));
    input.addEventListener("input", () => {
      take(Number(input.value));
      show();
      this.tell();
    });
    this.inputs.push(() => {
      input.value = value;
      take(value);
      show();
    });
    show();
    line.append(word, input, number);
    return line;
  }

  outcome() {
    this.list = document.createElement("ol");
    this.list.className = this.pass.bars ? "bars" : "cells";
    return this.list;
  }

  back() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "again";
    button.textContent = said("As computed");
    button.addEventListener("click", () => {
      this.inputs.forEach((reset) => reset());
      this.tell();
    });
    return button;
  }

  tell() {
    this.results = this.pass.compute(this.arrays, this.more);
    const most = Math.max(...this.results.map(Math.abs)) || 1;
    const items = this.results.map((value, i) => {
      const item = document.createElement("li");
      const bar = document.createElement("i");
      const share = Math.min(1, Math.abs(value) / (this.pass.bars ? 1 : most));
      if (this.pass.bars) bar.style.width = `${100 * share}%`;
      else bar.style.opacity = share;
      bar.className = value < 0 ? "negative" : "";
      const name = document.createElement("span");
      name.textContent = this.pass.bars ? (this.results.length > 1 ? this.given.names[i] ?? i : said("result")) : "";
      const number = document.createElement("b");
      number.textContent = value.toFixed(4);
      item.title = String(value);
      item.append(name, bar, number);
      return item;
    });
    this.list.replaceChildren(...items);
  }
}
