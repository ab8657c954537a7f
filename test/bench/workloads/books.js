import { zipfOver } from './zipf.js';

/** How many draws each connection repeats in a round; 50 connections make 2,000 of them, about a thousand different books. */
export const DRAWS = 40;

/** Paths of books, drawn by Zipf's law over all of them. */
export function drawBookPaths({ catalogue, random }, count) {
  const draw = zipfOver(catalogue.bookIds);
  return Array.from({ length: count }, () => `/books/${draw(random)}`);
}
