/* Words as the search compares them. generator/search/folding.py folds the words of the index in the same way. */

const WORD = /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu;
const TOKEN = /[\p{L}\p{N}]+/gu;

/** Return a word without capitals and accents, and however its umlauts were typed. */
export function fold(word) {
  return word.toLowerCase().replace(/ß/g, "ss")
    .replace(/([aeouq]?)([aou])e/g, (all, before, vowel) => (before ? all : vowel))
    .normalize("NFKD").replace(/\p{M}/gu, "");
}

/** Return the words of a query; words with hyphens stay together. */
export const wordsOf = (text) => text.normalize("NFC").match(WORD) ?? [];

/** Return what a folded word may be an inflected form of, by a table of patterns. */
export const formsOf = (folded, table) => table.flatMap(([pattern, by]) => {
  const form = folded.replace(new RegExp(pattern), by);
  return form === folded ? [] : [form];
});

/** Return how many letters must be added, left out, replaced or swapped to make one word the other; at most `most` + 1. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
}

/** Return how many letters two words share at their beginnings and ends. */
export function shared(one, other) {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  return start + end;
}

/** Return a function that cuts a text at the words found: [text, whether it was found] again and again. */
export function marker(keys, endings) {
  const stems = keys.map((key) => (key.length > 5 ? key.replace(/e?n$|e$/, "") : key));
  const known = new Map();
  const isFound = (token) => {
    const folded = fold(token);
    if (!known.has(folded)) {
      const forms = [folded, ...endings.flatMap((table) => formsOf(folded, table))];
      known.set(folded, keys.some((key, index) => forms.includes(key)
        || (key.length > 3 ? folded.includes(stems[index]) : folded.length > 5 && folded.startsWith(key))));
    }
    return known.get(folded);
  };
  return (text) => {
    const pieces = [];
    let end = 0;
    for (const match of text.matchAll(TOKEN)) {
      if (!isFound(match[0])) continue;
      if (match.index > end) pieces.push([text.slice(end, match.index), false]);
      end = match.index + match[0].length;
      pieces.push([match[0], true]);
    }
    if (end < text.length) pieces.push([text.slice(end), false]);
    return pieces;
  };
}
