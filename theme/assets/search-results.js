/* What the page of the search shows. Everything is made of nodes: no text is ever taken for markup. */

import { load } from "./search-index.js";
import { marker } from "./search-words.js";

const AT_ONCE = 10;
const EXCERPT = 220;
const BEFORE = 60;

/** Return an element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const marked = (pieces) => pieces.map(([text, found]) => (found ? element("mark", {}, text) : text));

/** Return the piece of a text around the first word found, and how many different ones are in it. */
function excerpt(text, mark) {
  const pieces = mark(text);
  const found = new Set(pieces.filter(([, isFound]) => isFound).map(([word]) => word.toLowerCase()));
  const first = pieces.findIndex(([, isFound]) => isFound);
  const place = pieces.slice(0, first).reduce((sum, [piece]) => sum + piece.length, 0);
  if (text.length <= EXCERPT) return { text, words: found.size };
  const start = place <= BEFORE ? 0 : text.lastIndexOf(" ", place - BEFORE) + 1;
  const end = start + EXCERPT >= text.length ? text.length : text.lastIndexOf(" ", start + EXCERPT);
  return { text: `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`, words: found.size };
}

/** Return what to say of a result: its summary, unless something was found in its text only. */
function said({ title, summary, text }, mark) {
  const isFound = (line) => mark(line).some(([, found]) => found);
  if (summary && (isFound(title) || isFound(summary))) return summary;
  const best = text.map((line) => excerpt(line, mark)).reduce((one, other) => (other.words > one.words ? other : one), { text: "", words: 0 });
  return best.words ? best.text : summary;
}

function card(shown, root, mark) {
  const day = shown.date && element("span", {}, element("time", { datetime: shown.date[0] }, shown.date[1]));
  const title = element("a", { href: root + shown.url }, ...marked(mark(shown.title)));
  const text = said(shown, mark);
  return element("li", { class: "card" }, element("div", { class: "card-text" },
    element("p", { class: "kicker" }, element("span", {}, shown.label), day),
    element("h2", { class: "card-title" }, title),
    text ? element("p", {}, ...marked(mark(text))) : null));
}

/** Return what shows documents, some at once and the rest on request; `failed` is called where that cannot be had. */
export async function showResults(documents, { root, keys, endings, words }, failed) {
  const mark = marker(keys, endings);
  const list = element("ol", { class: "rows results" });
  const more = element("button", { type: "button" }, words.more);
  const moreLine = element("p", {}, more);
  let next = 0;
  const show = async () => {
    const cards = await Promise.all(documents.slice(next, next + AT_ONCE).map(async ({ address }) => {
      return card(await load(address), root, mark);
    }));
    next += AT_ONCE;
    list.append(...cards);
    moreLine.hidden = next >= documents.length;
    return cards[0];
  };
  more.addEventListener("click", () => show().then((first) => first.querySelector("a").focus(), failed));
  await show();
  return [list, moreLine];
}
