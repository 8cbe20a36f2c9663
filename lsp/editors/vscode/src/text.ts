// The texts that the extension itself shows, in Danish and English.
//
// VS Code has no Danish language pack, so the language is a setting and not only VS Code's own.

import * as vscode from 'vscode';
import danish from '../l10n/bundle.l10n.da.json';

const texts: Record<string, string> = danish;

export type Language = 'da' | 'en';

/** The language of messages: the setting, or else Danish if VS Code is in Danish, or else English. */
export function language(): Language {
  const chosen = vscode.workspace.getConfiguration('hjemmel').get<string>('language');
  if (chosen === 'da' || chosen === 'en') return chosen;
  return vscode.env.language.toLowerCase().startsWith('da') ? 'da' : 'en';
}

/** `english` in the language of messages, with `{0}`, `{1}` … filled in. */
export function t(english: string, ...values: (string | number)[]): string {
  const text = language() === 'da' ? (texts[english] ?? english) : english;
  return text.replace(/\{(\d+)\}/g, (all, index: string) => String(values[Number(index)] ?? all));
}

const MONTHS: Record<Language, string[]> = {
  da: ['januar', 'februar', 'marts', 'april', 'maj', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'december'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};

/** `2017-01-04` as a rule file writes it. */
export function day(iso: string): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso) ?? [];
  const name = MONTHS[language()][Number(month) - 1];
  if (!name) return iso;
  return language() === 'da' ? `${Number(date)}. ${name} ${year}` : `${Number(date)} ${name} ${year}`;
}

/** A day as people write it (`4. januar 2017`, `4 January 2017`, `2017-01-04`, `4.1.2017`), or nothing if it is none. */
export function parseDay(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  let parts: (string | number | undefined)[] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain)?.slice(1) ?? [];
  if (parts.length === 0) {
    const written = /^(\d{1,2})[.\-/ ]\s*([\p{L}]+|\d{1,2})[.\-/ ]\s*(\d{4})$/u.exec(plain);
    if (!written) return undefined;
    const [, date, month, year] = written;
    const named = [...MONTHS.da, ...MONTHS.en.map((it) => it.toLowerCase())].indexOf(month ?? '');
    parts = [year, named < 0 ? month : (named % 12) + 1, date];
  }
  const [year, month, date] = parts.map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const made = new Date(Date.UTC(year, month - 1, date));
  const real = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return real && 1900 <= year && year <= 2199 ? made.toISOString().slice(0, 10) : undefined;
}
