import { once } from 'node:events';
import { Readable } from 'node:stream';
import { Controller, Get, Query, Sse, StreamableFile, type MessageEvent } from '@nestjs/common';
import { ProcessGuard } from '@evernest/process-guard';
import { interval, map, takeUntil, type Observable } from 'rxjs';

@Controller()
export class StreamsController {
  constructor(private readonly guard: ProcessGuard) {}

  /** So many lines, the first at once, the rest when told. */
  @Get('stream')
  stream(@Query('lines') lines: string) {
    return new StreamableFile(Readable.from(linesOnCommand(Number(lines))));
  }

  /** Has no end of its own, so it ends when the worker leaves. */
  @Sse('events')
  events(): Observable<MessageEvent> {
    return interval(10).pipe(
      map((count) => ({ data: { count } })),
      takeUntil(this.guard.draining),
    );
  }
}

async function* linesOnCommand(count: number) {
  yield 'line 1\n';
  process.send?.('the stream has begun');
  await once(process, 'message');
  for (let line = 2; line <= count; line += 1) yield `line ${line}\n`;
}
