import { stripVTControlCharacters } from 'node:util';

/** Control characters of Unicode but the line feed, other line ends, and marks that reorder a text. */
const CONTROLS = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Takes away what could command a terminal or reorder a text. Lines and what the text says stay. */
export function stripControls(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\t', ' ').replaceAll(CONTROLS, '');
}

/** The same, and no line ends: a value cannot pass for a line of ours. */
export function oneLine(text: string): string {
  return stripControls(text.replaceAll(/\s*[\n\r]\s*/g, ' ')).trim();
}
