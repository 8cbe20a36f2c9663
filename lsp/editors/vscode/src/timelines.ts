// The timelines of the case at the cursor, beside the text: a bar for each rule, a piece for each run of days.

import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import { range } from './examples';
import * as protocol from './protocol';
import type { Server } from './client';
import { day, language, t } from './text';

/** How long the cursor must rest. */
const REST = 120;

export class TimelinesView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private readonly listeners: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;
  private asked = 0;
  private shown: protocol.Timelines | null | undefined;
  private at: { uri: vscode.Uri; position: vscode.Position } | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
  ) {
    this.listeners.push(
      vscode.window.onDidChangeTextEditorSelection((it) => this.follow(it.textEditor)),
      vscode.window.onDidChangeActiveTextEditor((it) => it && this.follow(it)),
      server.changed(() => this.askSoon(0)),
    );
  }

  /** Opens the view, or brings it forward. */
  show(at?: protocol.At): void {
    const editor = vscode.window.activeTextEditor;
    if (at) this.at = { uri: vscode.Uri.parse(at.textDocument.uri), position: new vscode.Position(at.position.line, at.position.character) };
    else if (editor?.document.languageId === 'regel') this.at = { uri: editor.document.uri, position: editor.selection.active };
    if (this.panel) this.panel.reveal(undefined, true);
    else this.open();
    this.askSoon(0);
  }

  private open(): void {
    const media = vscode.Uri.joinPath(this.context.extensionUri, 'media');
    const panel = vscode.window.createWebviewPanel(
      'hjemmel.timelines',
      t('Timelines'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [media], enableCommandUris: false },
    );
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(media, 'file.svg');
    panel.webview.onDidReceiveMessage((message: unknown) => this.heard(message));
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.onDidChangeViewState(() => panel.visible && this.draw());
    panel.webview.html = page(panel.webview, media);
  }

  private follow(editor: vscode.TextEditor): void {
    if (editor.document.languageId !== 'regel') return;
    this.at = { uri: editor.document.uri, position: editor.selection.active };
    this.askSoon(REST);
  }

  private askSoon(rest: number): void {
    if (!this.panel) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), rest);
  }

  private async ask(): Promise<void> {
    const document = this.at && vscode.workspace.textDocuments.find((it) => it.uri.toString() === this.at?.uri.toString());
    if (!document || !this.at) return;
    const asked = ++this.asked;
    const answer = await this.server.ask(protocol.timelines, this.server.place(document, this.at.position));
    if (asked !== this.asked) return;
    // Outside an example the last one stays, so that a limit can be edited while its effect is watched.
    if (!answer && this.shown) {
      this.draw();
      return;
    }
    this.shown = answer ?? null;
    this.draw();
  }

  private draw(): void {
    if (!this.panel) return;
    const shown = this.shown;
    this.panel.title = shown ? t('Timelines: {0}', shown.title) : t('Timelines');
    void this.panel.webview.postMessage({ kind: 'draw', language: language(), texts: texts(), timelines: shown ? worded(shown) : null });
  }

  private heard(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const { kind, rule } = message as { kind?: unknown; rule?: unknown };
    if (kind === 'ready') this.draw();
    if (kind === 'open' && typeof rule === 'number') void this.openRule(this.shown?.rules[rule]);
  }

  /** Goes to where a rule stands. */
  private async openRule(rule: protocol.RuleTimeline | undefined): Promise<void> {
    if (!rule?.location) return;
    const uri = vscode.Uri.parse(rule.location.uri);
    if (uri.scheme !== 'file' && uri.scheme !== 'untitled') return;
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, selection: range(rule.location.range) });
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.dispose();
    this.panel?.dispose();
  }
}

/** Days in words beside days to draw by. */
function worded(it: protocol.Timelines): object {
  return {
    title: it.title,
    rules: it.rules.map((rule) => ({
      name: rule.name,
      title: rule.title ?? '',
      located: rule.location !== undefined,
      runs: rule.runs.map((run) => ({
        ...run,
        fromText: day(run.from),
        toText: run.to ? day(run.to) : '',
        dueText: run.due ? day(run.due) : '',
      })),
    })),
  };
}

function texts(): Record<string, string> {
  return {
    none: t('Put the cursor in an example to see its timelines.'),
    from: t('from {0}'),
    span: t('{0} to {1}'),
    one: t('on {0}'),
    due: t('Due {0}'),
    basis: t('Basis: {0}'),
    missing: t('Not known: {0}'),
    help: t('Arrow keys move between periods and rules. Enter opens the rule.'),
    noRules: t('No rule says anything of this case.'),
    timelines: t('Timelines'),
  };
}

function page(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = crypto.randomBytes(16).toString('base64url');
  const style = webview.asWebviewUri(vscode.Uri.joinPath(media, 'timelines.css'));
  const script = webview.asWebviewUri(vscode.Uri.joinPath(media, 'timelines.js'));
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Hjemmel</title>
</head>
<body>
<h1 id="title"></h1>
<p id="none" hidden></p>
<div id="chart" role="grid" aria-labelledby="title"></div>
<div id="detail" role="status" aria-live="polite"></div>
<p id="help"></p>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
