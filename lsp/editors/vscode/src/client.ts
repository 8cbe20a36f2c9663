// The language server: started, restarted, asked.

import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, ResponseError, type InitializeParams, type RequestType, type ServerCapabilities, type StaticFeature } from 'vscode-languageclient/node';
import * as protocol from './protocol';
import { findProgram } from './program';
import { language, t } from './text';

/** The documents that the server knows. */
const SELECTOR = [
  { scheme: 'file', language: 'regel' },
  { scheme: 'untitled', language: 'regel' },
];

/** Commands of this editor that a code lens or a code action of the server may name. */
export const CLIENT_COMMANDS = ['hjemmel.explain', 'hjemmel.timelines', 'hjemmel.runExamples', 'hjemmel.lawDate', 'hjemmel.compare', 'hjemmel.translate'];

const METHOD_NOT_FOUND = -32601;

/** The server and what it has told. */
export class Server implements vscode.Disposable {
  /** Some outcome may have changed: of an edit, of another law date, of a restart. */
  readonly changed: vscode.Event<void>;
  private readonly change = new vscode.EventEmitter<void>();
  private client: LanguageClient | undefined;
  private readonly output = vscode.window.createOutputChannel('Hjemmel', { log: true });
  /** One start or stop after the other. */
  private turn: Promise<void> = Promise.resolve();
  private settled: NodeJS.Timeout | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.changed = this.change.event;
  }

  get running(): boolean {
    return this.client?.isRunning() ?? false;
  }

  showLog(): void {
    this.output.show();
  }

  restart(): Promise<void> {
    this.turn = this.turn.then(async () => {
      await this.stop();
      await this.start();
    });
    return this.turn;
  }

  /** The answer, or nothing if there is no server, it does not know the question, or it failed. */
  async ask<P, R>(type: RequestType<P, R, void>, params: P): Promise<R | undefined> {
    if (!this.client?.isRunning()) return undefined;
    try {
      return await this.client.sendRequest<R>(type.method, params);
    } catch (error) {
      if (!(error instanceof ResponseError && error.code === METHOD_NOT_FOUND)) this.output.error(`${type.method}: ${error}`);
      return undefined;
    }
  }

  uri(document: vscode.TextDocument): string {
    return this.client?.code2ProtocolConverter.asUri(document.uri) ?? document.uri.toString();
  }

  place(document: vscode.TextDocument, position: vscode.Position): protocol.At {
    return { textDocument: { uri: this.uri(document) }, position: { line: position.line, character: position.character } };
  }

  private async start(): Promise<void> {
    const program = findProgram(this.context);
    if (!program) {
      void this.tellMissing();
      return;
    }
    this.output.info(program);
    const client = new LanguageClient(
      'hjemmel',
      'Hjemmel',
      // Not in a folder of the workspace: nothing of it is run, also not by accident.
      { command: program, args: ['lsp'], options: { cwd: os.homedir() } },
      {
        documentSelector: SELECTOR,
        outputChannel: this.output,
        initializationOptions: () => settings(),
        middleware: {
          handleDiagnostics: (uri, diagnostics, next) => {
            next(uri, diagnostics);
            this.changedSoon();
          },
          // Where VS Code asks for them instead: after an edit, and when the server says that it should.
          provideDiagnostics: async (document, previous, token, next) => {
            const told = await next(document, previous, token);
            this.changedSoon();
            return told;
          },
        },
      },
    );
    client.registerFeature(new OwnCommands());
    client.onNotification(protocol.outcomesChanged, () => this.changedSoon());
    this.client = client;
    try {
      await client.start();
      this.changedSoon();
    } catch (error) {
      this.output.error(String(error));
      const log = t('Show the log');
      void vscode.window.showErrorMessage(t('The program {0} could not be started as a language server.', program), log).then((chosen) => chosen && this.showLog());
    }
  }

  /** Tells the server that a setting has changed. */
  async configure(): Promise<void> {
    if (this.client?.isRunning()) await this.client.sendNotification('workspace/didChangeConfiguration', { settings: { hjemmel: settings() } });
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client) await client.dispose(2000).catch((error: unknown) => this.output.warn(String(error)));
  }

  /** Diagnostics come in bursts, one file at a time. */
  private changedSoon(): void {
    clearTimeout(this.settled);
    this.settled = setTimeout(() => {
      this.change.fire();
      this.showAgain();
    }, 150);
  }

  /** Has lenses and hints asked for again: an edit in one file changes those of another that stands beside it. */
  private showAgain(): void {
    const document = vscode.window.visibleTextEditors.find((it) => it.document.languageId === 'regel')?.document;
    if (!document || !this.client?.isRunning()) return;
    this.client.getFeature('textDocument/codeLens').getProvider(document)?.onDidChangeCodeLensEmitter.fire();
    this.client.getFeature('textDocument/inlayHint').getProvider(document)?.onDidChangeInlayHints.fire();
  }

  private async tellMissing(): Promise<void> {
    const choose = t('Choose the program…');
    const text = t('The program hjemmel was not found. Without it there are colours and snippets, but no checks.');
    if ((await vscode.window.showWarningMessage(text, choose)) === choose) await vscode.commands.executeCommand('hjemmel.chooseProgram');
  }

  async dispose(): Promise<void> {
    clearTimeout(this.settled);
    await this.turn.then(() => this.stop());
    this.change.dispose();
    this.output.dispose();
  }
}

/** What the server is told of the settings. */
function settings(): { language: string; rules?: string[]; extract?: string; commands: string[] } {
  const config = vscode.workspace.getConfiguration('hjemmel');
  // Folders below the workspace's own; a setting of a workspace leads nowhere else.
  const rules = (config.get<string[]>('rules') ?? []).filter((folder) => !path.isAbsolute(folder) && !folder.split(/[\\/]/).includes('..'));
  const extract = config.inspect<string>('extract')?.globalValue?.trim();
  return { language: language(), ...(rules.length && { rules }), ...(extract && { extract }), commands: CLIENT_COMMANDS };
}

/** Commands that this extension has already: the server's of the same name are not registered once more. */
class OwnCommands implements StaticFeature {
  fillClientCapabilities(): void {}

  fillInitializeParams(params: InitializeParams): void {
    params.locale = language();
  }

  preInitialize(capabilities: ServerCapabilities): void {
    const provider = capabilities.executeCommandProvider;
    if (provider) provider.commands = provider.commands.filter((command) => !CLIENT_COMMANDS.includes(command));
  }

  initialize(): void {}

  getState(): { kind: 'static' } {
    return { kind: 'static' };
  }

  clear(): void {}
}
