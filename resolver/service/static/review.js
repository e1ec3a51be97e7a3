// Open mentions, one at a time, decided by keys or by buttons.

import { byId, make, show, word } from "./dom.js";

const MOST = 9;

export class Review {
  constructor(decide, find) {
    this.decide = decide;
    this.find = find;
    this.others = [];
    this.groups = [];
    this.place = 0;
    byId("open").addEventListener("keydown", (event) => this.keyed(event));
  }

  begin(asked) {
    // One decision for a mention with the same words beside it, whatever its dates: as in the review file.
    const groups = new Map();
    for (const one of asked.filter((each) => each.open)) {
      const key = JSON.stringify([one.text.trim(), ...one.within]);
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    const rows = (group) => group.reduce((total, one) => total + one.rows.length, 0);
    this.groups = [...groups.values()].sort((a, b) => rows(b) - rows(a));
    this.place = 0;
    byId("review").hidden = !this.groups.length;
    this.draw();
  }

  get group() {
    return this.groups[this.place];
  }

  choices() {
    const best = new Map();
    for (const one of this.group) {
      for (const choice of (one.before ?? one.answer).choices) {
        if (!best.has(choice.id) || best.get(choice.id).score < choice.score) best.set(choice.id, choice);
      }
    }
    const ordered = [...best.values()].sort((a, b) => b.score - a.score);
    return [...ordered, ...this.others.filter((one) => !best.has(one.id))].slice(0, MOST);
  }

  async choose(id) {
    const group = this.group;
    await this.decide(group, id);
    this.tell();
    if (id !== null) this.go(1);
    else this.draw();
  }

  go(step) {
    this.place = (this.place + step + this.groups.length) % this.groups.length;
    this.others = [];
    this.draw();
  }

  async look(text) {
    // Entities besides the candidates, by what a person types.
    if (!text.trim()) return;
    this.others = (await this.find(text)).map((one) => ({ id: one.id, path: one.path || one.name, score: null }));
    this.draw();
    byId("open").focus();
  }

  keyed(event) {
    if (event.target.tagName === "INPUT") return;
    if (event.ctrlKey || event.metaKey || event.altKey || !this.groups.length) return;
    const key = event.key.toLowerCase();
    const choices = this.choices();
    const actions = {
      n: () => this.go(1), arrowright: () => this.go(1), p: () => this.go(-1), arrowleft: () => this.go(-1),
      u: () => this.choose(null), "/": () => byId("other").focus(), 0: () => this.choose("none"),
    };
    choices.forEach((choice, at) => { actions[at + 1] = () => this.choose(choice.id); });
    if (Object.hasOwn(actions, key)) {
      event.preventDefault();
      byId("open").focus();
      actions[key]();
    }
  }

  tell() {
    const done = this.groups.filter((group) => group[0].decision !== null).length;
    const left = this.groups.length - done;
    show(byId("decided"), left ? `${word("decided")}: ${done}, ${word("open")}: ${left}` : word("all_decided"));
  }

  draw() {
    const place = byId("open");
    if (!this.groups.length) return show(place);
    const [first] = this.group;
    const { cells } = first.before ?? first.answer;
    const rows = this.group.reduce((total, one) => total + one.rows.length, 0);
    const dates = [...new Set(this.group.map((one) => one.date).filter(Boolean))];
    const button = (id, key, ...told) =>
      make("li", {}, make("button", { type: "button", tabindex: "-1", "aria-pressed": String(first.decision === id),
        onclick: () => this.choose(id) }, make("kbd", {}, key), ...told));
    show(place,
      make("p", {}, `${this.place + 1} / ${this.groups.length} · `, make("strong", {}, first.text),
        first.within.length ? `, ${first.within.join(", ")}` : "", ` · ${rows} ${word("rows")}`,
        dates.length ? ` · ${dates.slice(0, 3).join(", ")}${dates.length > 3 ? " …" : ""}` : ""),
      make("p", { class: "note" }, `${word(`status_${cells.status}`)}: `, make("span", { lang: "en" }, cells.note)),
      make("ol", {},
        this.choices().map((one, at) =>
          button(one.id, String(at + 1), `${one.path} · ${one.score === null ? "" : `${(100 * one.score).toFixed(0)} % `}`,
            make("code", {}, one.id))),
        button("none", "0", word("none_of_them"))),
      make("form", { class: "around", onsubmit: (event) => { event.preventDefault(); this.look(byId("other").value); } },
        make("p", {}, make("label", { for: "other" }, word("another")),
          make("input", { id: "other", type: "text", maxlength: "200", autocomplete: "off", spellcheck: "false" })),
        make("p", { class: "act" }, make("button", { type: "submit" }, word("ask")))),
      make("p", { class: "keys" },
        make("button", { type: "button", onclick: () => this.go(-1) }, make("kbd", {}, "P"), word("previous")),
        make("button", { type: "button", onclick: () => this.go(1) }, make("kbd", {}, "N"), word("next")),
        make("button", { type: "button", disabled: first.decision === null, onclick: () => this.choose(null) },
          make("kbd", {}, "U"), word("undo"))));
    this.tell();
  }
}
