import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStream } from '../events/event-stream.js';
import { ApiOps } from './openapi.js';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would collect the events until a buffer is full.
  'x-accel-buffering': 'no',
};

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventStream) {}

  @Get()
  @ApiOps('Follow what happens')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last event that was got: all that followed it comes first, or the event `reset`.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    schema: { type: 'string' },
    description: 'Server-sent events: `decision`, `progress`, `worker`, `alarm`, and `reset`.',
  })
  follow(
    @Req() { method }: FastifyRequest,
    @Res() reply: FastifyReply,
    @Headers('last-event-id') lastEventId?: string,
  ): void {
    void reply.headers(HEADERS);
    // The answer to HEAD has no body, and nobody would ever end the stream.
    void reply.send(method === 'HEAD' ? '' : this.events.open(lastEventId));
  }
}
