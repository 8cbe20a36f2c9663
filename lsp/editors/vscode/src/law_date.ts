// The date whose law is shown: in the status bar, and chosen there.

import * as vscode from 'vscode';
import * as protocol from './protocol';
import type { Server } from './client';
import { day, parseDay, t } from './text';

const KEY = 'hjemmel.lawDate';

export class LawDate implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('hjemmel.lawDate', vscode.StatusBarAlignment.Right, 90);
  private readonly listeners: vscode.Disposable[];
  /** The chosen date; none shows every version. */
  private date: string | null;
  private told: string | null = null;

  constructor(
    private readonly server: Server,
    private readonly state: vscode.Memento,
  ) {
    this.date = state.get<string>(KEY) ?? null;
    this.item.command = 'hjemmel.lawDate';
    this.listeners = [vscode.window.onDidChangeVisibleTextEditors(() => this.draw()), server.changed(() => this.tell())];
    this.draw();
  }

  /** A server that has just started has not heard of the date. */
  forget(): void {
    this.told = null;
  }

  draw(): void {
    this.item.name = t('Date of the law');
    this.item.text = `$(law) ${this.date ? t('Law of {0}', day(this.date)) : t('All versions')}`;
    this.item.tooltip = this.date
      ? t('Rules that are not in force on {0} are greyed out. Press to choose another date.', day(this.date))
      : t('Every version of every rule is shown. Press to see the rules as of a date.');
    this.item.accessibilityInformation = { label: `${this.item.name}: ${this.date ? day(this.date) : t('All versions')}` };
    if (this.date) this.item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    else this.item.backgroundColor = undefined;
    // Also while the timelines have the focus.
    if (vscode.window.visibleTextEditors.some((it) => it.document.languageId === 'regel')) this.item.show();
    else this.item.hide();
  }

  /** Asks for a date, or takes one. */
  async choose(given?: unknown): Promise<void> {
    const text = typeof given === 'string' ? given : await this.ask();
    if (text === undefined) return;
    const date = text.trim() === '' ? null : parseDay(text);
    if (date === undefined) return;
    this.date = date;
    await this.state.update(KEY, date ?? undefined);
    this.draw();
    await this.tell();
  }

  private ask(): Thenable<string | undefined> {
    return vscode.window.showInputBox({
      title: t('Show the rules as of a date'),
      prompt: t('A date such as {0}; nothing shows all versions.', day('2017-07-01')),
      value: this.date ? day(this.date) : '',
      validateInput: (text) => (text.trim() === '' || parseDay(text) ? undefined : t('Write a date such as {0} or 2017-07-01.', day('2017-07-01'))),
    });
  }

  private async tell(): Promise<void> {
    if (this.told === this.date || !this.server.running) return;
    this.told = this.date;
    const answer = await this.server.ask(protocol.lawDate, { date: this.date });
    if (answer || this.date === null) return;
    // The status bar must not say what is not so.
    this.date = null;
    this.draw();
    void vscode.window.showWarningMessage(t('This version of the program cannot show the rules as of a date.'));
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.item.dispose();
  }
}
