// A table: its file, its columns, the run, the decisions, what is kept of it.

import * as batches from "./batches.js";
import * as calls from "./calls.js";
import { csv, save } from "./csv.js";
import { byId, language, limits, make, problem, show, word } from "./dom.js";
import { Review } from "./review.js";

const SHOWN = 5;

let table = null;
let asked = [];
let options = {};
let stopping = new AbortController();
const review = new Review(decide, find);

const base = () => table.name.replace(/\.(csv|tsv|tab|txt|xlsx|jsonl|ndjson)?(\.gz|\.zst)?$/i, "");
const columnName = () => table.columns[Number(byId("column").value)];

async function open(file) {
  byId("columns").hidden = byId("result").hidden = byId("run").hidden = true;
  const told = byId("table-told");
  if (file.size > limits.body) return show(told, problem(new Error(word("too_large"))));
  show(told, word("reading"));
  try {
    table = { ...(await calls.rows(file)), name: file.name };
    const guess = await batches.mentionColumn(table, calls.normalize);
    offer(guess);
    show(told, [`${file.name}: ${table.rows.length} ${word("rows")}.`, ...table.told].join(" "));
  } catch (error) {
    show(told, problem(error));
  }
}

function offer(guess) {
  const choice = (place, chosen) => make("option", { value: place, selected: place === chosen }, table.columns[place]);
  const places = [...table.columns.keys()];
  const dates = batches.dateColumn(table);
  show(byId("column"), places.map((place) => choice(place, guess)));
  show(byId("date-column"), make("option", { value: -1 }, word("none")), places.map((place) => choice(place, dates)));
  show(byId("within-columns"), make("legend", {}, word("within_columns")), places.map((place) =>
    make("label", {}, make("input", { type: "checkbox", value: place }), table.columns[place])));
  sample();
  byId("columns").hidden = false;
}

function sample() {
  const chosen = Number(byId("column").value);
  const row = (cells, tag) => make("tr", {}, cells.map((text, at) =>
    make(tag, { class: at === chosen ? "chosen" : false, scope: tag === "th" ? "col" : false }, text)));
  show(byId("sample"), make("caption", {}, word("sample")), row(table.columns, "th"),
    table.rows.slice(0, SHOWN).map((cells) => row(cells, "td")));
}

async function start(event) {
  event.preventDefault();
  const column = Number(byId("column").value);
  const within = [...byId("within-columns").querySelectorAll(":checked")].map((one) => Number(one.value));
  const type = byId("table-type").value;
  asked = batches.distinct(table, { column, date: Number(byId("date-column").value), within });
  options = { types: type ? [type] : [], date: byId("table-date").value.trim(), language,
    serial_dates: table.serial_dates };
  stopping = new AbortController();
  byId("run").hidden = false;
  byId("result").hidden = true;
  advance(0, asked.length);
  try {
    await batches.answerAll(asked, options, calls.normalize, advance, stopping.signal);
    finish();
  } catch (error) {
    show(byId("table-told"), error.name === "AbortError" ? word("stopped") : problem(error));
  }
  byId("run").hidden = true;
}

function advance(done, all) {
  byId("progress").value = all ? done / all : 1;
  show(byId("progress-told"), `${done} / ${all}`);
}

function finish() {
  byId("result").hidden = false;
  tell();
  review.begin(asked);
  if (!byId("review").hidden) byId("open").focus({ preventScroll: true });
}

function tell() {
  const told = Object.entries(batches.counts(asked)).map(([status, count]) => `${word(`status_${status}`)}: ${count}`);
  show(byId("counts"), told.join(" · "));
}

async function decide(group, id) {
  // Null takes a decision back.
  if (id === null) {
    for (const one of group.filter((each) => each.before)) {
      Object.assign(one, { answer: one.before, before: null, decision: null });
    }
  } else {
    const mentions = group.map((one) => batches.question({ ...one, decision: id }));
    try {
      const found = await calls.normalize({ mentions, ...options });
      group.forEach((one, at) => {
        Object.assign(one, { before: one.before ?? one.answer, answer: found[at], decision: id });
      });
    } catch (error) {
      return show(byId("table-told"), problem(error));
    }
  }
  tell();
}

async function find(prefix) {
  try {
    return await calls.suggest({ prefix, type: byId("table-type").value, limit: 4, language });
  } catch (error) {
    show(byId("table-told"), problem(error));
    return [];
  }
}

function report() {
  const columns = { [columnName()]: { status: batches.counts(asked) } };
  const ragged = table.rows.filter((row) => row.length !== table.columns.length).length;
  const decided = asked.filter((one) => one.decision !== null).length;
  return `${JSON.stringify({ input: table.name, read_as: table.told, rows: table.rows.length, ragged_rows: ragged,
    distinct_mentions: asked.length, decided, columns, options }, null, 2)}\n`;
}

export function begin() {
  const drop = byId("drop");
  byId("file").addEventListener("change", (event) => { if (event.target.files[0]) open(event.target.files[0]); });
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
  });
  byId("column").addEventListener("change", sample);
  byId("columns").addEventListener("submit", start);
  byId("stop").addEventListener("click", () => stopping.abort());
  byId("save-result").addEventListener("click", () =>
    save(`${base()}-result.csv`, csv(batches.resultRows(table, asked, columnName()), table.dialect)));
  byId("save-review").addEventListener("click", () =>
    save(`${base()}-review.csv`, csv(batches.reviewRows(asked, columnName()))));
  byId("save-report").addEventListener("click", () => save(`${base()}-report.json`, report(), "application/json"));
}
