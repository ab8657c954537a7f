import { zipfOver } from './zipf.js';

/** How many draws each connection repeats; 50 connections make 10,000 of them. */
export const DRAWS = 200;

/** Paths of books, drawn by Zipf's law over all of them. */
export function drawBookPaths({ catalogue, random }, count) {
  const draw = zipfOver(catalogue.bookIds);
  return Array.from({ length: count }, () => `/books/${draw(random)}`);
}
