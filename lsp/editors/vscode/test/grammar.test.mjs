// The first colours: the grammar is the one made from the keyword table, and colours every keyword where it stands.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { TYPES, grammar } from '../scripts/grammar.mjs';
import { kate } from '../scripts/kate.mjs';
import { calendar, keywords } from '../scripts/keywords.mjs';

const require = createRequire(import.meta.url);
const oniguruma = require('vscode-oniguruma');
const { INITIAL, Registry, parseRawGrammar } = require('vscode-textmate');

const file = new URL('../syntaxes/regel.tmLanguage.json', import.meta.url);
const text = fs.readFileSync(file, 'utf8');
await oniguruma.loadWASM(fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
const registry = new Registry({
  onigLib: Promise.resolve({ createOnigScanner: (all) => new oniguruma.OnigScanner(all), createOnigString: (it) => new oniguruma.OnigString(it) }),
  loadGrammar: async () => parseRawGrammar(text, file.pathname),
});
const regel = await registry.loadGrammar('source.regel');

/** The words of one line, each with its innermost scope; neighbours of one scope together. */
function scopes(line) {
  const out = [];
  for (const it of regel.tokenizeLine(line, INITIAL).tokens) {
    const [text, scope] = [line.slice(it.startIndex, it.endIndex), it.scopes.at(-1)];
    if (out.at(-1)?.[1] === scope) out.at(-1)[0] += text;
    else out.push([text, scope]);
  }
  return out;
}

/** The scope of `part` in `line`; all of it must have the same. */
function scopeOf(line, part, from = line.indexOf(part)) {
  const { tokens } = regel.tokenizeLine(line, INITIAL);
  const inside = tokens.filter((it) => it.startIndex < from + part.length && from < it.endIndex);
  const found = new Set(inside.map((it) => it.scopes.at(-1)));
  assert.equal(found.size, 1, `${line}: ${JSON.stringify(scopes(line))}`);
  return [...found][0];
}

test('the grammar is the one made from the keyword table (else: npm run grammar)', () => {
  assert.equal(text, `${JSON.stringify(grammar(), null, 2)}\n`);
});

test('every keyword is coloured in both languages', () => {
  const places = {
    Declaration: (form) => [`${form} x`, 0],
    Clause: (form) => [`  ${form} x`, 2],
    // A word such as `tal` is the type of a field after `er`, and else a name.
    Link: (form) => (TYPES.includes(form) ? [`  x er ${form} y`, 7] : [`  x ${form} y`, 4]),
    Condition: (form) => [`  x ${form} y`, 4],
    Time: (form) => [`  x ${form} y`, 4],
    State: (form) => [`  x er ${form} den`, 7],
  };
  const expected = {
    Declaration: /^keyword\.control\.declaration/,
    Clause: /^keyword\.control\.clause/,
    Link: /^keyword\.control\.link/,
    Condition: /^(keyword\.control\.condition|constant\.language)/,
    Time: /^keyword\.control\.time/,
    State: /^variable\.other\.enummember\.state/,
  };
  for (const { group, da, en } of keywords()) {
    for (const form of [da, en]) {
      const [line, at] = places[group](form);
      assert.match(scopeOf(line, form, at), expected[group], `${group} ${form}`);
    }
  }
});

test('units and months are coloured in both languages', () => {
  for (const unit of calendar().units) assert.equal(scopeOf(`  frist 12 ${unit}`, unit), 'constant.numeric.unit.regel');
  for (const month of calendar().months) {
    for (const date of [`4. ${month} 2017`, `4 ${month} 2017`]) assert.equal(scopeOf(`  x er ja den ${date}`, date), 'constant.numeric.date.regel');
  }
  assert.equal(scopeOf('    x fra 2017-01-04', '2017-01-04'), 'constant.numeric.date.regel');
});

test('a name that contains a keyword is a name', () => {
  for (const name of ['frist_for_tilbud', 'værdier', 'ikke_med', 'dogmer', 'erklæring']) {
    assert.equal(scopeOf(`  når ${name}`, name), 'source.regel', name);
  }
});

test('a line reads as it should', () => {
  assert.deepEqual(scopes('begreb målgruppe "Aktivitetsparat" # og så'), [
    ['begreb', 'keyword.control.declaration.regel'],
    [' ', 'source.regel'],
    ['målgruppe', 'entity.name.function.regel'],
    [' ', 'source.regel'],
    ['"Aktivitetsparat"', 'string.quoted.double.regel'],
    [' ', 'source.regel'],
    ['#', 'punctuation.definition.comment.regel'],
    [' og så', 'comment.line.number-sign.regel'],
  ]);
  assert.deepEqual(scopes('  hjemmel LAB § 2, nr. 3, og BEK 1297/2016 § 2  # x').filter(([it]) => it.trim()), [
    ['hjemmel', 'keyword.control.clause.regel'],
    ['LAB § 2', 'support.type.citation.regel'],
    [', ', 'source.regel'],
    ['nr. 3', 'support.type.citation.regel'],
    [', ', 'source.regel'],
    ['og BEK 1297/2016 § 2', 'support.type.citation.regel'],
    ['#', 'punctuation.definition.comment.regel'],
    [' x', 'comment.line.number-sign.regel'],
  ]);
  assert.equal(scopeOf('  når ydelse.art er ikke en af a, b', 'er ikke en af'), 'keyword.control.condition.regel');
  assert.equal(scopeOf('  når ydelse.art er a', 'art'), 'variable.other.property.regel');
  assert.equal(scopeOf('> Hvad loven siger, når "den" gælder', 'når'), 'comment.block.documentation.regel');
});

test("Kate's colours and Emacs' list are those of the keyword table (Kate's else: npm run grammar)", () => {
  const read = (name) => fs.readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  assert.equal(read('kate/regel.xml'), kate());
  const list = /defconst hjemmel-declarations\s+'\(([^)]*)\)/.exec(read('emacs/hjemmel.el'))[1];
  const declarations = [...new Set(keywords().filter((it) => it.group === 'Declaration').flatMap((it) => [it.da, it.en]))];
  assert.deepEqual([...list.matchAll(/"([^"]+)"/g)].map(([, it]) => it), declarations);
});
