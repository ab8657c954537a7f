import { boundedText, MAX_TEXT_LENGTH } from './bounded-text.js';

describe('boundedText', () => {
  it('shows a text that fits, and of others the beginning', () => {
    const text = 'x'.repeat(MAX_TEXT_LENGTH);
    expect(boundedText(text, MAX_TEXT_LENGTH)).toBe(text);
    expect(boundedText(`${text}y`, MAX_TEXT_LENGTH)).toBe(`${text}[truncated]`);
    expect(boundedText('x'.repeat(100_000), 10)).toBe(`${'x'.repeat(10)}[truncated]`);
  });

  it('shows a text that fits once it is masked', () => {
    expect(boundedText(`password=${'x'.repeat(1000)}`, 100)).toBe('password=[redacted]');
  });

  it('does not reveal a secret by cutting what gives it away, even where masking makes room for it', () => {
    for (const nearCut of [16_340, 24_500]) {
      for (let length = nearCut; length < nearCut + 100; length += 3) {
        const text = `password=${'x'.repeat(length)} https://user:abcdefghijkl@host`;
        expect(boundedText(text, MAX_TEXT_LENGTH)).not.toContain('abcd');
      }
    }
  });

  it('reads no more of ten megabytes than it needs', () => {
    const text = 'token=a '.repeat(1_250_000);
    const began = process.cpuUsage();
    for (let time = 0; time < 20; time += 1) boundedText(text, MAX_TEXT_LENGTH);
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
  });
});
