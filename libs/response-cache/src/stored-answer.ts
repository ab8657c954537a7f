import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Encoding } from './accepted-encoding.js';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Made once and sent often, but beside requests that are waiting: above 5 its time rises steeply. */
const BROTLI_QUALITY = 5;
/** What an answer takes beside its bodies, of resident memory. Measured with 20,000 of them: 1.2 to 1.4 KiB (Node 20). */
const BYTES_BESIDE_BODIES = 1408;

export type Headers = Readonly<Record<string, string>>;

/** One form of an answer, ready to be sent. */
export interface AnswerForm {
  readonly status: 200 | 304;
  /** Those that tell of this form; they come on top of the answer's own. */
  readonly headers: Headers;
  /** null for a 304 */
  readonly body: Buffer | null;
}

/**
 * A successful answer to GET, in all forms in which it was asked for. There are many thousands, so it holds only what tells it
 * from others.
 */
export class StoredAnswer {
  private readonly encoded: Map<Encoding, AnswerForm | Promise<AnswerForm>> | undefined;

  /** @param headers what the answer says beside its type, length and tag, as names and values in turn */
  constructor(
    private readonly body: Buffer,
    private readonly contentType: string,
    readonly tag: string,
    readonly headers: readonly string[],
    compressFromBytes: number,
  ) {
    this.encoded = body.length >= compressFromBytes ? new Map() : undefined;
  }

  /** The most that it takes in memory, about: with every form. */
  get bytes(): number {
    return BYTES_BESIDE_BODIES + (this.encoded ? 3 : 1) * this.body.length;
  }

  /** For whoever has it already. */
  get notModified(): AnswerForm {
    return { status: 304, headers: this.validated({}), body: null };
  }

  /** The body as it was made, or in an encoding, if that is worth it; a promise while that form is being made. */
  as(encoding: Encoding | undefined): AnswerForm | Promise<AnswerForm> {
    if (encoding === undefined || this.encoded === undefined) return this.plain;
    const made = this.encoded.get(encoding);
    if (made) return made;
    const making = this.make(encoding).catch(() => this.plain);
    this.encoded.set(encoding, making);
    void making.then((form) => this.encoded?.set(encoding, form));
    return making;
  }

  private get plain(): AnswerForm {
    return this.form(this.body);
  }

  private async make(encoding: Encoding): Promise<AnswerForm> {
    const body = await compress(this.body, encoding);
    if (body.length >= this.body.length) return this.plain;
    const { headers } = this.form(body);
    return { status: 200, headers: { ...headers, 'content-encoding': encoding }, body };
  }

  private form(body: Buffer): AnswerForm {
    const described = { 'content-type': this.contentType, 'content-length': String(body.length) };
    return { status: 200, headers: this.validated(described), body };
  }

  private validated(headers: Record<string, string>): Headers {
    headers['etag'] = this.tag;
    if (this.encoded) headers['vary'] = 'accept-encoding';
    return headers;
  }
}

function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return compressGzip(body);
  return compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
