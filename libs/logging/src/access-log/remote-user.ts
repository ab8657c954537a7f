const BASIC = /^ *basic +([\w.~+/-]+=*) *$/i;

/** The name in the `Authorization: Basic …` of a request. The password is never looked at. */
export function remoteUser(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [, encoded] = BASIC.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64').toString();
  const end = credentials.indexOf(':');
  // Without a colon it is no name, and may well be the secret itself.
  return end === -1 ? undefined : credentials.slice(0, end);
}
