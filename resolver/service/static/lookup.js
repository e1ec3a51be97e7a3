// One name: suggestions while it is typed, and the answer. The address of the page holds the question.

import { card } from "./answer.js";
import * as calls from "./calls.js";
import { byId, day, language, make, problem, show, word } from "./dom.js";

const WAIT = 150;
const FIELDS = { text: "mention", date: "date", type: "type", within: "within" };

const input = byId("mention");
const choices = byId("suggestions");
const answer = byId("answer");

let offered = [];
let chosen = -1;
let taken = null;
let timer = 0;
let running = new AbortController();

function close() {
  choices.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark(place) {
  chosen = place;
  [...choices.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
  const current = choices.children[place];
  if (current) {
    input.setAttribute("aria-activedescendant", current.id);
    current.scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}

function take(place) {
  const entity = offered[place];
  input.value = entity.path || entity.name;
  taken = { text: input.value, id: entity.id };
  close();
  ask();
}

function offer(entities) {
  offered = entities;
  show(choices, entities.map((entity, at) =>
    make("li", { role: "option", id: `suggestion-${at}`, "aria-selected": "false",
      onpointerdown: (event) => { event.preventDefault(); take(at); } },
      entity.path || entity.name,
      make("small", {}, word(`type_${entity.type}`) + (entity.valid_to ? `, – ${day(entity.valid_to)}` : "")))));
  choices.hidden = !entities.length;
  input.setAttribute("aria-expanded", String(entities.length > 0));
  mark(-1);
}

async function complete() {
  running.abort();
  running = new AbortController();
  const text = input.value.trim();
  if (text.length < 2) return close();
  try {
    const found = await calls.suggest({ prefix: text, type: byId("type").value, language }, running.signal);
    if (document.activeElement === input && input.value.trim() === text) offer(found);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

function keyed(event) {
  if (event.key === "Escape") close();
  else if (event.key === "Enter" && chosen >= 0 && !choices.hidden) {
    event.preventDefault();
    take(chosen);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (choices.hidden) { complete(); return; }
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark((chosen + step + offered.length + (chosen < 0 && step < 0 ? 1 : 0)) % offered.length);
  }
}

async function ask() {
  const question = Object.fromEntries(Object.entries(FIELDS).map(([name, id]) => [name, byId(id).value.trim()]));
  if (!question.text) return;
  clearTimeout(timer);
  running.abort();
  running = new AbortController();
  close();
  const { signal } = running;
  history.replaceState(null, "", `?${new URLSearchParams({ language, ...question })}`);
  show(answer, make("p", {}, word("asking")));
  // What was chosen among the suggestions is asked by its id: its name alone may mean another one.
  const text = taken?.text === question.text ? taken.id : question.text;
  try {
    const match = await calls.resolve({ ...question, text, language }, signal);
    show(answer, card(match));
  } catch (error) {
    if (error.name !== "AbortError") show(answer, problem(error));
  }
}

export function start() {
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(complete, WAIT); });
  input.addEventListener("keydown", keyed);
  input.addEventListener("blur", close);
  byId("lookup").addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  const given = new URLSearchParams(location.search);
  for (const [name, id] of Object.entries(FIELDS)) if (given.has(name)) byId(id).value = given.get(name);
  if (given.get("text")) ask();
}
