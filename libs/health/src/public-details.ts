/** A copy of what a probe tells, as JSON will have it. @throws if JSON cannot say it, which so counts as a failed check. */
export function publicDetails(details: unknown): Record<string, unknown> {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return {};
  // Terminus keeps `status` for itself and throws when it is taken.
  const { status: _status, ...rest } = JSON.parse(JSON.stringify(details)) as Record<string, unknown>;
  return rest;
}
