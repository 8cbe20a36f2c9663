// The steps that a user of VS Code takes, each with a picture. Started by run.sh.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const { CODE_URL, SHOTS, SCRATCH, MODULES, WORKSPACE } = process.env;
const { chromium } = createRequire(path.join(MODULES, 'x.js'))('playwright-core');
const PATIENCE = Number(process.env.PATIENCE ?? 45000);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1500, height: 900 }, locale: 'da-DK' });
page.setDefaultTimeout(PATIENCE);
const requests = [];
page.on('request', (it) => requests.push(it.url()));

let [steps, failed] = [0, 0];
const shot = (name) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
async function step(name, run) {
  steps += 1;
  const start = Date.now();
  try {
    const got = await run();
    console.log(`ok      ${name} (${Date.now() - start} ms): ${String(got ?? '').replace(/\s+/g, ' ').slice(0, 160)}`);
    await shot(`${String(steps).padStart(2, '0')} ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    await shot(`${String(steps).padStart(2, '0')} ${name} FAILED`).catch(() => {});
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape').catch(() => {});
    if (process.env.STOP_AT_FAILURE) process.exit(1);
  }
}
const check = (condition, what) => {
  if (!condition) throw new Error(what);
};

// What a user does.
const lines = () => page.locator('.editor-instance .view-lines').first();
const text = async () => (await lines().innerText()).replace(/\u00a0/g, ' ');
const until = (what, condition, ...given) => page.waitForFunction(condition, given, { polling: 50, timeout: PATIENCE }).catch(() => Promise.reject(new Error(`waited in vain for ${what}`)));
async function palette(typed, row = typed) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(typed, { delay: 5 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
  await page.keyboard.press('Enter');
}
async function open(name) {
  const tab = page.locator('.tab', { hasText: name }).first();
  if (await tab.count()) {
    await tab.click();
    await page.locator('.tab.active', { hasText: name }).first().waitFor();
    return;
  }
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(name, { delay: 5 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).first().waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}
/** Puts the cursor on a place of the file, by the editor's own "go to line". */
async function go(line, column = 1) {
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(`${line}:${column}`, { delay: 5 });
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
}
const squiggles = () => page.locator('.editor-instance .squiggly-error').count();
const word = (it) => page.locator('.editor-instance .view-line span span', { hasText: it }).first();

await step('a folder opens in Restricted Mode', async () => {
  await page.goto(`${CODE_URL}?folder=${encodeURIComponent(WORKSPACE)}`, { waitUntil: 'domcontentloaded' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.part.banner, .statusbar-item', { hasText: /Restricted Mode/i }).first().waitFor();
  return page.title();
});

await step('a rule file is coloured', async () => {
  await open('regler.regel');
  await until('colours of a name, a keyword and a citation', () => {
    const colour = (it) => {
      const found = [...document.querySelectorAll('.view-line span span')].find((span) => span.textContent.trim() === it);
      return found && getComputedStyle(found).color;
    };
    const [keyword, name, plain] = [colour('pligt'), colour('målgruppe'), colour('"Tilbud"')];
    return keyword && name && plain && new Set([keyword, name, plain]).size === 3;
  });
  return page.locator('.tab.active').first().getAttribute('aria-label');
});

await step('no letter has a warning box', async () => {
  await page.waitForTimeout(1500);
  const boxes = await page.locator('.unicode-highlight').count();
  check(boxes === 0, `${boxes} boxes`);
  return 'none round æ, ø, å, §';
});

await step('the date of the law stands in the status bar', async () => {
  const item = page.locator('.statusbar-item', { hasText: 'Alle udgaver' }).first();
  await item.waitFor();
  return item.innerText();
});

await step('a mistake is marked while it is typed', async () => {
  await go(9, 7);
  await page.keyboard.press('Control+Delete');
  await page.keyboard.type('indsast', { delay: 30 });
  await until('a squiggle', () => document.querySelectorAll('.editor-instance .squiggly-error').length > 0);
  return `${await squiggles()} marked`;
});

await step('hover tells what is wrong', async () => {
  await word('indsast').hover();
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'indsast' }).first();
  await hover.waitFor();
  await page.waitForTimeout(400);
  return hover.innerText();
});

await step('quick fix menu', async () => {
  await page.keyboard.press('Escape');
  await page.mouse.move(900, 850);
  await go(9, 9);
  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget', { hasText: 'indsats' }).first();
  await menu.locator('.monaco-list-row', { hasText: 'indsats' }).first().waitFor();
  await page.waitForTimeout(300);
  return menu.innerText();
});

await step('quick fix mends it', async () => {
  await page.keyboard.press('Enter');
  await until('the squiggle to go', () => document.querySelectorAll('.editor-instance .squiggly-error').length === 0);
  check((await text()).includes('når indsats.art er'), 'not mended');
});

await step('hover shows the rule', async () => {
  await page.mouse.move(900, 850);
  await page.locator('.view-line', { hasText: 'opfyldes af tilbud' }).locator('span span', { hasText: /^tilbud$/ }).first().hover();
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'LAB § 91 a' }).first();
  await hover.waitFor();
  await page.waitForTimeout(400);
  return hover.innerText();
});

await step('completion', async () => {
  await page.keyboard.press('Escape');
  await page.mouse.move(900, 850);
  await go(9, 1);
  await page.keyboard.press('End');
  for (let i = 0; i < 'virksomhedspraktik'.length; i++) await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+Space');
  const row = page.locator('.suggest-widget .monaco-list-row', { hasText: 'virksomhedspraktik' }).first();
  await row.waitFor();
  const shown = await page.locator('.suggest-widget').innerText();
  await shot('completion');
  await page.keyboard.type('virksomhedsp', { delay: 20 });
  await page.keyboard.press('Enter');
  await until('the value', () => document.querySelector('.editor-instance .view-lines').textContent.replace(/\u00a0/g, ' ').includes('er virksomhedspraktik'));
  return shown;
});

await step('Enter continues a summary, a list and a declaration', async () => {
  const before = await text();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n> Et begreb', { delay: 10 });
  await page.keyboard.press('Enter');
  await page.waitForTimeout(200);
  check((await text()).trimEnd().endsWith('>'), `after a summary: ${(await text()).slice(-30)}`);
  while ((await text()) !== before) {
    await page.keyboard.press('Control+Z');
    await page.waitForTimeout(50);
  }
});

await step('code lens tells the outcome', async () => {
  await open('eksempler.regel');
  await page.locator('.codelens-decoration', { hasText: '✓' }).nth(1).waitFor();
  return (await page.locator('.codelens-decoration').allInnerTexts()).join(' | ');
});

const view = () => page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame');
await step('timelines of the example', async () => {
  await go(11, 5);
  await palette('Hjemmel: Show Timelines');
  await view().locator('.run', { hasText: 'frist_løber' }).first().waitFor();
  await page.waitForTimeout(300);
  return view().locator('#title').innerText();
});

await step('timelines by keyboard', async () => {
  await view().locator('.run.selected').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(100);
  const first = await view().locator('#detail').innerText();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.waitForTimeout(200);
  const last = await view().locator('#detail').innerText();
  check(first !== last && first.length > 10 && last.length > 10, `${first} / ${last}`);
  const focused = await view().locator('.run:focus').count();
  check(focused === 1, 'nothing has the focus');
  return `${first} … ${last}`;
});

await step('the outcome follows the limit', async () => {
  await open('regler.regel');
  await go(16, 9);
  await page.keyboard.press('Delete');
  await page.keyboard.type('5');
  await until('the edit', () => document.querySelector('.editor-instance .view-lines').textContent.replace(/\u00a0/g, ' ').includes('frist 5 måneder'));
  await page.waitForTimeout(700);
  await open('eksempler.regel');
  await page.locator('.codelens-decoration', { hasText: '✗' }).first().waitFor();
  check((await squiggles()) > 0, 'the line is not marked');
  return page.locator('.codelens-decoration').first().innerText();
});

await step('examples in the test explorer', async () => {
  await palette('Test: Focus on Test Explorer View', 'Test Explorer View');
  const tree = page.locator('.test-explorer');
  await tree.locator('.monaco-list-row', { hasText: 'eksempler.regel' }).first().waitFor();
  await palette('Hjemmel: Run All Examples');
  await page.locator('.notification-toast', { hasText: /eksempler/ }).first().waitFor();
  await tree.locator('.monaco-list-row', { hasText: 'eksempler.regel' }).first().click();
  await page.keyboard.press('ArrowRight');
  await tree.locator('.monaco-list-row', { hasText: 'Et halvt år uden tilbud' }).first().waitFor();
  return page.locator('.notification-toast').first().innerText();
});

await step('the limit is put back, and the example holds', async () => {
  await palette('Notifications: Clear All Notifications', 'Clear All Notifications');
  await open('regler.regel');
  await go(16, 9);
  await page.keyboard.press('Delete');
  await page.keyboard.type('6');
  await page.waitForTimeout(700);
  await open('eksempler.regel');
  await page.locator('.codelens-decoration', { hasText: '✓' }).nth(1).waitFor();
});

await step('rename', async () => {
  await go(5, 8);
  await page.keyboard.press('F2');
  await page.locator('.rename-box input:focus').first().waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('pligt_til_tilbud', { delay: 5 });
  await page.waitForTimeout(200);
  await shot('rename');
  await page.keyboard.press('Enter');
  await until('the new name', () => document.querySelector('.editor-instance .view-lines').textContent.includes('pligt_til_tilbud'));
  await open('regler.regel');
  await until('the new name in the other file', () => document.querySelector('.editor-instance .view-lines').textContent.replace(/\u00a0/g, ' ').includes('pligt pligt_til_tilbud'));
  check((await squiggles()) === 0, 'something is marked');
});

await step('problems', async () => {
  await go(9, 7);
  await page.keyboard.press('Control+Delete');
  await page.keyboard.type('indsast', { delay: 20 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'indsast' }).first().waitFor();
  return page.locator('.markers-panel').innerText();
});

await step('the rules as of a date', async () => {
  await palette('Hjemmel: Show the Rules as of a Date');
  await page.locator('.quick-input-title', { hasText: 'Vis reglerne pr. en dato' }).first().waitFor();
  await page.keyboard.type('1. juli 2017', { delay: 5 });
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  const item = page.locator('.statusbar-item', { hasText: '1. juli 2017' }).first();
  await item.waitFor();
  return item.innerText();
});

await step('the reasons as a document', async () => {
  await open('eksempler.regel');
  await go(11, 5);
  await palette('Hjemmel: Explain the Case of the Example');
  const tab = page.locator('.tab.active', { hasText: 'Barsel og praktik.md' }).first();
  await tab.waitFor();
  await page.waitForTimeout(1000);
  return tab.innerText();
});

await step('walkthrough', async () => {
  await palette('Welcome: Open Walkthrough', 'Open Walkthrough');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Hjemmel' }).first().waitFor();
  await page.keyboard.type('Hjemmel', { delay: 5 });
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  await page.locator('.gettingStartedContainer', { hasText: 'Watch an example' }).first().waitFor();
  await page.waitForTimeout(800);
});

await step('nothing of the folder was run, and nothing outside asked', async () => {
  check(!fs.existsSync(path.join(SCRATCH, 'RUN-BY-WORKSPACE')), 'the program of the folder was run');
  const outside = [...new Set(requests.filter((it) => /^(https?|wss?):/.test(it)).map((it) => new URL(it).host))].filter((it) => !it.startsWith('127.0.0.1'));
  // What VS Code itself would ask is not the extension's doing, but it is told.
  return `hosts asked by VS Code's page: ${outside.join(', ') || 'none but its own'}`;
});

await browser.close();
console.log(`${steps} steps, ${failed} failed`);
process.exit(failed ? 1 : 0);
