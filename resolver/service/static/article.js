// A text with its names marked: each a button that shows what it means.

import { card } from "./answer.js";
import * as calls from "./calls.js";
import { byId, language, make, problem, show, word } from "./dom.js";

function pieces(text, names) {
  // The service counts characters, the browser half of some.
  const letters = Array.from(text);
  const found = [];
  let done = 0;
  for (const name of names) {
    found.push(letters.slice(done, name.start).join(""));
    const open = name.match.status === "matched" ? "" : " open";
    found.push(make("button", { type: "button", class: `mark ${name.kind}${open}`, "aria-pressed": "false",
      onclick: (event) => choose(event.currentTarget, name) }, letters.slice(name.start, name.end).join("")));
    done = name.end;
  }
  return [...found, letters.slice(done).join("")];
}

function choose(button, name) {
  for (const one of byId("reading").querySelectorAll("[aria-pressed=true]")) one.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
  show(byId("card"), card(name.match, false));
}

async function mark(event) {
  event.preventDefault();
  const told = byId("text-told");
  const text = byId("text").value;
  if (!text.trim()) return;
  show(told, word("asking"));
  try {
    const names = await calls.annotate(text, byId("text-date").value.trim(), language);
    show(byId("reading"), pieces(text, names));
    show(byId("card"));
    byId("marked").hidden = false;
    show(told, `${names.length} ${word("found_names")}`);
  } catch (error) {
    show(told, problem(error));
  }
}

export function start() {
  byId("article").addEventListener("submit", mark);
}
