import { barChart } from './bar-chart.js';
import { GOAL_COLUMNS, START_COLUMNS, WORKLOAD_COLUMNS } from './columns.js';
import { escapeHtml } from './escape-html.js';
import { ratio, whole } from './numbers.js';
import { PAGE_STYLE } from './page-style.js';
import { legend, machineText, GOALS_TITLE, remarks, STARTUP_TITLE, workloadTitle } from './sentences.js';

/** The summary of a run as one page that loads nothing. */
export function reportPage({ summary, baseline, rounds, machine, startedAt, targets }) {
  const { workloads, startup, goals } = summary;
  const sections = [
    ...(goals.length > 0 ? [goalsSection(goals)] : []),
    ...workloads.map((workload) => workloadSection(workload, baseline)),
    ...(startup.length > 0 ? [startupSection(startup, baseline)] : []),
    targetsSection(targets),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evernest, measured</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<h1>Evernest, measured</h1>
${paragraphs([`${startedAt.slice(0, 10)}, ${rounds} rounds, ${machineText(machine)}`, ...legend({ baseline, rounds })])}
${sections.join('\n')}
</body>
</html>
`;
}

function workloadSection(workload, baseline) {
  const { rows } = workload;
  const bars = rows.map(({ target, perCpuSecond, speedPerCpuRatio }) => ({
    label: target,
    value: perCpuSecond,
    note: `${whole(perCpuSecond)} · ${target === baseline ? '1' : ratio(speedPerCpuRatio)}`,
    ...roleOf(target, baseline),
  }));
  const title = workloadTitle(workload);
  return `<section>
<h2>${escapeHtml(title)}</h2>
<p class="quiet">Requests for a second of the server’s processor time, and how that relates to ${escapeHtml(baseline)}; more is better.</p>
${barChart(bars, `${title}: requests for a second of processor time`)}
${paragraphs(remarks(workload))}
<details><summary>All figures</summary>${table(WORKLOAD_COLUMNS, rows, baseline)}</details>
</section>`;
}

function startupSection(rows, baseline) {
  const bars = rows.map(({ target, readyMs, timeRatio }) => ({
    label: target,
    value: readyMs,
    note: `${whole(readyMs)} ms · ${target === baseline ? '1' : ratio(timeRatio)}`,
    ...roleOf(target, baseline),
  }));
  return `<section>
<h2>${escapeHtml(STARTUP_TITLE)}</h2>
<p class="quiet">Milliseconds; less is better.</p>
${barChart(bars, STARTUP_TITLE)}
<details><summary>All figures</summary>${table(START_COLUMNS, rows, baseline)}</details>
</section>`;
}

function goalsSection(goals) {
  const isMissed = ({ reached }) => !reached;
  return `<section>
<h2>${escapeHtml(GOALS_TITLE)}</h2>
${table(GOAL_COLUMNS, goals, '', isMissed)}
</section>`;
}

function targetsSection(targets) {
  const items = targets.map(({ name, title }) => `${name}: ${title}`);
  return `<section>
<h2>The targets</h2>
${paragraphs(items)}
</section>`;
}

function roleOf(target, baseline) {
  return { isOurs: target.startsWith('evernest'), isBaseline: target === baseline };
}

export function table(columns, rows, baseline, isMissed = () => false) {
  const row = (cells, tag, name = '') =>
    `<tr${name}>${cells.map((text, index) => `<${tag}${columns[index].left ? ' class="left"' : ''}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  const head = row(
    columns.map(({ head: text }) => text),
    'th',
  );
  const body = rows.map((item) =>
    row(
      columns.map(({ cell }) => cell(item, baseline)),
      'td',
      isMissed(item) ? ' class="broken"' : '',
    ),
  );
  return `<div class="scroll"><table>\n${[head, ...body].join('\n')}\n</table></div>`;
}

export function paragraphs(lines) {
  return lines.map((line) => `<p class="quiet">${escapeHtml(line)}</p>`).join('\n');
}
