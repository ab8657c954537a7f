import type { FastifyReply } from 'fastify';
import { StallWitness } from './stall-witness.js';

const [culprit, other, third] = [{}, {}, {}] as [FastifyReply, FastifyReply, FastifyReply];

let lagMs: number;
let witness: StallWitness;
beforeEach(() => {
  lagMs = 0;
  witness = new StallWitness();
});

describe('the witness of a stall', () => {
  it('names the request that began last, if nothing else happened before the stall was over', () => {
    witness.noteBegin(other, lagMs);
    witness.noteBegin(culprit, lagMs);
    expect(witness.takeSuspect()).toBe(culprit);
  });

  it('names the request that is answered right after the gap, although others began later', () => {
    witness.noteBegin(culprit, lagMs);
    witness.noteBegin(other, lagMs);
    lagMs = 300;
    witness.noteEnd(culprit, lagMs);
    witness.noteBegin(third, lagMs);
    expect(witness.takeSuspect()).toBe(culprit);
  });

  it('names the one that began before the gap when the next begins after it', () => {
    witness.noteBegin(culprit, lagMs);
    lagMs = 300;
    witness.noteBegin(other, lagMs);
    witness.noteEnd(other, lagMs);
    expect(witness.takeSuspect()).toBe(culprit);
  });

  it('names nobody if the last one to begin was answered before the stall', () => {
    witness.noteBegin(other, lagMs);
    witness.noteEnd(other, lagMs);
    lagMs = 300;
    expect(witness.takeSuspect()).toBeUndefined();
  });

  it('does not accuse the same request of the next stall', () => {
    witness.noteBegin(culprit, lagMs);
    lagMs = 300;
    witness.noteEnd(culprit, lagMs);
    witness.takeSuspect();
    expect(witness.takeSuspect()).toBeUndefined();
  });
});
