// The page at /: three tabs.

import * as article from "./article.js";
import * as lookup from "./lookup.js";
import * as table from "./table.js";

const tabs = [...document.querySelectorAll("[role=tab]")];

function choose(tab, focus = false) {
  for (const one of tabs) {
    const selected = one === tab;
    one.setAttribute("aria-selected", String(selected));
    one.tabIndex = selected ? 0 : -1;
    document.getElementById(one.getAttribute("aria-controls")).hidden = !selected;
  }
  if (focus) tab.focus();
}

for (const tab of tabs) {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const last = tabs.length - 1;
    const at = tabs.indexOf(tab);
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last };
    if (event.key in next) { event.preventDefault(); choose(tabs[next[event.key]], true); }
  });
}

lookup.start();
table.begin();
article.start();
