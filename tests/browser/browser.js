// Chromium without a window, spoken to over a pipe: no port is opened, no library is needed.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

// How long an answer may take, in milliseconds: axe reads large pages for a while.
const PATIENCE = 240_000;

class Browser {
  static start(program) {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'hjemmel-browser-'));
    const flags = [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
      // Nothing has an address, whatever asks for it.
      '--host-resolver-rules=MAP * ~NOTFOUND', '--disable-quic',
      '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank',
    ];
    return new Browser(spawn(program, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }), profile);
  }

  constructor(child, profile) {
    this.child = child;
    this.profile = profile;
    this.last = 0;
    this.waiting = new Map();
    this.broken = null;
    this.listeners = [];
    let text = '';
    child.stdio[4].setEncoding('utf8');
    child.stdio[4].on('data', (chunk) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop();
      messages.forEach((message) => this.hear(JSON.parse(message)));
    });
    child.on('error', (error) => this.fail(error));
    child.on('exit', () => this.fail(new Error('Chromium ended')));
    child.stdio[3].on('error', (error) => this.fail(error));
  }

  fail(error) {
    this.broken = error;
    this.waiting.forEach(({ reject }) => reject(error));
    this.waiting.clear();
  }

  hear(message) {
    const asked = this.waiting.get(message.id);
    if (!asked) {
      this.listeners.forEach((listen) => listen(message));
      return;
    }
    this.waiting.delete(message.id);
    if (message.error) asked.reject(new Error(`${asked.method}: ${message.error.message}`));
    else asked.resolve(message.result);
  }

  send(method, params = {}, sessionId = undefined) {
    if (this.broken) return Promise.reject(this.broken);
    const id = ++this.last;
    this.child.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error(`${method}: no answer`));
      }, PATIENCE);
      const done = (then) => (value) => {
        clearTimeout(late);
        then(value);
      };
      this.waiting.set(id, { method, resolve: done(resolve), reject: done(reject) });
    });
  }

  // A new tab, and what it says.
  async tab(listen) {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const mine = (message) => message.sessionId === sessionId && listen(message);
    this.listeners.push(mine);
    return {
      send: (method, params) => this.send(method, params, sessionId),
      close: async () => {
        this.listeners.splice(this.listeners.indexOf(mine), 1);
        await this.send('Target.closeTarget', { targetId });
      },
    };
  }

  async stop() {
    if (!this.broken) {
      const gone = new Promise((resolve) => this.child.once('exit', resolve));
      await this.send('Browser.close').catch(() => this.child.kill());
      await gone;
    }
    fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

module.exports = { Browser };
