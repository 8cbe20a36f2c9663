// The extension of VS Code: everything it knows of the rules it asks the language server.

import * as vscode from 'vscode';
import { Server } from './client';
import { Examples } from './examples';
import { LawDate } from './law_date';
import type * as protocol from './protocol';
import { Readings } from './readings';
import { Skeletons } from './skeletons';
import { t } from './text';
import { TimelinesView } from './timelines';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = new Server(context);
  const examples = new Examples(server);
  const readings = new Readings(server);
  const lawDate = new LawDate(server, context.workspaceState);
  const timelines = new TimelinesView(context, server);
  const restart = () => {
    lawDate.forget();
    return server.restart();
  };
  const commands: Record<string, (...given: never[]) => unknown> = {
    'hjemmel.runExamples': () => examples.runAll(),
    'hjemmel.timelines': (at?: protocol.At) => timelines.show(isAt(at) ? at : undefined),
    'hjemmel.explain': (at?: protocol.At) => readings.explain(isAt(at) ? at : undefined),
    'hjemmel.compare': () => readings.compare(),
    'hjemmel.translate': (to?: unknown) => readings.translate(to === 'da' || to === 'en' ? to : undefined),
    'hjemmel.lawDate': (date?: unknown) => lawDate.choose(date),
    'hjemmel.chooseProgram': () => chooseProgram(),
    'hjemmel.restart': restart,
    'hjemmel.showLog': () => server.showLog(),
  };
  context.subscriptions.push(
    examples,
    readings,
    lawDate,
    timelines,
    server,
    vscode.languages.registerCompletionItemProvider('regel', new Skeletons(server)),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
    vscode.workspace.onDidChangeConfiguration(async (it) => {
      const changed = (name: string) => it.affectsConfiguration(`hjemmel.${name}`);
      if (changed('program') || changed('language') || changed('rules')) await restart();
      else if (changed('extract')) await server.configure();
      if (changed('language')) lawDate.draw();
    }),
  );
  await server.restart();
}

/** From the editor's own menus a command is given something else. */
function isAt(it: unknown): it is protocol.At {
  const at = it as protocol.At | undefined;
  return typeof at?.textDocument?.uri === 'string' && typeof at.position?.line === 'number';
}

/** The user points out the program; nothing else sets it. */
async function chooseProgram(): Promise<void> {
  const [file] = (await vscode.window.showOpenDialog({ canSelectMany: false, title: t('Choose the program hjemmel'), openLabel: t('Use it') })) ?? [];
  if (file) await vscode.workspace.getConfiguration('hjemmel').update('program', file.fsPath, vscode.ConfigurationTarget.Global);
}
