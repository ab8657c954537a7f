import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * The profile with the files, lines and columns of the TypeScript sources, where a built file has a source map beside it.
 * @param readMap the parsed map of a built file, or undefined
 */
export function withSourcePositions(profile, readMap = mapBeside) {
  const maps = new Map();
  function mapOf(url) {
    if (!maps.has(url)) {
      const payload = readMap(url);
      maps.set(url, payload && new SourceMap(payload));
    }
    return maps.get(url);
  }
  return { ...profile, nodes: profile.nodes.map((node) => ({ ...node, ...sourceOf(node, mapOf) })) };
}

function sourceOf({ callFrame }, mapOf) {
  const { url, lineNumber, columnNumber } = callFrame;
  const { originalSource, originalLine, originalColumn } =
    mapOf(url)?.findEntry(lineNumber, columnNumber) ?? {};
  if (originalSource === undefined) return {};
  const source = new URL(originalSource, url).href;
  return {
    callFrame: { ...callFrame, url: source, lineNumber: originalLine, columnNumber: originalColumn },
    // Lines of the built file, which would be shown beside the source's.
    positionTicks: undefined,
  };
}

function mapBeside(url) {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return undefined;
  const file = `${fileURLToPath(url)}.map`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
