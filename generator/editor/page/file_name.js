// The name of a new text's file, as „schaukasten new“ makes it: the day, then the title in ASCII.

const GERMAN = {
  ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "oe", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i",
};

/**
 * Return the name without its end.
 *
 * @param data the fields of the text.
 * @param day the field with the day that begins it, if there is one.
 * @param title the field with its title.
 * @param before what stands before the title.
 * @param longest how many letters of the title may go into it.
 */
export function fileName(data, { day, title, before = "", longest }) {
  const words = [];
  for (const word of slug(`${before}${data[title] ?? ""}`).split("-")) {
    if (words.length && [...words, word].join("-").length > longest) break;
    words.push(word.slice(0, longest));
  }
  const name = words.join("-") || "text";
  return day === undefined ? name : `${String(data[day]).slice(0, 10)}-${name}`;
}

function slug(text) {
  const writtenOut = [...text.normalize("NFC").toLowerCase()].map((letter) => GERMAN[letter] ?? letter).join("");
  const ascii = writtenOut.normalize("NFKD").replace(/[^\0-\x7f]/g, "");
  return ascii.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
