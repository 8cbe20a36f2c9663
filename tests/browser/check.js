// Each page in a tab of its own: what it asks for, what it complains of, what axe finds, how narrow
// it can be, and how it prints. Exit 0: nothing found; 1: something; 2: it could not be looked at.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { Browser } = require('./browser.js');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
// Screens on which a page is looked at: width and height. 320 is what WCAG 1.4.10 asks for.
const SCREENS = { wide: [1280, 1000], narrow: [320, 800] };
// What the page that must fail is found out by; a check that misses one of them is broken.
const KINDS = ['request', 'console', 'exception', 'axe', 'narrow'];

const evaluate = async (tab, expression) => {
  const params = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await tab.send('Runtime.evaluate', params);
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
};

const resize = (tab, [width, height]) =>
  tab.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });

// Opens a page; only the file itself is given, everything else it asks for is a finding.
const open = async (browser, url, find) => {
  let loaded;
  const load = new Promise((resolve) => { loaded = resolve; });
  const tab = await browser.tab(({ method, params }) => {
    if (method === 'Page.loadEventFired') loaded();
    if (method === 'Runtime.exceptionThrown') {
      find('exception', params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    }
    if (method === 'Runtime.consoleAPICalled' && ['error', 'assert'].includes(params.type)) {
      find('console', params.args.map((it) => it.value ?? it.description).join(' '));
    }
    if (method === 'Log.entryAdded' && params.entry.level === 'error') find('console', params.entry.text);
    if (method === 'Fetch.requestPaused') {
      const { requestId, request } = params;
      const own = request.url.split('#')[0] === url;
      if (!own) find('request', request.url);
      const answer = own
        ? tab.send('Fetch.continueRequest', { requestId })
        : tab.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      answer.catch(() => {});
    }
  });
  await Promise.all(['Page', 'Runtime', 'Log', 'Network'].map((domain) => tab.send(`${domain}.enable`)));
  await tab.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await resize(tab, SCREENS.wide);
  const { errorText } = await tab.send('Page.navigate', { url });
  if (errorText) throw new Error(`${url}: ${errorText}`);
  await load;
  return tab;
};

const axe = async (tab, find) => {
  await evaluate(tab, `${AXE}; 0`);
  const violations = await evaluate(tab, `axe.run(document, { resultTypes: ['violations'] }).then((found) =>
    found.violations.map((it) => ({ id: it.id, impact: it.impact, help: it.help,
      nodes: it.nodes.map((node) => node.html.slice(0, 160)) })))`);
  for (const { id, impact, help, nodes } of violations) {
    find('axe', `${id} (${impact}): ${help}, ${nodes.length} times, first: ${nodes[0]}`);
  }
};

const narrow = async (tab, find) => {
  await resize(tab, SCREENS.narrow);
  const [room] = SCREENS.narrow;
  const width = await evaluate(tab, 'document.documentElement.scrollWidth');
  if (width > room) find('narrow', `on a screen ${room} wide the page is ${width} wide`);
  await resize(tab, SCREENS.wide);
};

const print = async (tab, pdf) => {
  const { data } = await tab.send('Page.printToPDF', { preferCSSPageSize: true, printBackground: false });
  const bytes = Buffer.from(data, 'base64');
  const pages = bytes.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-')) || pages === 0) throw new Error('nothing was printed');
  if (pdf) fs.writeFileSync(pdf, bytes);
  return pages;
};

// What is found on a page, and how many sheets it prints to.
const check = async (browser, file, pdf) => {
  const found = [];
  const find = (kind, text) => found.push({ kind, text: String(text).slice(0, 400) });
  const tab = await open(browser, pathToFileURL(path.resolve(file)).href, find);
  await axe(tab, find);
  await narrow(tab, find);
  const pages = await print(tab, pdf);
  await tab.close();
  return { found, pages };
};

const main = async (words) => {
  const at = words.indexOf('--pdf');
  const folder = at < 0 ? null : words.splice(at, 2)[1];
  if (words.length === 0 || folder === undefined) {
    throw new Error('usage: tests/browser/check PAGE.html ... [--pdf FOLDER]');
  }
  const browser = Browser.start(process.env.CHROMIUM);
  try {
    // First the check itself: it must find all that is wrong with a page that is wrong in every way.
    const wrong = (await check(browser, path.join(__dirname, 'wrong.html'))).found;
    const missed = KINDS.filter((kind) => !wrong.some((it) => it.kind === kind));
    if (missed.length > 0) throw new Error(`the check finds nothing wrong in wrong.html of: ${missed.join(', ')}`);
    let bad = 0;
    for (const file of words) {
      const pdf = folder && path.join(folder, `${path.basename(file, path.extname(file))}.pdf`);
      const { found, pages } = await check(browser, file, pdf);
      found.forEach(({ kind, text }) => console.log(`${file}: ${kind}: ${text}`));
      if (found.length > 0) bad += 1;
      else console.log(`${file}: no request, no error, nothing from axe; ${pages} sheets of paper`);
    }
    return bad === 0 ? 0 : 1;
  } finally {
    await browser.stop();
  }
};

// Whatever ends it before it has an answer is no pass.
process.exitCode = 2;
main(process.argv.slice(2)).then(
  (code) => { process.exitCode = code; },
  (error) => {
    console.error(`tests/browser/check: ${error.message}`);
    process.exitCode = 2;
  },
);
