import { redactText } from './redaction.js';
import { isSecretName } from './secret-names.js';

describe('isSecretName', () => {
  it.each(
    (
      'authorization Proxy-Authorization cookie set-cookie password dbPasswd client_secret ' +
      'accessToken WRITE_TOKENS x-api-key api.key apikey rawHeaders'
    ).split(' '),
  )('%s names a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['author', 'authorIds', 'title', 'key', 'requestId', 'path'])('%s names none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('redactText', () => {
  it.each([
    ['Authorization: Bearer abc.def==', 'Authorization: [redacted]'],
    ['bearer\tabc', 'bearer [redacted]'],
    ['postgres://user:pass@host/db', 'postgres://[redacted]@host/db'],
    ['postgres://user:p@ss/w?rd@host:5432/db', 'postgres://[redacted]@host:5432/db'],
    ['https://ghp_token@host/x', 'https://[redacted]@host/x'],
    ['a://tok@h,b://user:pass@h', 'a://[redacted]@h,b://[redacted]@h'],
    ['no pool for redis://:pass@host', 'no pool for redis://[redacted]@host'],
  ])('masks the secret in %j', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it.each([
    'http://127.0.0.1:3000/books?author=a@b',
    'file:///app/node_modules/@nestjs/core/index.js:7:1',
    'mail a@b.c about http://host:80/x',
  ])('leaves %j as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it.each(['://a:', '://', 'bearer ', 'bearer', ':', '@', '://@'])(
    'masks a long row of %j quickly',
    (part) => {
      const began = performance.now();
      redactText(part.repeat(50_000));
      redactText(`@${part.repeat(50_000)}`);
      redactText(`${part.repeat(50_000)}@`);
      expect(performance.now() - began).toBeLessThan(1000);
    },
  );
});
