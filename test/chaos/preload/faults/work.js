import { pbkdf2Sync } from 'node:crypto';

/** What a request computes before it is handled; the same amount on any processor. */
export default function work(rounds) {
  pbkdf2Sync('password', 'salt', Number(rounds), 32, 'sha256');
}
