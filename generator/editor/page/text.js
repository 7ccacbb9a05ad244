// A text as its author wrote it, and as the form shows it. What nobody changed stays as it was written, comments too.

/** The name of a new text's file, among the fields until it is written. */
export const FILE_NAME = "#file_name";

const ORIGINAL = "#original";
const OWN = "#own";
const HELPERS = new Set([FILE_NAME, ORIGINAL, OWN]);

const PARTS = /^---[ \t]*\n([\s\S]*?\n|)---[ \t]*(?:\n|$)([\s\S]*)$/;
const KEY = /^(["']?)([A-Za-z_][\w-]*)\1[ \t]*:(?=\s|$)/;
const YES_NO = { ja: "ja", yes: "ja", true: "ja", nein: "nein", no: "nein", false: "nein" };

/**
 * Return the two functions by which Decap CMS reads and writes the files of a collection.
 *
 * All values are texts, as in the generator's reader. Besides the fields, what is read holds the whole text, so that
 * it can be written again as it was, and whether it is of the type that its folder is for.
 *
 * @param yaml js-yaml.
 * @param fields the fields of the form, as the configuration has them.
 * @param day the field that each text of the type has, and the introduction to its folder has not, if there is one.
 * @param plain whether the file consists of fields only.
 */
export function formatOf(yaml, { fields, day, plain }) {
  const texts = new yaml.Schema([...yaml.FAILSAFE_SCHEMA.tags, yaml.nullYaml11Tag]);
  const known = fields.filter(({ name }) => plain || name !== "body");
  const read = (front) => shown(yaml.loadAll(front, { schema: texts })[0] ?? {}, known);
  // Texts that others would read as numbers, as telephone numbers are, are put in quotation marks.
  const write = (key, value) => yaml.dump({ [key]: value }, { schema: yaml.CORE_SCHEMA, lineWidth: -1 });

  function split(text) {
    const whole = text.replaceAll("\r\n", "\n");
    const [, front, body] = plain ? [whole, whole, ""] : PARTS.exec(whole) ?? [whole, "", whole];
    return { front, body };
  }

  function fromFile(text) {
    const { front, body } = split(text);
    const values = read(front);
    return { ...values, ...(plain ? {} : { body }), [ORIGINAL]: text, [OWN]: day === undefined || day in values };
  }

  function toFile({ body = "", ...data }) {
    const { front } = split(data[ORIGINAL] ?? "");
    const before = written(read(front), known);
    const now = written(Object.fromEntries(Object.entries(data).filter(([key]) => !HELPERS.has(key))), known);
    const kept = merged(blocksOf(front), before, now, write);
    // Where a line cannot be changed by itself, what the form has is worth more than how the text was written.
    const lines = isRead(kept, now) ? kept : merged([], {}, now, write);
    return plain ? lines : `---\n${lines}---\n${body.replace(/\n?$/, "\n")}`;
  }

  function isRead(front, values) {
    try {
      return same(written(read(front), known), values);
    } catch {
      return false;
    }
  }

  return { fromFile, toFile };
}

/** Return the lines of the fields: as they were where they mean the same, else anew. */
function merged(blocks, before, now, write) {
  const lines = [];
  let end = 0;
  for (const { key, text } of blocks) {
    if (key === undefined || same(before[key], now[key])) lines.push(text);
    else if (key in now) lines.push(write(key, now[key]));
    if (key !== undefined) end = lines.length;
  }
  const added = Object.keys(now).filter((key) => !blocks.some((block) => block.key === key));
  lines.splice(end, 0, ...added.map((key) => write(key, now[key])));
  return lines.join("");
}

/**
 * Return the blocks of lines of which front matter consists: each field, and what stands between fields. Empty lines
 * and comments are between fields only if a field follows, or nothing.
 */
function blocksOf(front) {
  const blocks = [];
  for (const line of front.split(/(?<=\n)/).filter(Boolean)) {
    const key = KEY.exec(line)?.[2];
    const isBetween = key === undefined && /^(?:#|\s*$)/.test(line);
    const last = blocks.at(-1);
    if (key !== undefined || !last || (isBetween && last.key !== undefined)) blocks.push({ key, text: line });
    else if (isBetween || last.key !== undefined || blocks.length === 1) last.text += line;
    else blocks.at(-2).text += blocks.pop().text + line;
  }
  return blocks;
}

/** Return values as the form shows them: what may be written in a short form is a record, one record a list. */
function shown(values, fields) {
  return each(values, fields, (value, field) => {
    if (isYesNo(field)) return YES_NO[String(value).toLowerCase()] ?? value;
    if (!field.fields) return value;
    const records = [value].flat().map((item) =>
      shown(typeof item === "string" && field.short ? { [field.short]: item } : item, field.fields));
    return Array.isArray(value) || field.single ? records : records[0];
  });
}

/** Return values as they are written. */
function written(values, fields) {
  return each(values, fields, (value, field) => {
    if (field.value_type === "int" && /^\d+$/.test(value)) return Number(value);
    // Empty lines at the end of a text mean nothing, and nobody could tell them from those before the next field.
    if (typeof value === "string") return value.replace(/\n+$/, "\n");
    if (!field.fields) return value;
    const records = [value].flat().map((item) => written(item, field.fields));
    return Array.isArray(value) && !field.single ? records : records[0];
  });
}

/** Return a record changed field by field, in the order of the form, without what is empty. */
function each(values, fields, change) {
  if (values === null || typeof values !== "object") return values;
  const known = new Map(fields.map((field) => [field.name, field]));
  const names = new Set([...known.keys(), ...Object.keys(values)]);
  const pairs = [...names].filter((name) => !isEmpty(values[name])).map((name) => {
    const value = Array.isArray(values[name]) ? values[name].filter((item) => !isEmpty(item)) : values[name];
    return [name, known.has(name) ? change(value, known.get(name)) : value];
  });
  return Object.fromEntries(pairs.filter(([, value]) => !isEmpty(value)));
}

function isYesNo({ options }) {
  return options?.length === 2 && options.every((option) => option.value in YES_NO);
}

function isEmpty(value) {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

function same(one, other) {
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
}

function inOrder(_key, value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
