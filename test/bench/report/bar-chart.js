import { escapeHtml } from './escape-html.js';

const WIDTH = 860;
const LABEL_WIDTH = 250;
const VALUE_WIDTH = 220;
const ROW_HEIGHT = 26;
const BAR_HEIGHT = 16;
const BARS_WIDTH = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
/** Of the text in the middle of a row. */
const BASELINE_SHIFT = 4;

/**
 * Bars beside each other as inline SVG.
 * @param {{ label: string, value: number, note: string, isOurs: boolean, isBaseline: boolean }[]} bars
 * @param {string} title what a screen reader says of it
 */
export function barChart(bars, title) {
  const largest = Math.max(...bars.map(({ value }) => value));
  const lengthOf = (value) => Math.max(1, (value / largest) * BARS_WIDTH);
  const height = bars.length * ROW_HEIGHT;
  const baseline = bars.find(({ isBaseline }) => isBaseline);
  const at = baseline && (LABEL_WIDTH + lengthOf(baseline.value)).toFixed(1);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">`,
    ...(baseline ? [`<line class="baseline" x1="${at}" x2="${at}" y1="0" y2="${height}"/>`] : []),
    ...bars.map((bar, index) => barMarkup(bar, lengthOf(bar.value), index * ROW_HEIGHT + ROW_HEIGHT / 2)),
    '</svg>',
  ].join('\n');
}

function barMarkup({ label, note, isOurs }, length, middle) {
  const end = LABEL_WIDTH + length;
  const text = middle + BASELINE_SHIFT;
  return [
    `<text class="label" x="${LABEL_WIDTH - 10}" y="${text}" text-anchor="end">${escapeHtml(label)}</text>`,
    `<rect class="${isOurs ? 'ours' : 'other'}" x="${LABEL_WIDTH}" y="${middle - BAR_HEIGHT / 2}" width="${length.toFixed(1)}" height="${BAR_HEIGHT}" rx="2"/>`,
    `<text class="note" x="${(end + 8).toFixed(1)}" y="${text}">${escapeHtml(note)}</text>`,
  ].join('\n');
}
