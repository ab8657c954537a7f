import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../failure.js';

const TOKEN_BYTES = 32;

/** Creates `.env` with random tokens where there is none. Only its owner can read it. */
export function createDotEnv(root) {
  const file = join(root, '.env');
  if (existsSync(file)) return;
  const draft = join(root, `.env.${process.pid}.log`);
  try {
    writeFileSync(draft, contents(), { mode: 0o600, flag: 'wx' });
    // Unlike a rename, a link never replaces what another start has put there meanwhile.
    linkSync(draft, file);
    console.log(
      'Created .env with a token for writes, WRITE_TOKENS, and one for operators, OPS_TOKEN. To use them:\n' +
        '  . ./.env; curl -H "Authorization: Bearer $WRITE_TOKENS" …',
    );
  } catch (error) {
    if (error.code !== 'EEXIST') throw failure(`Cannot create ${file} (${error.code}).`, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

function contents() {
  return `# Evernest's settings on this machine; the README lists them. The real environment wins over this file.
# It holds secrets and is not under version control.

# Bearer tokens that may write, separated by commas. Without one, production refuses writes.
WRITE_TOKENS=${randomToken()}

# The bearer token of operators. Without it the supervisor answers health and nothing else; "npm run ops" reads it here.
OPS_TOKEN=${randomToken()}

# HOST=127.0.0.1
# PORT=3000
# OPS_PORT=9615
# LOG_LEVEL=info,BooksService=debug
# DATABASE_URL=postgres://user:password@127.0.0.1:5432/catalog
`;
}

function randomToken() {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}
