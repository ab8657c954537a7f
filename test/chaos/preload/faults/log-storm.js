import { Logger } from '@nestjs/common';

const EVERY_MS = 20;
const LINES_AT_ONCE = 100;
const LINE = 'a line of a storm '.repeat(55);

/** So many megabytes of lines, at five a second, through the logger that the code itself uses. */
export default function logStorm(megabytes) {
  const logger = new Logger('Storm');
  let left = (Number(megabytes) * 1_000_000) / LINE.length;
  const storm = setInterval(() => {
    for (let line = 0; line < LINES_AT_ONCE; line += 1) logger.log(LINE);
    left -= LINES_AT_ONCE;
    if (left <= 0) clearInterval(storm);
  }, EVERY_MS).unref();
}
