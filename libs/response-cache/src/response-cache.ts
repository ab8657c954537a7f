import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptedEncoding } from './accepted-encoding.js';
import { AnswerStore } from './answer-store.js';
import { isCachedResponse } from './cached-response.js';
import { fastifyOf } from './fastify-of.js';
import { Flights, type Flight } from './flights.js';
import { mayShare } from './may-share.js';
import { RESPONSE_CACHE_OPTIONS, type ResponseCacheOptions } from './response-cache-options.js';
import { sendAnswer, takeForm } from './send-answer.js';
import type { ReplyHeaders } from './reply-headers.js';
import { storableAnswer } from './storable-answer.js';
import type { AnswerForm, StoredAnswer } from './stored-answer.js';

/** What the cache has done since the process started, and what it holds now. */
export interface ResponseCacheFigures {
  /** Requests answered without their handler, those that waited for another's answer included. */
  readonly hits: number;
  /** Requests whose handler had to answer. */
  readonly misses: number;
  /** Those that the cache kept out of: with authorization, with `no-cache`, or while nobody knows what has changed. */
  readonly bypasses: number;
  readonly answers: number;
  readonly bytes: number;
}

/** On the reply whose answer others are to have. */
const LEAD = Symbol('evernest.response-cache.lead');
type LeadingReply = FastifyReply & { [LEAD]?: Lead | undefined };

interface Lead {
  readonly flight: Flight;
  /** Those that the reply had before its handler. */
  readonly headersBefore: ReplyHeaders;
}

/** Answers the routes of `@CachedResponse()`: what was answered before is answered again, until something changes. */
@Injectable()
export class ResponseCache {
  private readonly store: AnswerStore;
  private readonly flights = new Flights();
  private hits = 0;
  private misses = 0;
  private bypasses = 0;

  constructor(
    @Inject(RESPONSE_CACHE_OPTIONS) private readonly options: Required<ResponseCacheOptions>,
    host: HttpAdapterHost,
  ) {
    this.store = new AnswerStore(options.maxBytes);
    if (options.maxBytes === 0) return;
    // Nest's test module has no server yet when it makes its providers, and an application context never has one.
    if (host.httpAdapter) this.watch(fastifyOf(host));
    else host.init$.subscribe(() => this.watch(fastifyOf(host)));
  }

  get figures(): ResponseCacheFigures {
    const { hits, misses, bypasses, store } = this;
    return { hits, misses, bypasses, answers: store.size, bytes: store.bytes };
  }

  private watch(fastify: FastifyInstance): void {
    // Both hooks either go on by their callback or return a promise, by which Fastify goes on, and never do both.
    fastify.addHook('onRoute', (route) => {
      if (!isCachedResponse(route)) return;
      // Routes of one URL are told apart by their constraints, such as a version in a header.
      const scope = route.constraints ? JSON.stringify(route.constraints) : '';
      const lookUp = (request: FastifyRequest, reply: FastifyReply, _body: unknown, done: () => void) =>
        this.lookUp(scope + request.originalUrl, request, reply, done);
      // Not `onRequest`, to whose end plugins may add theirs: who is to see every request has seen it by now.
      route.preParsing = [route.preParsing ?? [], lookUp].flat();
    });
    fastify.addHook('onSend', (request, reply: LeadingReply, payload, done) => {
      const lead = reply[LEAD];
      if (lead === undefined) return done(null, payload);
      reply[LEAD] = undefined;
      const answer = this.land(lead, reply, payload);
      if (answer === undefined) return done(null, payload);
      const form = this.formFor(request, answer);
      if (form instanceof Promise) return form.then((made) => takeForm(made, reply, payload));
      return done(null, takeForm(form, reply, payload));
    });
  }

  private lookUp(
    key: string,
    request: FastifyRequest,
    reply: FastifyReply,
    next: () => void,
  ): void | Promise<void> {
    const version = mayShare(request.headers) ? this.options.freshness.version() : undefined;
    if (version === undefined) {
      this.bypasses += 1;
      return next();
    }
    const answer = this.store.get(key, version);
    if (answer) return this.send(answer, request, reply);
    const flight = this.flights.find(key, version);
    if (flight) return this.wait(flight, request, reply);
    return this.lead(this.flights.begin(key, version), reply, next);
  }

  private send(answer: StoredAnswer, request: FastifyRequest, reply: FastifyReply): void | Promise<void> {
    this.hits += 1;
    const form = this.formFor(request, answer);
    if (form instanceof Promise) return form.then((made) => sendAnswer(answer, made, reply));
    return sendAnswer(answer, form, reply);
  }

  private async wait(flight: Flight, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const answer = await flight.landed;
    if (answer) await this.send(answer, request, reply);
    else this.misses += 1;
  }

  private lead(flight: Flight, reply: LeadingReply, next: () => void): void {
    this.misses += 1;
    reply[LEAD] = { flight, headersBefore: reply.getHeaders() };
    // Whatever becomes of this request, nobody waits longer than it lives.
    reply.raw.once('close', () => this.flights.end(flight, undefined));
    next();
  }

  /** Stores what came of a request, if that is for all, and lets those go on who waited for it. */
  private land(
    { flight, headersBefore }: Lead,
    reply: FastifyReply,
    payload: unknown,
  ): StoredAnswer | undefined {
    const { key, version } = flight;
    const answer = storableAnswer(reply, payload, headersBefore, this.options);
    // What was read before a change would push out all that was read after it.
    if (answer && this.options.freshness.version() === version) this.store.set(key, version, answer);
    this.flights.end(flight, answer);
    return answer;
  }

  private formFor({ headers }: FastifyRequest, answer: StoredAnswer): AnswerForm | Promise<AnswerForm> {
    if (this.options.ifNoneMatchHas(headers['if-none-match'], answer.tag)) return answer.notModified;
    return answer.as(acceptedEncoding(headers['accept-encoding']));
  }
}
