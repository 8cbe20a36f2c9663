// Writes the TextMate grammar (the colours until the server's own arrive) from the keyword table.
//   node scripts/grammar.mjs           writes syntaxes/regel.tmLanguage.json
// The tests compare the file with what this makes.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { calendar, keywords } from './keywords.mjs';

const NAME = '\\p{L}[\\p{L}\\p{M}\\p{N}_]*';
const BEFORE = '(?<![\\p{L}\\p{M}\\p{N}_.])';
const AFTER = '(?![\\p{L}\\p{M}\\p{N}_])';
/** The types of a field: words that are common names elsewhere. */
export const TYPES = ['tal', 'dato', 'fødselsdato', 'tekst', 'number', 'date', 'birth_date', 'text'];
const YES_NO = ['ja', 'nej', 'yes', 'no'];

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\t]+');
/** Longer forms first, so that none is cut short by one that it begins with. */
const any = (forms) => [...new Set(forms)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).map(escape).join('|');
const words = (forms) => `${BEFORE}(?:${any(forms)})${AFTER}`;

export function grammar() {
  const all = keywords();
  const forms = (group) => all.filter((it) => it.group === group).flatMap((it) => [it.da, it.en]);
  const reserved = all.filter((it) => it.reserved).flatMap((it) => [it.da, it.en]);
  const { months, units } = calendar();
  const declarations = forms('Declaration');

  // Phrases of more words come first: `er ikke en af` before `er ikke` before `er`.
  const phrases = [];
  const scopes = { Clause: 'keyword.control.clause', Link: 'keyword.control.link', Condition: 'keyword.control.condition', Time: 'keyword.control.time', State: 'variable.other.enummember.state' };
  for (let length = 8; length >= 1; length--) {
    for (const [group, scope] of Object.entries(scopes)) {
      let some = forms(group).filter((form) => form.split(' ').length === length);
      if (length === 1) some = some.filter((form) => !TYPES.includes(form) && !YES_NO.includes(form));
      // A clause of one word that may be a name stands first on its line.
      const first = group === 'Clause' && length === 1 ? some.filter((form) => !reserved.includes(form)) : [];
      const anywhere = some.filter((form) => !first.includes(form));
      if (anywhere.length) phrases.push({ name: `${scope}.regel`, match: words(anywhere) });
      // Nor does it begin a phrase: `perioder begyndt før`.
      const longer = all.flatMap((it) => [it.da, it.en]).filter((form) => first.some((word) => form.startsWith(`${word} `)));
      if (first.length) phrases.push({ match: `^[ \\t]+(?!(?:${any(longer)})${AFTER})(${any(first)})${AFTER}`, captures: { 1: { name: `${scope}.regel` } } });
    }
  }

  return {
    comment: 'Made by scripts/grammar.mjs from dsl-grammar/src/keyword.rs',
    name: 'Regel',
    scopeName: 'source.regel',
    fileTypes: ['regel'],
    patterns: [
      { include: '#summary' },
      { include: '#comment' },
      { include: '#header' },
      { include: '#citation' },
      { include: '#text' },
      { include: '#date' },
      { include: '#length' },
      { include: '#path' },
      { include: '#type' },
      { include: '#keyword' },
      { include: '#number' },
      { include: '#mark' },
    ],
    repository: {
      summary: { name: 'comment.block.documentation.regel', match: '^>.*$' },
      comment: { name: 'comment.line.number-sign.regel', begin: '#', end: '$', beginCaptures: { 0: { name: 'punctuation.definition.comment.regel' } } },
      header: {
        match: `^\\x{FEFF}?(${any(declarations)})${AFTER}(?:[ \\t]+(${NAME}))?`,
        captures: { 1: { name: 'keyword.control.declaration.regel' }, 2: { name: 'entity.name.function.regel' } },
      },
      citation: {
        begin: `${BEFORE}(hjemmel|basis)${AFTER}`,
        beginCaptures: { 1: { name: 'keyword.control.clause.regel' } },
        end: '(?=#)|$',
        patterns: [
          { include: '#text' },
          { name: 'keyword.control.link.regel', match: words(['kilde', 'source']) },
          { name: 'support.type.citation.regel', match: '[^\\s"#,](?:[^"#,]*[^\\s"#,])?' },
        ],
      },
      text: { name: 'string.quoted.double.regel', begin: '"', end: '"|$' },
      date: {
        name: 'constant.numeric.date.regel',
        match: `${BEFORE}(?:\\d+-\\d+-\\d+|\\d+\\.?[ \\t]*(?i:${any(months)})[ \\t]+\\d+)${AFTER}`,
      },
      length: {
        match: `${BEFORE}(\\d+)[ \\t]+(${any(units)})${AFTER}`,
        captures: { 1: { name: 'constant.numeric.regel' }, 2: { name: 'constant.numeric.unit.regel' } },
      },
      path: { match: `${BEFORE}(${NAME})\\.(${NAME})`, captures: { 1: { name: 'entity.name.type.regel' }, 2: { name: 'variable.other.property.regel' } } },
      type: { name: 'keyword.control.link.regel', match: `(?<=[ \\t]er[ \\t]|[ \\t]is[ \\t])(?:${any(TYPES)})${AFTER}` },
      keyword: { patterns: [...phrases, { name: 'constant.language.regel', match: words(YES_NO) }] },
      number: { name: 'constant.numeric.regel', match: `${BEFORE}\\d+(?:[.,]\\d+)?${AFTER}` },
      mark: { name: 'punctuation.definition.list.begin.regel', match: '^[ \\t]*-(?=[ \\t])' },
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  fs.writeFileSync(new URL('../syntaxes/regel.tmLanguage.json', import.meta.url), `${JSON.stringify(grammar(), null, 2)}\n`);
}
