// The snippets of a language, with what stands in their holes, are together a rule set without a mistake.
// The program is HJEMMEL, or the one built in target/; without one the test fails.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { keywords } from '../scripts/keywords.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const built = ['release', 'debug'].map((profile) => path.join(here, '../../../target', profile, 'hjemmel'));
const program = process.env.HJEMMEL ?? built.find((file) => fs.existsSync(file));

const read = (language) => JSON.parse(fs.readFileSync(path.join(here, `snippets/${language}.json`), 'utf8'));
/** What stands in a file when the snippet has been taken as it is. */
const expand = (body) => body.join('\n').replace(/\$\{\d+\|([^,|]+)[^}]*\|\}/g, '$1').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d/g, '');

for (const language of ['da', 'en']) {
  test(`every declaration has a snippet in ${language}`, () => {
    const bodies = Object.values(read(language)).map((it) => expand(it.body));
    for (const keyword of keywords().filter((it) => it.group === 'Declaration')) {
      assert.ok(bodies.some((body) => new RegExp(`^${keyword[language]} `, 'm').test(body)), keyword[language]);
    }
  });

  test(`the snippets in ${language} are rules without a mistake, in their fixed form`, () => {
    assert.ok(program, 'no program: build it, or set HJEMMEL');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hjemmel-snippets-'));
    try {
      const text = `${Object.values(read(language)).map((it) => expand(it.body)).join('\n\n')}\n`;
      fs.writeFileSync(path.join(folder, 'alle.regel'), text);
      for (const args of [['check', folder], ['test', folder], ['fmt', '--check', folder]]) {
        const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
        assert.equal(status, 0, `${args[0]}: ${stdout}${stderr}`);
      }
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
}
