// A real VS Code in a browser, and what a user does in it. Every step leaves a picture.
import { createRequire } from 'node:module';
import path from 'node:path';

export const { CODE_URL, SHOTS, SCRATCH, WORKSPACE } = process.env;
const { chromium } = createRequire(path.join(process.env.MODULES, 'x.js'))('playwright-core');
const PATIENCE = Number(process.env.PATIENCE ?? 45000);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
export const page = await browser.newPage({ viewport: { width: 1500, height: 900 }, locale: 'da-DK' });
page.setDefaultTimeout(PATIENCE);
/** Every address the page has asked. */
export const requests = [];
page.on('request', (it) => requests.push(it.url()));

let [steps, failed] = [0, 0];
const PREFIX = process.env.PREFIX ?? '';
export const shot = (name) => page.screenshot({ path: path.join(SHOTS, `${PREFIX}${String(steps).padStart(2, '0')} ${name}.png`) });
export async function step(name, run) {
  steps += 1;
  const start = Date.now();
  try {
    const got = await run();
    console.log(`ok      ${name} (${Date.now() - start} ms): ${String(got ?? '').replace(/\s+/g, ' ').slice(0, 160)}`);
    await shot(name);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    await shot(`${name} FAILED`).catch(() => {});
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape').catch(() => {});
    if (process.env.STOP_AT_FAILURE) process.exit(1);
  }
}
export async function end() {
  await browser.close();
  console.log(`${steps} steps, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
export const check = (condition, what) => {
  if (!condition) throw new Error(what);
};

/** Opens a folder, which VS Code does not trust. */
export async function openFolder() {
  await page.goto(`${CODE_URL}?folder=${encodeURIComponent(WORKSPACE)}`, { waitUntil: 'domcontentloaded' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.part.banner, .statusbar-item', { hasText: /Restricted Mode/i }).first().waitFor();
  return page.title();
}
/** The editor whose tab has this name. */
export const editor = (name) => page.locator('.editor-group-container', { has: page.locator('.tab.active', { hasText: name }) }).locator('.editor-instance').first();
export const lines = () => page.locator('.editor-instance .view-lines').first();
export const text = async () => (await lines().innerText()).replace(/\u00a0/g, ' ');
export const until = (what, condition, ...given) =>
  page.waitForFunction(condition, given, { polling: 50, timeout: PATIENCE }).catch(() => Promise.reject(new Error(`waited in vain for ${what}`)));
/** Until something in the text is so or not. */
export const untilText = (wanted, is = true) =>
  until(`${is ? '' : 'no '}"${wanted}"`, ([it, so]) => document.querySelector('.editor-instance .view-lines').textContent.replace(/\u00a0/g, ' ').includes(it) === so, wanted, is);
export const untilMarked = (is) => until(is ? 'a squiggle' : 'the squiggle to go', ([so]) => document.querySelectorAll('.editor-instance .squiggly-error').length > 0 === so, is);
export async function palette(typed, row = typed) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(typed, { delay: 5 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
  await page.keyboard.press('Enter');
}
export async function open(name) {
  const tab = page.locator('.tab', { hasText: name }).first();
  if (await tab.count()) {
    await tab.click();
    await page.locator('.tab.active', { hasText: name }).first().waitFor();
    return;
  }
  await openHere(name);
}
/** Opens a file in the group of editors that has the focus. */
export async function openHere(name) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(name, { delay: 5 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).first().waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}
/** Puts the cursor on a place of the file, by the editor's own "go to line". */
export async function go(line, column = 1) {
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(`${line}:${column}`, { delay: 5 });
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
}
/** Writes over so many letters at the cursor. */
export async function overwrite(letters, put) {
  for (let i = 0; i < letters; i++) await page.keyboard.press('Delete');
  await page.keyboard.type(put, { delay: 20 });
  // Of what it suggests, nothing is taken.
  await page.keyboard.press('Escape');
}
/** The pointer goes where it covers nothing and asks for no hover. */
export const moveAway = () => page.mouse.move(900, 850);
export const squiggles = () => page.locator('.editor-instance .squiggly-error').count();
export const word = (it) => page.locator('.editor-instance .view-line span span', { hasText: it }).first();
export const hoverWith = async (told) => {
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: told }).first();
  await hover.waitFor();
  await page.waitForTimeout(400);
  return hover.innerText();
};
