import type { FastifyInstance } from 'fastify';

/** JSON of a `Content` that is ready to be sent: where the database makes it, nothing has to read and write it again. */
export class JsonText<Content> {
  /** Never there: it tells the compiler the text of one thing from that of another. */
  declare readonly content?: Content;

  constructor(readonly text: string) {}
}

/** Lets handlers answer with a {@link JsonText}. To be called before there are routes. */
export function registerJsonTexts(fastify: FastifyInstance): void {
  fastify.setReplySerializer((payload) =>
    payload instanceof JsonText ? payload.text : JSON.stringify(payload),
  );
}
