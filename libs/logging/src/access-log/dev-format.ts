import { compileFormat, type Format } from './compile-format.js';
import { statusOf } from './exchange.js';
import type { Token } from './tokens.js';

const [NONE, GREEN, CYAN, YELLOW, RED] = [0, 32, 36, 33, 31];
const COLOUR_OF_CLASS = [NONE, NONE, GREEN, CYAN, YELLOW, RED];

/** Morgan's `dev`, the colour of the status by its class: green, cyan, yellow, red. */
export function devFormat(colours: boolean, tokens: ReadonlyMap<string, Token>): Format {
  if (!colours) return compileFormat(':method :url :status :response-time ms - :res[content-length]', tokens);
  const byClass = COLOUR_OF_CLASS.map((colour) =>
    compileFormat(
      `\x1b[0m:method :url \x1b[${colour}m:status\x1b[0m :response-time ms - :res[content-length]\x1b[0m`,
      tokens,
    ),
  );
  return (request, reply) => byClass[Math.floor(statusOf(reply) / 100)]!(request, reply);
}
