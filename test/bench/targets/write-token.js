/** What the loan and return requests carry; only Evernest asks for it. */
export const WRITE_TOKEN = 'a-token-of-the-benchmark';
