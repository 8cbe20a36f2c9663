// What the README promises a newcomer, in a copy of the repository's own rules. Started by run.sh.
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { WORKSPACE, check, editor, end, go, moveAway, open, openFolder, openHere, overwrite, page, palette, shot, squiggles, step, untilMarked, untilText } from './page.mjs';

const RULES = 'kapitel_17_og_15_tilbud.regel';
const EXAMPLES = 'kapitel_17_og_15_tilbud_eksempler.regel';
const OLD = 'tilbud_der_tæller';
const NEW = 'tilbud_der_opfylder';
const onDisk = (name) => fs.readFileSync(path.join(WORKSPACE, name), 'utf8');
/** Line and column, counted from one, of a text in a file. */
const at = (file, wanted) => {
  const before = onDisk(file).split(wanted)[0];
  return [before.split('\n').length, before.length - before.lastIndexOf('\n')];
};
const files = (folder = '') => fs.readdirSync(path.join(WORKSPACE, folder), { recursive: true }).filter((it) => it.endsWith('.regel'));
const duty = at(`lab/${RULES}`, 'pligt tilbud_aktivitetsparat');
const limit = duty[0] + 6;
check(onDisk(`lab/${RULES}`).split('\n')[limit - 1].startsWith('  frist 6 måneder'), 'the limit stands elsewhere');
const firstLens = () => editor(EXAMPLES).locator('.codelens-decoration').first();

await step('the folder with the rules opens', openFolder);

await step('a rule file without a mistake', async () => {
  await open(RULES);
  await go(...duty);
  await page.locator('.codelens-decoration:visible', { hasText: /^\d+ eksempler/ }).first().waitFor();
  check((await squiggles()) === 0, 'something is marked');
  check((await page.locator('.unicode-highlight').count()) === 0, 'a letter has a warning box');
});

await step('a mistake is marked', async () => {
  const [line, column] = at(`lab/${RULES}`, `${OLD}, derefter 12 måneder`);
  await go(line, column);
  await overwrite(OLD.length, 'tilbud_der_tællre');
  await untilMarked(true);
});

await step('a quick fix mends it', async () => {
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: OLD }).first().waitFor();
  await page.keyboard.press('Enter');
  await untilMarked(false);
});

await step('the examples stand beside the rule', async () => {
  await palette('View: Split Editor Right', 'Split Editor Right');
  await page.locator('.editor-group-container').nth(1).waitFor();
  await openHere(EXAMPLES);
  await editor(EXAMPLES).waitFor();
  await firstLens().filter({ hasText: '✓' }).waitFor();
  return firstLens().innerText();
});

await step('the outcome changes as the limit is edited', async () => {
  await page.locator('.tab', { hasText: RULES }).first().click();
  await go(limit, 9);
  await overwrite(1, '5');
  await firstLens().filter({ hasText: '✗' }).waitFor();
  await page.locator('.testing-run-glyph.codicon-testing-failed-icon').first().waitFor();
  return firstLens().innerText();
});

await step('what the edit changes, compared with the saved file', async () => {
  await palette('Hjemmel: Compare', 'Compare');
  const shown = page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame');
  await shown.locator('h1, h2, p, li').first().waitFor();
  await page.waitForTimeout(500);
  const told = await shown.locator('body').innerText();
  await shot('compare');
  await page.locator('.tab', { hasText: 'Ændringer' }).first().click();
  await page.keyboard.press('Control+W');
  return told;
});

await step('the limit is put back', async () => {
  await page.locator('.tab', { hasText: RULES }).first().click();
  await go(limit, 9);
  await overwrite(1, '6');
  await firstLens().filter({ hasText: '✓' }).waitFor();
  return firstLens().innerText();
});

await step('timelines of an example', async () => {
  await page.locator('.tab', { hasText: EXAMPLES }).first().click();
  await go(6, 5);
  await palette('Hjemmel: Show Timelines');
  const shown = page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame');
  await shown.locator('.run', { hasText: 'frist_løber' }).first().waitFor();
  await page.waitForTimeout(300);
  const told = await shown.locator('#chart').innerText();
  await shot('timelines');
  await page.locator('.tab', { hasText: 'Tidslinjer' }).first().click();
  await page.keyboard.press('Control+W');
  return told;
});

await step('to the definition, in another file', async () => {
  await page.locator('.tab', { hasText: RULES }).first().click();
  await go(...at(`lab/${RULES}`, `${OLD}, derefter 12 måneder`));
  await page.keyboard.press('F12');
  await page.locator('.tab.active', { hasText: 'tilbud.regel' }).first().waitFor();
  await untilText(`begreb ${OLD}`);
});

await step('a term is renamed in every file', async () => {
  await page.keyboard.press('F2');
  await page.locator('.rename-box input:focus').first().waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(NEW, { delay: 5 });
  await page.keyboard.press('Enter');
  await untilText(`begreb ${NEW}`);
  await moveAway();
  await palette('File: Save All', 'Save All');
  await page.locator('.tab.dirty').first().waitFor({ state: 'hidden' });
  await page.waitForTimeout(500);
  const left = files().filter((it) => new RegExp(`${OLD}(?![\\p{L}\\p{N}_])`, 'u').test(onDisk(it).replace(/^\s*#.*$/gm, '')));
  check(left.length === 0, `the old name is left in ${left}`);
  return `now in ${files().filter((it) => onDisk(it).includes(NEW)).length} files`;
});

await step('the rules hold, by the program itself', () => {
  for (const command of ['check', 'test']) execFileSync(process.env.HJEMMEL, [command, WORKSPACE], { stdio: 'pipe' });
  return 'check and test say so';
});

await step('rules that are not in force are greyed', async () => {
  await palette('Hjemmel: Show the Rules as of a Date');
  await page.locator('.quick-input-title', { hasText: 'Vis reglerne pr. en dato' }).first().waitFor();
  await page.keyboard.type('1. juli 2020', { delay: 5 });
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Loven 1. juli 2020' }).first().waitFor();
  await page.locator('.editor-instance .squiggly-inline-unnecessary').first().waitFor();
});

await end();
