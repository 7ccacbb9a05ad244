/* What a query finds. Pagefind knows in which documents a word stands, and where; what words a query may mean, and how
   much each tells of a document, is decided here. */

import { distance, fold, formsOf, shared, wordsOf } from "./search-words.js";

const LINKS = ["", "s", "es", "n", "en", "er", "e"];
const LEAST = 3;
const MOST_WORDS = 12;

/** Return what a JSON file holds. */
export async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}

/** Pagefind tells of pieces that did not arrive in the console only, so its requests are watched. */
function watchRequests() {
  const original = window.fetch;
  const watch = { failed: false };
  window.fetch = async (...request) => {
    try {
      const response = await original(...request);
      watch.failed ||= !response.ok;
      return response;
    } catch (error) {
      watch.failed = true;
      throw error;
    }
  };
  return watch;
}

/** Begin to load what Pagefind will ask for after its own start. */
function beginToLoad(url) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: url });
  document.head.append(link);
}

/** Open the index.
 *
 * settings: `parts` (addresses), `grades` ([first place, weight]), `endings` (tables of patterns), `stopwords`.
 */
export async function openIndex(settings) {
  const watch = watchRequests();
  const parts = settings.parts.map((part) => new URL(part, location.href).href);
  const tables = Promise.all(parts.map((part) => load(`${part}documents.json`)));
  const [first, ...others] = parts.map((part) => `${new URL(part).pathname}pagefind/`);
  beginToLoad(`${first}wasm.unknown.pagefind`);
  const { createInstance } = await import(`${first}pagefind.js`);
  // Its worker would be a script by another way, which Trusted Types refuse.
  const pagefind = createInstance({ basePath: first, noWorker: true });
  await Promise.all(others.map((other) => pagefind.mergeIndex(other)));
  const documents = new Map();
  const letters = (await tables).map((table, part) => {
    table.names.forEach((name, number) => documents.set(name, {
      name,
      kind: table.kind[number],
      topics: table.topics[number],
      municipalities: table.municipalities[number],
      day: table.day[number],
      address: `${parts[part]}${number}.json`,
    }));
    return [parts[part], table.letters];
  });
  return new Index(settings, letters, pagefind, documents, watch);
}

class Index {
  constructor(settings, letters, pagefind, documents, watch) {
    Object.assign(this, { settings, letters, pagefind, documents, watch });
    this.grades = [...settings.grades].reverse();
    this.stopwords = new Set(settings.stopwords.split(" "));
    this.known = new Map();
    this.vocabulary = new Map();
  }

  /** Return the documents that a query finds, the best first, and how its words were understood. */
  async find(query) {
    const typed = wordsOf(query).slice(0, MOST_WORDS);
    const telling = typed.filter((word) => !this.stopwords.has(fold(word)));
    const terms = await Promise.all((telling.length ? telling : typed).map((word) => this.understand(word)));
    if (this.watch.failed) throw new Error("A part of the index did not arrive.");
    const { names, whole } = this.combine(terms);
    const score = new Map(names.map((name) => [name, this.score(name, terms)]));
    const documents = names.map((name) => this.documents.get(name)).sort(
      (one, other) => score.get(other.name) - score.get(one.name) || other.day.localeCompare(one.day),
    );
    return { documents, terms, whole };
  }

