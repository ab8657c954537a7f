/** It was not taken. The message never holds the address, which may be a secret. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
}

/** Where alerts are posted to. */
export class Webhook {
  private readonly address: URL;
  private readonly headers: Record<string, string> = { 'content-type': 'application/json' };

  /** @throws WebhookError if the URL is none, or not of HTTP. */
  constructor(
    url: string,
    private readonly timeoutMs: number,
  ) {
    if (!URL.canParse(url) || !/^https?:/i.test(url)) {
      throw new WebhookError('the address of the webhook is not a URL that begins with https:// or http://');
    }
    this.address = new URL(url);
    const { username, password } = this.address;
    if (!username && !password) return;
    // `fetch` refuses them in the URL.
    const credentials = `${decoded(username)}:${decoded(password)}`;
    this.headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
    this.address.username = '';
    this.address.password = '';
  }

  /** @throws WebhookError if it was not taken with a 2xx in time. */
  async post(body: string, signal: AbortSignal): Promise<void> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.timeoutMs);
    try {
      const response = await fetch(this.address, {
        method: 'POST',
        headers: this.headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, deadline.signal]),
      });
      await response.body?.cancel();
      if (!response.ok) throw new WebhookError(`it answered ${response.status}`);
    } catch (error) {
      if (error instanceof WebhookError) throw error;
      throw new WebhookError(
        deadline.signal.aborted ? `no answer within ${this.timeoutMs} ms` : codeOf(error),
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

/** `fetch` hides the reason in the cause, and its messages can hold the address. */
function codeOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string; name?: string } };
  return cause?.code ?? cause?.name ?? name ?? 'it failed';
}

/** As it stands, if it is not encoded in the way of URLs. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
