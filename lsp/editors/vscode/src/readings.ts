// Texts that the server makes to be read: the reasons of a case, what changed since the file was saved.

import * as vscode from 'vscode';
import * as protocol from './protocol';
import type { Server } from './client';
import { language, t } from './text';

const SCHEME = 'hjemmel';
/** How many texts are kept for the tabs that show them. */
const MOST = 32;

export class Readings implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.change.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly server: Server) {}

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** The reasons for what the rules say of the example at a place. */
  async explain(at?: protocol.At): Promise<void> {
    const place = at ?? this.cursor();
    if (!place) return;
    const reading = await this.server.ask(protocol.explain, place);
    if (reading) await this.show(reading);
    else void vscode.window.showInformationMessage(t('There is nothing to explain here: put the cursor in an example, and mend the errors in the rules first.'));
  }

  /** What the edit changes, compared with the saved file. */
  async compare(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return;
    const reading = await this.server.ask(protocol.compare, { textDocument: { uri: this.server.uri(document) } });
    if (reading) await this.show(reading);
    else void vscode.window.showInformationMessage(t('Nothing has changed since the file was saved.'));
  }

  /** Translates the keywords of the open file to the other language. */
  async translate(to?: 'da' | 'en'): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    const chosen = to ?? (await this.chooseLanguage());
    if (!chosen) return;
    const version = editor.document.version;
    const edits = await this.server.ask(protocol.translate, { textDocument: { uri: this.server.uri(editor.document) }, language: chosen });
    if (!edits || editor.document.version !== version) {
      void vscode.window.showWarningMessage(t('The file could not be translated. It must be free of errors first.'));
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.set(
      editor.document.uri,
      edits.map((it) => new vscode.TextEdit(new vscode.Range(it.range.start.line, it.range.start.character, it.range.end.line, it.range.end.character), it.newText)),
    );
    await vscode.workspace.applyEdit(edit);
  }

  private async chooseLanguage(): Promise<'da' | 'en' | undefined> {
    const items: { label: string; language: 'da' | 'en' }[] = [
      { label: 'Dansk', language: 'da' },
      { label: 'English', language: 'en' },
    ];
    const chosen = await vscode.window.showQuickPick(language() === 'da' ? items : items.reverse(), { placeHolder: t('The language of the keywords') });
    return chosen?.language;
  }

  private cursor(): protocol.At | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && editor.document.languageId === 'regel' ? this.server.place(editor.document, editor.selection.active) : undefined;
  }

  private async show(reading: protocol.Reading): Promise<void> {
    const title = reading.title.replace(/[/\\]/g, ' ');
    const markdown = reading.language === undefined || reading.language === 'markdown';
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.${markdown ? 'md' : reading.language}` });
    this.texts.delete(uri.toString());
    this.texts.set(uri.toString(), reading.text);
    for (const old of [...this.texts.keys()].slice(0, -MOST)) this.texts.delete(old);
    this.change.fire(uri);
    if (markdown) await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    else await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.change.dispose();
  }
}
