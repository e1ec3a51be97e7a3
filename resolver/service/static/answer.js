// The answer to one mention, as a card.

import { day, language, linked, make, word } from "./dom.js";

const PLACES = new Set(["country", "province", "district", "commune"]);
const MOST = 12;

const percent = (score) => `${(100 * score).toFixed(score > 0.99 && score < 1 ? 1 : 0)} %`;
const span = (from, until) => `${day(from) || "…"} – ${day(until) || word("until_now")}`;
const whenHeld = (tenure) =>
  (tenure.valid_from || tenure.valid_to
    ? `${day(tenure.valid_from) || "…"} – ${day(tenure.valid_to) || word("until_open")}`
    : `${word("seen")} ${tenure.attested.join(", ")}`) + (tenure.acting ? ` (${word("acting")})` : "");

function fact(key, ...value) {
  const told = value.flat().filter((one) => one !== "" && one !== null);
  return told.length ? [make("dt", {}, word(key)), make("dd", {}, ...told)] : [];
}

function list(key, items) {
  return items.length ? [make("h3", {}, word(key)), make("ul", {}, items.map((one) => make("li", {}, one)))] : [];
}

function evidence(found) {
  return make("ul", { class: "evidence", lang: "en" }, found.map((one) => {
    const weight = `${one.weight < 0 ? "−" : "+"}${Math.abs(one.weight).toFixed(1)}`;
    return make("li", {}, make("b", { class: one.weight < 0 ? "against" : "for" }, weight), make("span", {}, one.text));
  }));
}

function told(entity, match) {
  const type = word(`type_${entity.type}`);
  return make("dl", { class: "facts" },
    fact("type", entity.local_type ? `${type} (${entity.local_type}), ${entity.country}` : `${type}, ${entity.country}`),
    fact("code", entity.code),
    entity.valid_from || entity.valid_to ? fact("in_force", span(entity.valid_from, entity.valid_to)) : [],
    fact("id", make("code", {}, entity.id)),
    fact("remainder", match.remainder));
}

function now(match) {
  if (!match.entity || !PLACES.has(match.entity.type)) return [];
  if (!match.current_known) return make("p", {}, word("today_unknown"));
  const itself = match.current.length === 1 && match.current[0].id === match.entity.id;
  const same = itself && match.current[0].path === match.entity.path;
  return same ? [] : list("today", match.current.map((one) => [linked(one), one.code ? ` (${one.code})` : ""]));
}

function change(one) {
  const kind = word(`kind_${one.kind}`) + (one.extent === "part" ? ` (${word("part")})` : "");
  return [day(one.date), kind, one.instrument].filter(Boolean).join(", ");
}

function candidates(match) {
  const others = match.candidates.filter((one) => !match.entity || one.entity.id !== match.entity.id).slice(0, MOST);
  if (!others.length) return [];
  const items = others.map((one) =>
    make("li", {}, linked(one.entity), `, ${span(one.entity.valid_from, one.entity.valid_to)}, ${percent(one.score)}`,
      make("details", {}, make("summary", {}, word("evidence")), evidence(one.evidence))));
  const body = [make("ol", {}, items)];
  return match.status === "matched"
    ? make("details", {}, make("summary", {}, `${word("candidates")} (${others.length})`), body)
    : [make("h3", {}, word("candidates")), body];
}

function picture(entity) {
  if (!PLACES.has(entity.type) || entity.type === "country") return "";
  const address = `lineage/${encodeURIComponent(entity.id)}?language=${language}`;
  return make("div", { class: "wide picture", tabindex: "0", role: "region", "aria-label": word("lineage") },
    make("img", { src: address, alt: word("lineage"), width: "800", loading: "lazy" }));
}

export function card(match, withPicture = true) {
  const entity = match.entity;
  const certain = match.status === "blank" ? "" : ` · ${percent(match.score)}`;
  const dating = match.dating ? ` · ${word(`dating_${match.dating}`)}` : "";
  return make("div", { class: `card ${match.status}` },
    make("p", { class: "status" }, word(`status_${match.status}`) + certain + dating),
    entity ? make("h2", {}, linked(entity)) : "",
    match.note ? make("p", { class: "note", lang: "en" }, match.note) : "",
    entity ? told(entity, match) : "",
    now(match),
    list("changes", match.changes.map(change)),
    list("holders", match.holders.map((one) => [linked({ id: one.person_id, name: one.person }), `, ${whenHeld(one)}`])),
    list("held", match.held.map((one) => [linked({ id: one.office_id, name: one.office }), `, ${whenHeld(one)}`])),
    match.common ? list("within", [[linked(match.common)]]) : [],
    entity && match.evidence.length
      ? make("details", { open: withPicture }, make("summary", {}, word("evidence")), evidence(match.evidence)) : "",
    candidates(match),
    entity && withPicture ? picture(entity) : "");
}
