// Where the program `hjemmel` is. Never in the workspace because the workspace says so.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';

const NAME = process.platform === 'win32' ? 'hjemmel.exe' : 'hjemmel';

/** The program: the user's setting, else the one packed with the extension, else on PATH. Always a full path. */
export function findProgram(context: vscode.ExtensionContext): string | undefined {
  const inspected = vscode.workspace.getConfiguration('hjemmel').inspect<string>('program');
  // The setting is of the machine; a value from a workspace would not count even if VS Code let it through.
  const set = (inspected?.globalValue ?? '').trim();
  if (set) return isProgram(expand(set)) ? expand(set) : undefined;
  const packed = context.asAbsolutePath(path.join('server', NAME));
  if (isProgram(packed)) return packed;
  // Looked up here, not by the system: some look in the current folder first.
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  folders.push(path.join(os.homedir(), '.cargo', 'bin'));
  return folders.map((folder) => path.join(folder, NAME)).find(isProgram);
}

function expand(set: string): string {
  return set === '~' || set.startsWith('~/') ? path.join(os.homedir(), set.slice(1)) : set;
}

function isProgram(file: string): boolean {
  if (!path.isAbsolute(file)) return false;
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
