import { hash } from 'node:crypto';

/** 22 characters of base64url are 132 bits: two bodies with one tag are not to be met by accident. */
const TAG_LENGTH = 22;

/** The strong entity tag of a representation: a hash of its bytes, so equal bodies have equal tags everywhere. */
export function entityTagOf(body: string | Buffer): string {
  return `"${hash('sha256', body, 'base64url').slice(0, TAG_LENGTH)}"`;
}
