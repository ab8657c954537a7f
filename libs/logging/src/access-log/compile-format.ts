import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reader, Token } from './tokens.js';

/** Puts an exchange into a line, without the line's end. */
export type Format = (request: FastifyRequest, reply: FastifyReply) => string;

/** Morgan's pattern: `:name`, or `:name[argument]`. */
const TOKEN = /:([-\w]{2,})(?:\[([^\]]+)\])?/g;

/**
 * Turns `:method :url …` into a function once, so that a line costs no look at the format.
 * @throws Error naming a token that is not known or an argument that it does not take.
 */
export function compileFormat(format: string, tokens: ReadonlyMap<string, Token>): Format {
  const parts: { before: string; read: Reader }[] = [];
  let end = 0;
  for (const { 0: written, 1: name = '', 2: argument, index } of format.matchAll(TOKEN)) {
    parts.push({
      before: format.slice(end, index),
      read: readerOf(written, tokens.get(name), argument, tokens),
    });
    end = index + written.length;
  }
  const after = format.slice(end);
  return (request, reply) => {
    let line = '';
    for (const { before, read } of parts) line += before + (read(request, reply) || '-');
    return line + after;
  };
}

function readerOf(
  written: string,
  token: Token | undefined,
  argument: string | undefined,
  tokens: ReadonlyMap<string, Token>,
): Reader {
  if (!token) {
    const known = [...tokens.keys()].map((name) => `:${name}`).join(' ');
    throw new Error(`Access log format: "${written}" is not a token; it knows ${known}.`);
  }
  try {
    return token(argument);
  } catch (error) {
    throw new Error(`Access log format: "${written}" ${(error as Error).message}.`, { cause: error });
  }
}
