/** The encodings that bodies are offered in, the better one first. */
const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Browsers and libraries send a handful of different headers; whoever sends others costs time, and no memory. */
const MOST_REMEMBERED = 100;
/** Ten times what browsers send; nobody needs longer ones, and to read one takes as long as it is. */
const LONGEST_HEADER = 500;
const remembered = new Map<string, Encoding | undefined>();

/** The encoding that an `Accept-Encoding` asks for before others; undefined for a body as it is. */
export function acceptedEncoding(header: string | string[] | undefined): Encoding | undefined {
  if (typeof header !== 'string' || header.length > LONGEST_HEADER) return undefined;
  if (remembered.has(header)) return remembered.get(header);
  const encoding = preferred(header);
  if (remembered.size < MOST_REMEMBERED) remembered.set(header, encoding);
  return encoding;
}

function preferred(header: string): Encoding | undefined {
  const weights = new Map(header.toLowerCase().split(',').map(codingAndWeight));
  const weightOf = (encoding: Encoding) => weights.get(encoding) ?? weights.get('*') ?? 0;
  const [best] = ENCODINGS.toSorted((one, other) => weightOf(other) - weightOf(one));
  return best !== undefined && weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0)
    ? best
    : undefined;
}

/** RFC 9110, 12.5.3: `gzip;q=0.8`; without a weight it is 1, and what is no number counts as 0. */
function codingAndWeight(element: string): [string, number] {
  const [coding = '', ...parameters] = element.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [coding, weight === undefined ? 1 : Number(weight) || 0];
}
