// Declarations to fill in, offered where one may begin, in the language of the file. A running server offers its own.
// The same skeletons stand behind VS Code's command "Insert Snippet".

import * as vscode from 'vscode';
import danish from '../snippets/da.json';
import english from '../snippets/en.json';
import type { Server } from './client';
import { language } from './text';

interface Skeleton {
  description: string;
  body: string[];
}

const ALL: Record<'da' | 'en', Skeleton[]> = { da: Object.values(danish), en: Object.values(english) };

export class Skeletons implements vscode.CompletionItemProvider {
  constructor(private readonly server: Server) {}

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const before = document.lineAt(position).text.slice(0, position.character);
    if (this.server.running || !/^\p{L}*$/u.test(before)) return [];
    return ALL[languageOf(document)].map(({ description, body }) => {
      const item = new vscode.CompletionItem(keyword(body), vscode.CompletionItemKind.Snippet);
      item.detail = description;
      item.insertText = new vscode.SnippetString(body.join('\n'));
      return item;
    });
  }
}

/** The word that begins the declaration, below its summary. */
function keyword(body: string[]): string {
  return body.find((line) => !line.startsWith('>'))?.split(' ')[0] ?? '';
}

/** The language of the first declaration that has one, or else that of messages. */
function languageOf(document: vscode.TextDocument): 'da' | 'en' {
  const [da, en] = [ALL.da, ALL.en].map((all) => new Set(all.map((it) => keyword(it.body))));
  for (let line = 0; line < Math.min(document.lineCount, 2000); line++) {
    const word = /^\p{L}+/u.exec(document.lineAt(line).text)?.[0] ?? '';
    if (da?.has(word) !== en?.has(word)) return da?.has(word) ? 'da' : 'en';
  }
  return language();
}
