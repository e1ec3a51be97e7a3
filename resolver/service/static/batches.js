// A table's mentions, each distinct one asked once, in batches; nothing of it depends on the page.

const BATCH = 200;

export const OPEN = new Set(["ambiguous", "unmatched"]);
const DATE = /^\s*(\d{4}(-\d{1,2}){0,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})([ T]\d.*)?\s*$/;
const SAMPLE = 40;
const MOST_COLUMNS = 30;

export class Asked {
  // A distinct mention with what stands beside it, the rows it stands in, and its answer.
  constructor(text, date, within) {
    Object.assign(this, { text, date, within, rows: [], answer: null, decision: null, before: null });
  }

  get open() {
    return this.decision === null && this.before === null && OPEN.has(this.answer?.cells.status);
  }
}

export function distinct(table, { column, date, within }) {
  const known = new Map();
  table.rows.forEach((row, number) => {
    if (row.length !== table.columns.length) return;
    const beside = within.map((place) => row[place]).filter((text) => text.trim());
    const key = JSON.stringify([row[column], date < 0 ? "" : row[date], ...beside]);
    if (!known.has(key)) known.set(key, new Asked(row[column], date < 0 ? "" : row[date], beside));
    known.get(key).rows.push(number);
  });
  return [...known.values()];
}

export const question = ({ text, date, within, decision }) => ({ text, date, within, decision });

export async function answerAll(asked, options, normalize, told, signal) {
  for (let start = 0; start < asked.length; start += BATCH) {
    const some = asked.slice(start, start + BATCH);
    const found = await normalize({ mentions: some.map(question), ...options }, signal);
    some.forEach((one, at) => { one.answer = found[at]; });
    told(Math.min(start + BATCH, asked.length), asked.length);
  }
}

function sampled(table, column) {
  const texts = new Set();
  for (const row of table.rows) {
    const text = (row[column] ?? "").trim();
    if (text) texts.add(text);
    if (texts.size >= SAMPLE) break;
  }
  return [...texts];
}

export function dateColumn(table) {
  const share = table.columns.map((_, column) => {
    const texts = sampled(table, column);
    const full = texts.filter((text) => DATE.test(text) && !/^\d{4}$/.test(text)).length;
    return texts.length && full / texts.length;
  });
  const best = Math.max(0, ...share);
  return best >= 0.8 ? share.indexOf(best) : -1;
}

export async function mentionColumn(table, normalize) {
  // The column whose texts mean most: a sample of each is asked.
  const samples = table.columns.slice(0, MOST_COLUMNS).map((_, column) => sampled(table, column));
  const questions = samples.flatMap((texts) => texts.map((text) => ({ text: text.slice(0, 2000) })));
  const found = questions.length ? await normalize({ mentions: questions }) : [];
  let next = 0;
  const worth = samples.map((texts, column) => {
    const answers = found.slice(next, next + texts.length);
    next += texts.length;
    // Numbers may be those of wards, but a column of them is more often one of something else.
    const known = answers.filter((_, at) => /\p{L}/u.test(texts[at]));
    const points = { matched: 1, ambiguous: 0.6 };
    const sum = known.reduce((total, { cells }) => total + (points[cells.status] ?? 0), 0);
    const filled = table.rows.filter((row) => (row[column] ?? "").trim()).length / table.rows.length;
    // Of columns that all name places, the one with most names has the places, the others what these lie in.
    return texts.length ? (sum / texts.length) * filled * Math.log2(1 + texts.length) : 0;
  });
  return Math.max(0, worth.indexOf(Math.max(...worth)));
}

export function resultRows(table, asked, name) {
  const cells = new Array(table.rows.length).fill(null);
  let first = null;
  for (const one of asked) {
    if (!one.answer) continue;
    first ??= one.answer.cells;
    for (const row of one.rows) cells[row] = Object.values(one.answer.cells);
  }
  const header = Object.keys(first ?? {}).map((one) => `${name}_${one}`);
  const blank = header.map(() => "");
  return [[...table.columns, ...header], ...table.rows.map((row, at) => [...row, ...(cells[at] ?? blank)])];
}

const choiceText = (choices) =>
  choices.map((one, at) => `${at + 1}. ${one.id} (${one.path}; ${one.score.toFixed(2)})`).join(" | ");

export function reviewRows(asked, name) {
  const rows = [["column", "mention", "date", "within", "count", "status", "candidates", "reason", "decision"]];
  const open = asked.filter((one) => one.open || one.decision !== null);
  for (const one of open.sort((a, b) => b.rows.length - a.rows.length)) {
    const { cells, choices } = one.before ?? one.answer;
    const within = one.within.flatMap((text) => text.split("|")).map((text) => text.trim().split(/\s+/).join(" "));
    rows.push([name, one.text.trim(), one.date, within.join(" | "), String(one.rows.length), cells.status,
      choiceText(choices), cells.note, one.decision ?? ""]);
  }
  return rows;
}

export function counts(asked) {
  const found = {};
  for (const one of asked) {
    const status = one.answer?.cells.status;
    if (status) found[status] = (found[status] ?? 0) + one.rows.length;
  }
  return found;
}
