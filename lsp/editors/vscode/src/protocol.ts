// What the extension and the server say to each other beyond the Language Server Protocol.
// Described in ../../PROTOCOL.md.

import { NotificationType, RequestType, type Position, type Range, type TextDocumentIdentifier, type TextEdit } from 'vscode-languageclient/node';

/** A place in a document. */
export interface At {
  textDocument: TextDocumentIdentifier;
  position: Position;
}

/** What came of one line of `så`. */
export interface ExampleLine {
  range: Range;
  passed: boolean;
  expected: string;
  /** What the rules say instead. */
  actual?: string;
}

/** What came of an example. */
export interface Example {
  title: string;
  range: Range;
  /** `null` if it could not be run, because a rule has an error. */
  passed: boolean | null;
  lines: ExampleLine[];
}

/** The examples of a file. */
export interface ExampleFile {
  uri: string;
  examples: Example[];
}

/** Some days on which the answer of a rule is the same. */
export interface Run {
  from: string;
  /** The last day; `null` if it does not end. */
  to: string | null;
  state: string;
  basis?: string[];
  due?: string | null;
  missing?: string[];
}

/** The answers of one rule. */
export interface RuleTimeline {
  name: string;
  title?: string;
  kind?: string;
  runs: Run[];
  /** Where the rule stands. */
  location?: { uri: string; range: Range };
}

/** The timelines of a case. */
export interface Timelines {
  title: string;
  rules: RuleTimeline[];
}

/** A text to be read. */
export interface Reading {
  title: string;
  /** Markdown, unless `language` says otherwise. */
  text: string;
  language?: string;
}

export const examples = new RequestType<{ textDocument?: TextDocumentIdentifier }, ExampleFile[], void>('hjemmel/examples');
export const timelines = new RequestType<At, Timelines | null, void>('hjemmel/timelines');
export const explain = new RequestType<At, Reading | null, void>('hjemmel/explain');
export const compare = new RequestType<{ textDocument: TextDocumentIdentifier }, Reading | null, void>('hjemmel/compare');
export const translate = new RequestType<{ textDocument: TextDocumentIdentifier; language: 'da' | 'en' }, TextEdit[] | null, void>('hjemmel/translate');
export const lawDate = new RequestType<{ date: string | null }, { date: string | null }, void>('hjemmel/lawDate');
/** The server: the outcome of some example may have changed. */
export const outcomesChanged = new NotificationType<Record<string, never>>('hjemmel/outcomesChanged');
