import { isSecretField, isSecretName } from './secret-names.js';

describe('isSecretName', () => {
  it.each(
    (
      'authorization Proxy-Authorization cookie set-cookie password dbPasswd pwd client_secret signature ' +
      'accessToken WRITE_TOKENS x-api-key api.key apikey AWSAccessKeyId sessionId csrf-token rawHeaders pass smtpPass DB_PASS'
    ).split(' '),
  )('%s names a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'author',
    'authorIds',
    'title',
    'key',
    'requestId',
    'path',
    'passed',
    'compass',
    'PASSED',
    'session',
  ])('%s names none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('isSecretField', () => {
  it('says the same when it is asked again, whatever came between', () => {
    for (let round = 0; round < 2; round += 1) {
      for (let other = 0; other < 1500; other += 1) {
        expect(isSecretField(`password${other}`)).toBe(true);
        expect(isSecretField(`title${other}`)).toBe(false);
      }
      expect(isSecretField('__proto__')).toBe(false);
    }
  });
});
