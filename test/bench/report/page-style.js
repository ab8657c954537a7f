export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --text: #1c2024; --quiet: #60646c; --line: #e0e1e6; --ours: #1d6fd8; --other: #a6abb5; --bad: #b42318;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161a; --text: #e7e9ee; --quiet: #a3a8b3; --line: #2c3038; --ours: #5aa2f5; --other: #5c6370; --bad: #ff8a80;
  }
}
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem;
  background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
p { margin: .25rem 0; }
.quiet, summary { color: var(--quiet); font-size: .875rem; }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; font: 13px system-ui, sans-serif; }
svg .label, svg .note { fill: var(--text); stroke: var(--ground); stroke-width: 4px; paint-order: stroke; }
svg .ours { fill: var(--ours); }
svg .other { fill: var(--other); }
svg .baseline { stroke: var(--quiet); stroke-dasharray: 3 3; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .8125rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { color: var(--quiet); font-weight: 500; }
.left { text-align: left; }
tr.broken td { color: var(--bad); }
details { margin: .25rem 0; }
summary { cursor: pointer; }
`;
