/* The page of the search: everything is in its address, so it can be shared, and the way back works by itself. */

import { openIndex } from "./search-index.js";
import { element, showResults } from "./search-results.js";

const place = document.querySelector("#s-results");
const status = document.querySelector("#s-status");
const form = document.querySelector("#s-find");
const { words, index: settings } = JSON.parse(place.dataset.search);
const query = (new URLSearchParams(location.search).get("q") ?? "").trim();

const PASSES = {
  kind: (found, value) => found.kind === value,
  topic: (found, value) => found.topics.includes(value),
  municipality: (found, value) => found.municipalities.includes(value),
  year: (found, value) => found.day.startsWith(value),
};

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const say = (...texts) => status.replaceChildren(...texts.map((text) => element("p", {}, text)));

/** Put what the address says into the form, and return the filters that are set there: [name, value]. */
function fillIn() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field?.options && ![...field.options].some((option) => option.value === value)) continue;
    if (field) field.value = value;
  }
  const filters = [...form.querySelectorAll("select")].filter(({ value }) => value).map(({ name, value }) => [name, value]);
  form.querySelector("details").open = filters.length > 0;
  if (query) document.title = `${filled(words.title, { query })} – ${document.title}`;
  return filters;
}

/** Return how many there are for what, and how the query was understood. */
function summary(count, { terms, whole }) {
  const asked = terms.map(({ typed, instead }) => instead?.slice(0, 3).join(" / ") ?? typed).join(" ");
  const guessed = terms.some(({ instead }) => instead);
  return [
    filled(count === 1 ? words.one : words.many, { count, query: guessed ? asked : query }),
    ...(guessed ? [filled(words.instead, { query })] : []),
    ...(whole ? [] : [words.partly]),
  ];
}

/** Say that nothing was found, and what to try; first of all to do without the filters. */
function showNothing(unfiltered) {
  say(filled(words.none, { query }));
  const all = filled(unfiltered === 1 ? words.without_filters_one : words.without_filters, { count: unfiltered });
  const tips = [words.tip_spelling, words.tip_fewer, words.tip_other].map((tip) => element("li", {}, tip));
  const without = element("li", {}, element("a", { href: `?${new URLSearchParams({ q: query })}` }, all));
  place.prepend(element("p", {}, words.tips), element("ul", {}, ...(unfiltered ? [without] : []), ...tips));
}

async function search(filters) {
  say(words.searching);
  const found = await (await openIndex(settings)).find(query);
  const documents = found.documents.filter((one) => filters.every(([name, value]) => PASSES[name](one, value)));
  if (!documents.length) {
    showNothing(found.documents.length);
    return;
  }
  const keys = [...new Set(found.terms.flatMap((term) => term.keys))];
  const shown = { root: settings.root, keys, endings: settings.endings, words };
  place.replaceChildren(...await showResults(documents, shown, () => say(words.failed)));
  say(...summary(documents.length, found));
}

async function start() {
  const filters = fillIn();
  document.querySelector("#s-no-script").remove();
  if (!query) {
    say(words.empty);
    place.dataset.ready = "";
    return;
  }
  place.setAttribute("aria-busy", "true");
  try {
    await search(filters);
  } catch (error) {
    console.error(error);
    say(words.failed);
    place.prepend(element("p", {}, element("a", { href: location.search }, words.again)));
  }
  place.removeAttribute("aria-busy");
  place.dataset.ready = "";
}

start();
