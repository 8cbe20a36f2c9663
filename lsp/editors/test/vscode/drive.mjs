// The steps that a user of VS Code takes in ../workspace. Started by run.sh.
import fs from 'node:fs';
import path from 'node:path';
import { SCRATCH, check, end, go, hoverWith, moveAway, open, openFolder, overwrite, page, palette, requests, shot, squiggles, step, text, until, untilMarked, untilText, word } from './page.mjs';

await step('a folder opens in Restricted Mode', openFolder);

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
  await untilMarked(true);
  return `${await squiggles()} marked`;
});

await step('hover tells what is wrong', async () => {
  await word('indsast').hover();
  return hoverWith('indsast');
});

await step('quick fix menu', async () => {
  await page.keyboard.press('Escape');
  await moveAway();
  await go(9, 9);
  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget', { hasText: 'indsats' }).first();
  await menu.locator('.monaco-list-row', { hasText: 'indsats' }).first().waitFor();
  await page.waitForTimeout(300);
  return menu.innerText();
});

await step('quick fix mends it', async () => {
  await page.keyboard.press('Enter');
  await untilMarked(false);
  check((await text()).includes('når indsats.art er'), 'not mended');
});

await step('hover shows the rule', async () => {
  await moveAway();
  await page.locator('.view-line', { hasText: 'opfyldes af tilbud' }).locator('span span', { hasText: /^tilbud$/ }).first().hover();
  return hoverWith('LAB § 91 a');
});

await step('completion', async () => {
  await page.keyboard.press('Escape');
  await moveAway();
  await go(9, 1);
  await page.keyboard.press('End');
  for (let i = 0; i < 'virksomhedspraktik'.length; i++) await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+Space');
  const row = page.locator('.suggest-widget .monaco-list-row', { hasText: 'virksomhedspraktik' }).first();
  await row.waitFor();
  const shown = await page.locator('.suggest-widget').innerText();
  await shot('completion, the list');
  await page.keyboard.type('virksomhedsp', { delay: 20 });
  await page.keyboard.press('Enter');
  await untilText('er virksomhedspraktik');
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
  await overwrite(1, '5');
  await untilText('frist 5 måneder');
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
  await overwrite(1, '6');
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
  await shot('rename, the box');
  await page.keyboard.press('Enter');
  await untilText('pligt_til_tilbud');
  await open('regler.regel');
  await untilText('pligt pligt_til_tilbud');
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

await step('all versions again, without the mistake', async () => {
  await palette('Hjemmel: Show the Rules as of a Date');
  await page.locator('.quick-input-title', { hasText: 'Vis reglerne pr. en dato' }).first().waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Alle udgaver' }).first().waitFor();
  await go(9, 7);
  await overwrite('indsast'.length, 'indsats');
  await untilMarked(false);
  await page.keyboard.press('Control+J');
  await page.locator('.part.panel .markers-panel').first().waitFor({ state: 'hidden' });
});

await step('the reasons as a document', async () => {
  await open('eksempler.regel');
  await go(11, 5);
  await palette('Hjemmel: Explain the Case of the Example');
  await view().locator('h1', { hasText: 'Barsel og praktik' }).first().waitFor();
  await page.waitForTimeout(500);
  return view().locator('body').innerText();
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

await end();
