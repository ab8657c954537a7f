import { redactText } from './redaction.js';

describe('redactText', () => {
  it.each([
    ['bearer\tabc', 'bearer [redacted]'],
    ['login with Basic dXNlcjpwYXNz', 'login with Basic [redacted]'],
    ['sent eyJhbGciOi.eyJzdWIi.c2lnbmF0 to x', 'sent [redacted] to x'],
    ['postgres://user:pass@host/db', 'postgres://[redacted]@host/db'],
    ['postgres://user:p@ss/w?rd@host:5432/db', 'postgres://[redacted]@host:5432/db'],
    ['postgres://user:token=abc@host', 'postgres://[redacted]@[redacted]'],
    ['https://u:p@host/x?token=a@b', 'https://[redacted]@[redacted]'],
    ['https://ghp_token@host/x', 'https://[redacted]@host/x'],
    ['a://tok@h,b://user:pass@h', 'a://[redacted]@h,b://[redacted]@h'],
    ['no pool for redis://:pass@host', 'no pool for redis://[redacted]@host'],
  ])('masks what looks like a secret in %j', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it.each([
    ['password=hunter2 for jane', 'password=[redacted] for jane'],
    ['password: hunter2, user: jane', 'password: [redacted] user: jane'],
    ['api key: abc d', 'api key: [redacted] d'],
    ['token => abc', 'token => [redacted]'],
    ['secret.js=abc token.js:abc', 'secret.js=[redacted] token.js:[redacted]'],
    ['token: Bearer abc d', 'token: [redacted] d'],
    ['Authorization: Bearer abc.def==', 'Authorization: [redacted]'],
    ['Authorization: Digest a="b", c=d\nHost: x', 'Authorization: [redacted]\nHost: x'],
    ['Cookie: a=b; c=d\r\nHost: x', 'Cookie: [redacted]\r\nHost: x'],
    ["{ cookie: 'a=b; c=d', n: 1 }", "{ cookie: '[redacted]', n: 1 }"],
    ['<password>abc</password>', '<password>[redacted]</password>'],
  ])('masks what has the name of a secret in %j', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it.each([
    ['{"password":"x","n":1}', '{"password":"[redacted]","n":1}'],
    ['{"password" : "x\\"y\\\\","n":1}', '{"password" : "[redacted]","n":1}'],
    ['{"pin":1,"token":12345,"n":1}', '{"pin":1,"token":[redacted],"n":1}'],
    ['{"tokens":["a]b","c"],"n":[1]}', '{"tokens":[redacted],"n":[1]}'],
    ['{"secret":{"a":{"b":"}"}},"n":1}', '{"secret":[redacted],"n":1}'],
    [
      String.raw`{"body":"{\"password\":\"x y\",\"n\":1}"}`,
      String.raw`{"body":"{\"password\":\"[redacted]\",\"n\":1}"}`,
    ],
    [String.raw`"{\"token\":\"a\\\"b\",\"n\":1}"`, String.raw`"{\"token\":\"[redacted]\",\"n\":1}"`],
    ['{"password":"cut off in the mid', '{"password":"[redacted]'],
    ['{"tokens":["cut off", "in', '{"tokens":[redacted]'],
  ])('masks the values of secrets in the JSON text %s', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it.each([
    ['/x?token=abc&page=2', '/x?token=[redacted]&page=2'],
    ['GET /x?a=b&password=x&page=2 failed', 'GET /x?a=b&password=[redacted]&page=2 failed'],
    ['/cb#access_token=abc&state=1', '/cb#access_token=[redacted]&state=1'],
    ['/x?p%61ssword=abc&n=1', '/x?p%61ssword=[redacted]&n=1'],
    ['/x?%74%6F%6b%65%6e=abc', '/x?%74%6F%6b%65%6e=[redacted]'],
    ['/x?user[password]=abc&n=1', '/x?user[password]=[redacted]&n=1'],
    ['/x?user%5Bpassword%5D=abc&n=1', '/x?user%5Bpassword%5D=[redacted]&n=1'],
    ['/x?authorization=abc&n=1', '/x?authorization=[redacted]&n=1'],
    ['/x?next=https%3A%2F%2Fh%3Ftoken%3Dabc&n=1', '/x?next=https%3A%2F%2Fh%3Ftoken%3D[redacted]&n=1'],
    ['/x?body=%7B%22password%22%3A%22x%22%7D&n=1', '/x?body=%7B%22password%22%3A[redacted]&n=1'],
  ])('masks the values of secrets in the query of %s', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it.each([
    'http://127.0.0.1:3000/books?author=a@b',
    'file:///app/node_modules/@nestjs/core/index.js:7:1',
    'mail a@b.c about http://host:80/x',
    'at verify (file:///app/auth/token.service.js:12:3)',
    'basic authentication failed, bearer',
    'passed: 3, author: Jane, compass=north',
    '/tokens?page=2',
    '/x?next=%2Ftokens%3Fpage%3D2',
    'password=',
    '{"password":"","n":1}',
    '100%done %s %d %',
  ])('leaves %j as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('leaves what it masked before as it is', () => {
    const text = 'password=a {"token":"b","cookie":["c"]} Bearer d postgres://e:f@host Cookie: g';
    expect(redactText(redactText(text))).toBe(redactText(text));
  });

  const parts =
    '://a:|://|bearer |bearer|:|@|://@|basic |eyJ|eyJa.|%|%3D|%2574=|a |token=|token="|token="\\|token:[|{"token":|[|"|\\|' +
    '\\"|api |key :|token=</';
  it.each(parts.split('|'))('masks a long row of %j in time', (part) => {
    const row = part.repeat(100_000 / part.length);
    const began = process.cpuUsage();
    for (const before of ['', '@', '"token":[', 'token=']) redactText(`${before}${row}@`);
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
  });
});
