import { Module } from '@nestjs/common';
import { ProcessGuard } from '@evernest/process-guard';
import { EventStream } from './event-stream.js';

/** The one stream of events: others publish to it, `GET /events` reads from it. It ends when the process begins to drain. */
@Module({
  providers: [
    {
      provide: EventStream,
      inject: [ProcessGuard],
      useFactory: ({ drainSignal }: ProcessGuard) => {
        const events = new EventStream();
        drainSignal.addEventListener('abort', () => events.end(), { once: true });
        return events;
      },
    },
  ],
  exports: [EventStream],
})
export class EventsModule {}
