import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A token of the application's own, such as `:tenant`; it is a field of that name in the JSON form. Nothing, and a
 * throw, becomes `-`, in JSON no field.
 * @param argument what stands in brackets: `short` in `:tenant[short]`
 */
export type CustomToken = (
  request: FastifyRequest,
  reply: FastifyReply,
  argument?: string,
) => string | number | undefined;

/** The value as text, whatever the token does. */
export function readCustomToken(
  token: CustomToken,
  request: FastifyRequest,
  reply: FastifyReply,
  argument?: string,
): string | undefined {
  try {
    return token(request, reply, argument)?.toString();
  } catch {
    return undefined;
  }
}