  /** Return the names of the documents that have all words, else of those that have the most. */
  combine(terms) {
    const counts = new Map();
    for (const { hits } of terms) for (const name of hits.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    return { names: [...counts.keys()].filter((name) => counts.get(name) === most), whole: most === terms.length };
  }

  score(name, terms) {
    return terms.reduce(
      (sum, { hits }) => sum + (hits.get(name) ?? 0) * Math.log(1 + this.documents.size / (hits.size || 1)), 0,
    );
  }

  /** Return where a word of a query stands: { typed, keys, hits (name → weight), instead (what was looked for) }. */
  async understand(typed) {
    const parts = typed.split(/[-\u2010\u2011]/).map(fold);
    const folded = parts.join("");
    const own = await this.inflected(folded);
    const apart = parts.length > 1 ? await this.all(parts) : none();
    const found = merged([own, apart]);
    if (found.hits.size) return { typed, ...found };
    return { typed, ...await this.instead(folded) };
  }

  /** Return where a folded word or one of its forms stands: the usual forms, then those less sure. */
  async inflected(folded) {
    const [always, ...others] = this.settings.endings;
    const usual = await this.any([folded, ...formsOf(folded, always)]);
    if (usual.hits.size) return usual;
    for (const table of others) {
      const found = await this.any(formsOf(folded, table));
      if (found.hits.size) return found;
    }
    return none();
  }

  /** Return where something stands that may be meant by a word that stands nowhere. */
  async instead(folded) {
    const words = folded.length > LEAST ? await this.wordsWith(folded[0]) : [];
    const longer = words.filter((word) => fold(word).startsWith(folded));
    if (longer.length && folded.length > LEAST) return this.spelled(longer.slice(0, MOST_WORDS));
    const compound = await this.compound(folded, new Set(words.map(fold)));
    if (compound.hits.size) return compound;
    return this.spelled(this.similar(folded, words));
  }

  async spelled(words) {
    const found = await this.any(words.map(fold));
    return words.length ? { ...found, instead: words } : found;
  }

  /** Take a compound apart that no text has, and return where all its parts stand, or else its last one. */
  async compound(folded, words) {
    for (let cut = folded.length - LEAST; cut >= LEAST; cut--) {
      const first = folded.slice(0, cut);
      const stem = LINKS.map((link) => (first.endsWith(link) ? first.slice(0, cut - link.length) : ""))
        .find((part) => part.length >= LEAST && words.has(part));
      if (!stem) continue;
      const last = await this.inflected(folded.slice(cut));
      if (!last.hits.size) continue;
      const both = await this.all([stem, folded.slice(cut)]);
      return both.hits.size ? both : last;
    }
    return none();
  }

  /** Return the words nearest to one that was mistyped. */
  similar(folded, words) {
    let least = folded.length < 5 ? 0 : folded.length < 8 ? 1 : 2;
    let nearest = [];
    for (const word of words) {
      const far = distance(folded, fold(word), least);
      if (far < least) nearest = [];
      if (far <= least && far > 0) nearest.push(word);
      least = Math.min(least, far);
    }
    const alike = nearest.map((word) => shared(folded, fold(word)));
    return nearest.filter((_, number) => alike[number] === Math.max(...alike));
  }

  async any(keys) {
    return merged(await Promise.all([...new Set(keys)].map((key) => this.exact(key))));
  }

  /** Return where all of some folded words stand. */
  async all(keys) {
    const found = await Promise.all(keys.map((key) => this.inflected(key)));
    const [first, ...rest] = found.map(({ hits }) => hits);
    const both = [...first].filter(([name]) => rest.every((hits) => hits.has(name)));
    return {
      hits: new Map(both.map(([name, weight]) => [name, Math.min(weight, ...rest.map((hits) => hits.get(name)))])),
      keys: both.length ? found.flatMap((one) => one.keys) : [],
    };
  }

  /** Return where a word of the index stands. */
  exact(key) {
    if (!this.known.has(key)) this.known.set(key, this.ask(key));
    return this.known.get(key);
  }

  async ask(key) {
    // In quotation marks, Pagefind takes a word as it is.
    const { results } = await this.pagefind.search(`"${key}"`);
    const hits = new Map(results.map(({ id, words }) => [id, this.weight(words[0])]));
    return { hits, keys: hits.size ? [key] : [] };
  }

  weight(place) {
    return this.grades.find(([first]) => place >= first)[1];
  }

  /** Return the words of the index that begin with a letter, as the texts spell them. */
  wordsWith(letter) {
    if (!this.vocabulary.has(letter)) {
      const files = this.letters.flatMap(([part, there]) => (there.includes(letter) ? [`${part}words/${letter}.json`] : []));
      this.vocabulary.set(letter, Promise.all(files.map(load)).then((lists) => [...new Set(lists.flat())]));
    }
    return this.vocabulary.get(letter);
  }
}

const none = () => ({ hits: new Map(), keys: [] });

/** Return where any of several words stands, with the best weight. */
function merged(found) {
  const hits = new Map();
  for (const one of found) {
    for (const [name, weight] of one.hits) hits.set(name, Math.max(weight, hits.get(name) ?? 0));
  }
  return { hits, keys: found.flatMap(({ keys }) => keys) };
}
