import { readFileSync } from 'node:fs';
import { escapeHtml } from '../../report/escape-html.js';
import { paragraphs, table } from '../../report/page.js';
import { PAGE_STYLE } from '../../report/page-style.js';
import { workloadTitle } from '../../report/sentences.js';
import { FUNCTION_COLUMNS, PACKAGE_COLUMNS } from './columns.js';
import { FLAME_GRAPH_STYLE } from './flame-graph-style.js';
import { packTree } from './pack-tree.js';
import { runSentences } from './sentences.js';
import { PACKAGE_ROWS } from './text.js';

/** What runs in the browser; it stands in the page as it is. */
const SCRIPT = readFileSync(new URL('flame-graph.browser.js', import.meta.url), 'utf8');

/** A profile as one page that loads nothing. */
export function flameGraphPage({ workload, figures, top }) {
  const { run } = figures;
  const title = `${workload.name}, profiled`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}${FLAME_GRAPH_STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${paragraphs([`${workloadTitle({ ...workload, connections: run.connections })}. ${run.startedAt.slice(0, 10)}, Node ${run.node}.`, ...runSentences(figures)])}
<div class="tools">
<label>Search <input type="search" id="search" placeholder="a regular expression" autocomplete="off" spellcheck="false"></label>
<button type="button" id="reset">Reset</button>
<output id="found" for="search"></output>
</div>
<div class="packages" id="packages" role="group" aria-label="Packages by their own time"></div>
<div class="graph" id="graph" role="group" aria-label="Flame graph"></div>
<p class="quiet">Wide is long; below a function is what it calls. Click or Enter zooms, arrow keys move, / searches, Escape resets.</p>
<div class="tip" id="tip" role="status" hidden></div>
<h2>Own time by function</h2>
${table(FUNCTION_COLUMNS, figures.functions.slice(0, top), '')}
<h2>Own time by package</h2>
${table(PACKAGE_COLUMNS, figures.packages.slice(0, PACKAGE_ROWS), '')}
<script type="application/json" id="profile">${jsonInMarkup(packTree(figures))}</script>
<script type="module">
${SCRIPT}</script>
</body>
</html>
`;
}

/** No text in it can end the element that it stands in. */
function jsonInMarkup(value) {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
