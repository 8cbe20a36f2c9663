// The examples of the rules in the test explorer. The server has always run them already: a test run asks for the outcome.

import * as vscode from 'vscode';
import * as protocol from './protocol';
import type { Server } from './client';
import { t } from './text';

/** What is known of an example. */
interface Known {
  uri: vscode.Uri;
  example: protocol.Example;
}

export class Examples implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController('hjemmel.examples', t('Examples'));
  private readonly known = new Map<string, Known>();
  private readonly listener: vscode.Disposable;
  /** The newest question; the answer to an older one is dropped. */
  private asked = 0;

  constructor(private readonly server: Server) {
    this.controller.refreshHandler = async () => {
      await this.refresh();
    };
    this.controller.createRunProfile(t('Run'), vscode.TestRunProfileKind.Run, (request) => this.run(request), true, undefined, true);
    this.listener = server.changed(() => this.follow());
  }

  /** Runs all examples, as the command. */
  async runAll(): Promise<void> {
    await this.run(new vscode.TestRunRequest());
    const all = [...this.known.values()];
    const failed = all.filter((it) => it.example.passed === false);
    const untried = all.filter((it) => it.example.passed === null);
    const show = t('Show');
    const chosen = await this.tell(all.length, failed.length, untried.length, show);
    if (chosen === show) await vscode.commands.executeCommand('workbench.view.testing.focus');
  }

  private tell(all: number, failed: number, untried: number, show: string): Thenable<string | undefined> {
    if (all === 0) return vscode.window.showInformationMessage(t('There are no examples here.'));
    if (untried) return vscode.window.showWarningMessage(t('{0} of {1} examples can be tried when the rules have no errors.', untried, all), show);
    if (failed) return vscode.window.showWarningMessage(t('{0} of {1} examples fail.', failed, all), show);
    return vscode.window.showInformationMessage(t('All {0} examples pass.', all), show);
  }

  /** An edit may have changed outcomes: those that did are shown, and no others. */
  private async follow(): Promise<void> {
    const before = new Map([...this.known].map(([id, it]) => [id, outcome(it.example)]));
    if (!(await this.refresh())) return;
    const changed = [...this.items()].filter((item) => {
      const known = this.known.get(item.id);
      return known !== undefined && before.get(item.id) !== outcome(known.example);
    });
    if (changed.length) this.report(new vscode.TestRunRequest(changed), changed);
  }

  private async run(request: vscode.TestRunRequest): Promise<void> {
    if (request.continuous) return; // Outcomes are always followed.
    await this.refresh();
    const chosen = request.include ?? [...this.controller.items].map(([, item]) => item);
    const all = chosen.flatMap((item) => leaves(item)).filter((item) => !request.exclude?.includes(item));
    this.report(request, all);
  }

  private report(request: vscode.TestRunRequest, items: vscode.TestItem[]): void {
    const run = this.controller.createTestRun(request, undefined, false);
    for (const item of items) {
      const known = this.known.get(item.id);
      if (!known) continue;
      const { example, uri } = known;
      if (example.passed === null) run.skipped(item);
      else if (example.passed) run.passed(item);
      else run.failed(item, messages(uri, example));
    }
    run.end();
  }

  /** Asks the server, and makes the tree say what it answers. */
  private async refresh(): Promise<boolean> {
    const asked = ++this.asked;
    const files = await this.server.ask(protocol.examples, {});
    if (!files || asked !== this.asked) return false;
    this.known.clear();
    const roots: vscode.TestItem[] = [];
    for (const file of files.filter((it) => it.examples.length)) {
      const uri = vscode.Uri.parse(file.uri);
      const id = uri.toString();
      const item = this.controller.items.get(id) ?? this.controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
      const titles = new Map<string, number>();
      const children = file.examples.map((example) => {
        // Two examples of a file may have one title.
        const nth = (titles.get(example.title) ?? 0) + 1;
        titles.set(example.title, nth);
        const childId = `${id}#${nth}#${example.title}`;
        const child = item.children.get(childId) ?? this.controller.createTestItem(childId, example.title, uri);
        child.range = range(example.range);
        this.known.set(childId, { uri, example });
        return child;
      });
      item.children.replace(children);
      roots.push(item);
    }
    this.controller.items.replace(roots);
    return true;
  }

  private *items(): Generator<vscode.TestItem> {
    for (const [, item] of this.controller.items) yield* leaves(item);
  }

  dispose(): void {
    this.listener.dispose();
    this.controller.dispose();
  }
}

function leaves(item: vscode.TestItem): vscode.TestItem[] {
  return item.children.size ? [...item.children].map(([, child]) => child) : [item];
}

function outcome(example: protocol.Example): string {
  return JSON.stringify([example.passed, example.lines.map((line) => [line.passed, line.expected, line.actual])]);
}

function messages(uri: vscode.Uri, example: protocol.Example): vscode.TestMessage[] {
  return example.lines
    .filter((line) => !line.passed)
    .map((line) => {
      // Not as a difference of two texts: VS Code then shows `actual != expected`, which is nobody's Danish.
      const message = new vscode.TestMessage(t('The rules say {0}', line.actual ?? '?'));
      message.location = new vscode.Location(uri, range(line.range));
      return message;
    });
}

export function range(it: protocol.Example['range']): vscode.Range {
  return new vscode.Range(it.start.line, it.start.character, it.end.line, it.end.character);
}
