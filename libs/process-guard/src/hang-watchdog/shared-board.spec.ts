import { boardMemory, SharedBoard } from './shared-board.js';

describe('the board that both threads share', () => {
  let mine: SharedBoard;
  let theirs: SharedBoard;
  beforeEach(() => {
    const memory = boardMemory();
    mine = new SharedBoard(memory);
    theirs = new SharedBoard(memory);
  });

  it('shows every beat', () => {
    const before = theirs.beats;
    mine.beat();
    mine.beat();
    expect(theirs.beats - before).toBe(2);
  });

  it('shows whether a debugger is open', () => {
    expect(theirs.debuggerIsOpen).toBe(false);
    mine.debuggerIsOpen = true;
    expect(theirs.debuggerIsOpen).toBe(true);
    mine.debuggerIsOpen = false;
    expect(theirs.debuggerIsOpen).toBe(false);
  });

  it('shows no request before the first', () => expect(theirs.lastNotedRequest()).toBeNull());

  it('shows the request that began last, and nothing of those before', () => {
    mine.noteRequest('a-very-long-request-id', 'DELETE', '/authors/:id/with/a/long/route');
    mine.noteRequest('7', 'GET', '/bücher');
    expect(theirs.lastNotedRequest()).toEqual({ id: '7', method: 'GET', route: '/bücher' });
  });

  it('cuts what is too long, and keeps its parts apart', () => {
    mine.noteRequest('i'.repeat(5000), 'M'.repeat(5000), 'r'.repeat(5000));
    const { id, method, route } = theirs.lastNotedRequest() ?? {};
    expect([id, method, route]).toEqual(['i'.repeat(96), 'M'.repeat(16), 'r'.repeat(256)]);
    mine.beat();
    expect(theirs.debuggerIsOpen).toBe(false);
  });

  it('survives a beat counter that overflows', () => {
    const memory = boardMemory();
    new Int32Array(memory)[0] = 2 ** 31 - 1;
    const board = new SharedBoard(memory);
    const before = board.beats;
    board.beat();
    expect(board.beats).not.toBe(before);
  });
});
