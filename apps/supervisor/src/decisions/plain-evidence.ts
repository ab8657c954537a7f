/** A stack with its causes and more; a thousand decisions are kept in memory. */
const MAX_EVIDENCE_LENGTH = 32_768;
const MAX_SENTENCE_LENGTH = 2048;
/** What is left of long texts and lists where the whole is too much. */
const SHORT_TEXT_LENGTH = 1024;
const SHORT_LIST_LENGTH = 20;

/**
 * A copy as plain JSON data of at most 32 KiB, whatever was passed: in fields that are too long, texts and lists are shortened; fields
 * that refer to themselves become a text; those for which there is no room are named in `leftOut`.
 */
export function plainEvidence(evidence: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: [name: string, value: unknown][] = [];
  const leftOut: string[] = [];
  let roomLeft = MAX_EVIDENCE_LENGTH;
  for (const [name, value] of Object.entries(evidence)) {
    const json = shortJson(value, roomLeft - name.length);
    if (json === undefined) continue;
    if (json.length + name.length > roomLeft) leftOut.push(shorten(name, 64));
    else {
      roomLeft -= json.length + name.length;
      kept.push([name, JSON.parse(json)]);
    }
  }
  if (leftOut.length > 0) kept.push(['leftOut', leftOut.slice(0, SHORT_LIST_LENGTH)]);
  return Object.fromEntries(kept);
}

/** Bounded to what a person reads. */
export function sentence(text: string): string {
  return shorten(text, MAX_SENTENCE_LENGTH);
}

function shortJson(value: unknown, maxLength: number): string | undefined {
  const json = tryJson(value);
  return json === undefined || json.length <= maxLength ? json : tryJson(value, shortenPart);
}

/** Undefined for what JSON leaves out, such as functions. */
function tryJson(value: unknown, replacer?: (name: string, part: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replacer);
  } catch (error) {
    return JSON.stringify(`cannot be told: ${shorten(String(error), 200)}`);
  }
}

function shortenPart(_name: string, part: unknown): unknown {
  if (typeof part === 'string') return shorten(part, SHORT_TEXT_LENGTH);
  return Array.isArray(part) ? part.slice(0, SHORT_LIST_LENGTH) : part;
}

function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}… (${text.length} characters)`;
}
