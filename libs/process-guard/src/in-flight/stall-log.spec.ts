import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StallLog } from './stall-log.js';

let nowMs: number;
let lines: unknown[];
beforeEach(() => {
  nowMs = 0;
  lines = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(line));
});

const reply = {
  request: { id: 'r-1', method: 'GET', originalUrl: '/books/7?x=1', routeOptions: { url: '/books/:id' } },
} as unknown as FastifyReply;

describe('the log of stalls', () => {
  it('names how long, and the request with its route', () => {
    new StallLog(() => nowMs).note({ stalledForMs: 312.4, cpuMs: 310 }, reply);
    expect(lines).toEqual([
      {
        message: 'the event loop stood still for 312 ms in GET /books/:id',
        stalledForMs: 312,
        cpuMs: 310,
        untold: 0,
        requestId: 'r-1',
        method: 'GET',
        route: '/books/:id',
      },
    ]);
  });

  it('says so if the process was suspended', () => {
    new StallLog(() => nowMs).note({ stalledForMs: 5000, cpuMs: 3 }, undefined);
    expect(lines).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/5000 ms without computing: suspended/) }),
    ]);
  });

  it('has one line a second, which counts those that were left out', () => {
    const log = new StallLog(() => nowMs);
    for (nowMs = 0; nowMs <= 1000; nowMs += 200) log.note({ stalledForMs: 200, cpuMs: 200 }, undefined);
    expect(lines).toEqual([expect.objectContaining({ untold: 0 }), expect.objectContaining({ untold: 4 })]);
  });
});
