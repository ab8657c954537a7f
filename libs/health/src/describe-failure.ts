import { ProbeFailure } from './probe.js';
import { publicDetails } from './public-details.js';

/** `ECONNREFUSED`, `SQLITE_BUSY`, `57P03`: shorter and stricter than anything that could hold a secret. */
const CODE = /^[A-Z0-9_]{3,40}$/;
const CLASS_NAME = /^[A-Za-z][A-Za-z0-9]{0,59}$/;

/**
 * What the public may know of a failed check. Messages of drivers contain hosts, users, connection strings and SQL, so
 * of anything but a {@link ProbeFailure} only its code, or else its class, is told.
 */
export function describeFailure(thrown: unknown): Record<string, unknown> {
  try {
    if (thrown instanceof ProbeFailure) return { ...publicDetails(thrown.details), message: thrown.message };
    const name = codeOf(thrown) ?? classOf(thrown);
    return { message: name ? `The check failed: ${name}.` : 'The check failed.' };
  } catch {
    // Getters and proxies may throw as well, and JSON cannot say everything.
    return { message: 'The check failed.' };
  }
}

function codeOf(thrown: unknown): string | undefined {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' && CODE.test(code) ? code : undefined;
}

function classOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { name } = thrown.constructor;
  return CLASS_NAME.test(name) ? name : undefined;
}
