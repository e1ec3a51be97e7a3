// Elements and words. Whatever comes from outside becomes a text node, never markup.

const page = document.getElementById("page");
const words = JSON.parse(page.dataset.words);

export const language = page.dataset.language;
export const limits = { body: Number(page.dataset.maxBody), text: Number(page.dataset.maxText) };
export const byId = (id) => document.getElementById(id);

export function word(key, otherwise = key) {
  return Object.hasOwn(words, key) ? words[key] : otherwise;
}

// A day as people read it: one that is not known exactly lies between two days.
export function day(text) {
  return text && text.includes("/") ? text.split("/").reduce((told, one) => told.replace("{}", one), word("between")) : text;
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

export function show(place, ...children) {
  place.replaceChildren(...children.flat().filter((one) => one !== null && one !== undefined && one !== ""));
}

export function problem(error) {
  return make("p", { class: "problem" }, `${word("problem")}: ${error.message}`);
}

export function linked(entity) {
  return make("a", { href: `${encodeURIComponent(entity.id)}?language=${language}` }, entity.path || entity.name);
}
