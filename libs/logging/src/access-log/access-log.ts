import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessLogFormat, usesAnswerTime } from './access-log-format.js';
import {
  resolveAccessLogOptions,
  type AccessLogOptions,
  type ResolvedAccessLogOptions,
} from './access-log-options.js';
import type { Format } from './compile-format.js';
import { isFinished, statusOf } from './exchange.js';

/** Decides which requests get a line, and writes it. It never throws into the request. */
export class AccessLog {
  private readonly options: ResolvedAccessLogOptions;
  private readonly format: Format;

  constructor(options: AccessLogOptions, answeredAfterMs: (reply: FastifyReply) => number | undefined) {
    this.options = resolveAccessLogOptions(options);
    this.format = accessLogFormat(this.options, { ...this.options, answeredAfterMs });
  }

  /** Whether lines tell when an answer began. */
  get needsAnswerTime(): boolean {
    return usesAnswerTime(this.options.format);
  }

  log(request: FastifyRequest, reply: FastifyReply): void {
    try {
      if (this.isLeftOut(request, reply)) return;
      this.options.write(`${this.format(request, reply)}\n`);
    } catch {
      // It costs the line, not the request.
    }
  }

  private isLeftOut(request: FastifyRequest, reply: FastifyReply): boolean {
    const { skip, sampleRate } = this.options;
    if (skip && isSkipped(skip, request, reply)) return true;
    return sampleRate < 1 && isSuccess(reply) && Math.random() >= sampleRate;
  }
}

function isSkipped(
  skip: NonNullable<AccessLogOptions['skip']>,
  request: FastifyRequest,
  reply: FastifyReply,
): boolean {
  try {
    return skip(request, reply);
  } catch {
    return false;
  }
}

function isSuccess(reply: FastifyReply): boolean {
  return statusOf(reply) < 400 && isFinished(reply);
}
