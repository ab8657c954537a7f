/**
 * Whether a URL is one of these paths or below it: `/health` covers `/health`, `/health/live` and `/health?full`, and
 * not `/healthy`.
 * @throws Error for a path that does not begin with `/`, or ends with it, as `/` alone does: that would be everything.
 */
export function pathMatcher(prefixes: readonly string[]): (url: string) => boolean {
  for (const prefix of prefixes) {
    if (!/^\/.*[^/]$/.test(prefix)) {
      throw new Error(
        `a path that is never shed must begin with / and not end with it, and one is ${prefix}`,
      );
    }
  }
  return (url) => prefixes.some((prefix) => url.startsWith(prefix) && isSegmentEnd(url[prefix.length]));
}

function isSegmentEnd(next: string | undefined): boolean {
  return next === undefined || next === '/' || next === '?' || next === '#';
}
