import { hash } from 'node:crypto';
import { isId } from '../http/id.js';

/** The sort values of the last row of a page; the last of them is its id. */
export type Position = readonly (number | string)[];

const CHECKSUM_LENGTH = 11;

/**
 * A position as an opaque token. `scope` is the query that it belongs to: the checksum covers both, so a cursor that
 * was edited, or taken from another query, is noticed. It guards against mistakes, not against secrets: a position
 * is nothing that a client may not see.
 */
export function encodeCursor(position: Position, scope: string): string {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${payload}.${checksum(payload, scope)}`;
}

/** @returns the position, or undefined when the token is not one that {@link encodeCursor} made for this scope. */
export function decodeCursor(cursor: string, scope: string, length: number): Position | undefined {
  const [payload, given, ...rest] = cursor.split('.');
  if (!payload || given !== checksum(payload, scope) || rest.length > 0) return undefined;
  const position = parse(Buffer.from(payload, 'base64url').toString());
  return isPosition(position, length) ? position : undefined;
}

function checksum(payload: string, scope: string): string {
  return hash('sha256', `${scope}\n${payload}`, 'base64url').slice(0, CHECKSUM_LENGTH);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isPosition(value: unknown, length: number): value is Position {
  if (!Array.isArray(value) || value.length !== length) return false;
  return isId(value.at(-1)) && value.slice(0, -1).every((part) => isSortText(part));
}

function isSortText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}
