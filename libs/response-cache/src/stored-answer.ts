import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Encoding } from './accepted-encoding.js';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Made once and sent often, but beside requests that are waiting: above 5 its time rises steeply. */
const BROTLI_QUALITY = 5;
/** What an answer takes beside its bodies, of resident memory. Measured with 20,000 of them: 2.4 to 2.7 KiB (Node 20). */
const BYTES_BESIDE_BODIES = 2560;

export type Headers = Readonly<Record<string, string>>;

/** One form of an answer, ready to be sent. */
export interface AnswerForm {
  readonly status: 200 | 304;
  /** Those that tell of this form; they come on top of the answer's own. */
  readonly headers: Headers;
  /** null for a 304 */
  readonly body: Buffer | null;
}

/** A successful answer to GET, in all forms in which it was asked for. */
export class StoredAnswer {
  /** The most that it takes in memory, about: with every form. */
  readonly bytes: number;
  /** For whoever has it already. */
  readonly notModified: AnswerForm;
  private readonly plain: AnswerForm & { readonly body: Buffer };
  private readonly encoded: Map<Encoding, AnswerForm | Promise<AnswerForm>> | undefined;

  /**
   * @param headers what the answer says beside its type, length and tag, as names and values in turn
   */
  constructor(
    body: Buffer,
    contentType: string,
    readonly tag: string,
    readonly headers: readonly string[],
    compressFromBytes: number,
  ) {
    const isCompressible = body.length >= compressFromBytes;
    this.encoded = isCompressible ? new Map() : undefined;
    this.bytes = BYTES_BESIDE_BODIES + (isCompressible ? 3 : 1) * body.length;
    const validators: Headers = isCompressible ? { etag: tag, vary: 'accept-encoding' } : { etag: tag };
    this.notModified = { status: 304, headers: validators, body: null };
    this.plain = {
      status: 200,
      headers: { 'content-type': contentType, 'content-length': String(body.length), ...validators },
      body,
    };
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

  private async make(encoding: Encoding): Promise<AnswerForm> {
    const body = await compress(this.plain.body, encoding);
    if (body.length >= this.plain.body.length) return this.plain;
    const headers = { 'content-encoding': encoding, 'content-length': String(body.length) };
    return { status: 200, headers: { ...this.plain.headers, ...headers }, body };
  }
}

function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return compressGzip(body);
  return compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
