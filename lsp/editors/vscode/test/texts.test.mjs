// Every text of the extension is there in Danish and in English.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { keywords } from '../scripts/keywords.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const read = (file) => fs.readFileSync(path.join(here, file), 'utf8');
const json = (file) => JSON.parse(read(file));

test("the manifest's texts", () => {
  const used = [...new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key))].sort();
  const [en, da] = [json('package.nls.json'), json('package.nls.da.json')];
  assert.deepEqual(Object.keys(en).sort(), used);
  assert.deepEqual(Object.keys(da).sort(), used);
  for (const key of used.filter((it) => it.endsWith('.media'))) {
    for (const file of [en[key], da[key]]) assert.ok(fs.existsSync(path.join(here, file)), file);
  }
});

test("the program's texts", () => {
  const sources = fs.readdirSync(path.join(here, 'src')).map((file) => read(`src/${file}`)).join('\n');
  const quoted = /\bt\(\s*'((?:[^'\\]|\\.)+)'/g;
  const used = [...new Set([...sources.matchAll(quoted)].map(([, text]) => text.replace(/\\'/g, "'")))].sort();
  const da = json('l10n/bundle.l10n.da.json');
  assert.deepEqual(Object.keys(da).sort(), used);
  for (const [en, text] of Object.entries(da)) {
    const holes = (it) => [...it.matchAll(/\{\d\}/g)].map(String).sort();
    assert.deepEqual(holes(text), holes(en), en);
  }
});

test('every command of the manifest is carried out, and no other', () => {
  const declared = json('package.json').contributes.commands.map((it) => it.command).sort();
  const carriedOut = [...read('src/extension.ts').matchAll(/^ {4}'(hjemmel\.\w+)':/gm)].map(([, name]) => name).sort();
  assert.deepEqual(carriedOut, declared);
});

test('Enter after any declaration indents', () => {
  const rules = json('language-configuration.json').onEnterRules.map((it) => ({ before: new RegExp(it.beforeText.pattern), append: it.action.appendText }));
  const after = (line) => rules.find((it) => it.before.test(line))?.append;
  for (const { da, en } of keywords().filter((it) => it.group === 'Declaration')) {
    for (const form of [da, en]) assert.equal(after(`${form} x "y"`), '  ', form);
  }
  assert.equal(after('> Hvad loven siger'), '> ');
  assert.equal(after('  når alle af:'), '  - ');
  assert.equal(after('    - mindst én af:'), '  - ');
  assert.equal(after('    - ydelse'), '- ');
  assert.equal(after('  givet'), '  ');
  assert.equal(after('  frist 6 måneder'), undefined);
});

test('a word is a name, a number or a §', () => {
  const { pattern, flags } = json('language-configuration.json').wordPattern;
  const words = (text) => [...text.matchAll(new RegExp(pattern, `${flags}g`))].map(String);
  assert.deepEqual(words('når ydelse.art er målgruppe_ung'), ['når', 'ydelse', 'art', 'er', 'målgruppe_ung']);
  assert.deepEqual(words('LAB §§ 92-96 c, 1,5'), ['LAB', '§§', '92', '96', 'c', '1,5']);
});

test('nothing is fetched: the extension names no address', () => {
  for (const file of ['src', 'media'].flatMap((folder) => fs.readdirSync(path.join(here, folder)).map((name) => `${folder}/${name}`))) {
    if (file.endsWith('.png')) continue;
    const addresses = [...read(file).matchAll(/https?:\/\/[^\s"'>]+/g)].map(String).filter((it) => it !== 'http://www.w3.org/2000/svg');
    assert.deepEqual(addresses, [], file);
  }
});
