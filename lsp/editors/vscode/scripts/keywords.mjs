// Reads the one keyword table of the language, `dsl-grammar/src/keyword.rs`.
import fs from 'node:fs';

const source = new URL('../../../../dsl-grammar/src/keyword.rs', import.meta.url);

/** Every keyword: `{ group, da, en, reserved }`, in the order of the table. */
export function keywords() {
  const text = fs.readFileSync(source, 'utf8');
  const table = text.slice(text.indexOf('pub const ALL'), text.indexOf('pub const MONTHS'));
  const entry = /\b(word|reserved)\(\s*(\w+),\s*"([^"]+)",\s*"([^"]+)",?\s*\)/g;
  const all = [...table.matchAll(entry)].map(([, kind, group, da, en]) => ({ group, da, en, reserved: kind === 'reserved' }));
  const calls = table.match(/\b(word|reserved)\(/g)?.length;
  if (all.length < 100 || all.length !== calls) throw new Error(`read ${all.length} of ${calls} keywords`);
  return all;
}

/** The words of units of time, and the months, in both languages. */
export function calendar() {
  const text = fs.readFileSync(source, 'utf8');
  const part = (from, to) => text.slice(text.indexOf(from), text.indexOf(to));
  const months = [...part('pub const MONTHS', '/// The words of a unit').matchAll(/\("([^"]+)", "([^"]+)"\)/g)].flatMap(([, da, en]) => [da, en]);
  const units = [...part('pub const UNITS', '/// The word for').matchAll(/(?:da|en): \("([^"]+)", "([^"]+)"\)/g)].flatMap(([, one, several]) => [one, several]);
  if (months.length !== 24 || units.length !== 16) throw new Error(`read ${months.length} months, ${units.length} units`);
  return { months: [...new Set(months)], units: [...new Set(units)] };
}
