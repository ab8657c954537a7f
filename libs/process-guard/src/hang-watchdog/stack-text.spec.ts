import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CallFrame } from './call-frames.js';
import { culprit, frameText, stackText } from './stack-text.js';

const AS_BUILT = { originOf: <Position>(position: Position) => position };

const frame = (functionName: string, file: string | null): CallFrame => ({
  functionName,
  file,
  line: 12,
  column: 3,
});

describe('a call', () => {
  it.each([
    ['findAll', join(process.cwd(), 'dist/books.js'), 'findAll (dist/books.js:12:3)'],
    ['findAll', pathToFileURL(join(process.cwd(), 'dist/books.js')).href, 'findAll (dist/books.js:12:3)'],
    ['findAll', '/elsewhere/books.js', 'findAll (/elsewhere/books.js:12:3)'],
    ['', '/elsewhere/books.js', '/elsewhere/books.js:12:3'],
    ['run', 'node:async_hooks', 'run (node:async_hooks:12:3)'],
    ['RegExp.test', null, 'RegExp.test (<anonymous>)'],
    ['inVm', 'evalmachine.<anonymous>', 'inVm (evalmachine.<anonymous>:12:3)'],
    ['evaluated', '', 'evaluated (<anonymous>:12:3)'],
  ])('of %p in %p reads %p', (name, file, text) => {
    expect(frameText(frame(name, file), AS_BUILT)).toBe(text);
  });

  it('reads as its source does', () => {
    const positions = { originOf: () => ({ file: '/src/books.ts', line: 40, column: 7 }) };
    expect(frameText(frame('findAll', '/dist/books.js'), positions)).toBe('findAll (/src/books.ts:40:7)');
  });
});

it('a stack reads as that of an error', () => {
  const frames = [frame('inner', '/a.js'), frame('', 'node:timers')];
  expect(stackText(frames, AS_BUILT)).toBe('    at inner (/a.js:12:3)\n    at node:timers:12:3');
});

describe('the culprit', () => {
  const [builtIn, node] = [frame('RegExp.test', null), frame('run', 'node:async_hooks')];
  const [ofPackage, own] = [
    frame('hash', '/app/node_modules/x/i.js'),
    frame('findAll', '/app/dist/books.js'),
  ];

  it('is the innermost call of own code, below packages, Node and the engine', () => {
    expect(culprit([builtIn, node, ofPackage, own, frame('outer', '/app/dist/main.js')])).toBe(own);
  });
  it("is a package's if there is no own code", () =>
    expect(culprit([builtIn, node, ofPackage])).toBe(ofPackage));
  it('is the innermost of all if there is nothing else', () =>
    expect(culprit([builtIn, node])).toBe(builtIn));
  it('is nobody on an empty stack', () => expect(culprit([])).toBeUndefined());
});
