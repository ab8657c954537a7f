/** Light frames with dark text, in the dark dark ones with light text: never less than 4.5 : 1. */
export const FLAME_GRAPH_STYLE = `
:root { --frame-text: #16181d; --saturation: 60%; --lightness: 80%; --gray-lightness: 84%; }
@media (prefers-color-scheme: dark) {
  :root { --frame-text: #f4f5f7; --saturation: 38%; --lightness: 29%; --gray-lightness: 30%; }
}
body { max-width: none; }
.tools { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: 1.25rem 0 .5rem; }
.tools input { width: 20rem; }
.tools input, .tools button, .packages button {
  font: inherit; color: var(--text); background: var(--ground);
  border: 1px solid var(--quiet); border-radius: 4px; padding: .15rem .5rem;
}
.packages { display: flex; flex-wrap: wrap; gap: .35rem; margin: .5rem 0; font-size: .8125rem; }
.frame, .packages button {
  color: var(--frame-text); background: hsl(var(--hue) var(--saturation) var(--lightness)); cursor: pointer;
}
.engine.engine { background: hsl(220 6% var(--gray-lightness)); }
.packages button { border-color: transparent; }
.graph { position: relative; overflow: hidden; }
.frame {
  position: absolute; height: 19px; margin: 0; padding: 0 3px; border: 0; border-right: 1px solid var(--ground);
  border-radius: 2px; font: 12px/19px system-ui, sans-serif; text-align: left; white-space: nowrap; overflow: hidden;
}
.frame.narrow { padding: 0; }
.frame.above { opacity: .8; }
.searching .frame:not(.match) { background: var(--line); color: var(--text); }
.frame:hover, .frame:focus-visible, .tools :focus-visible, .packages :focus-visible { outline: 2px solid var(--text); outline-offset: -2px; z-index: 1; }
.tip {
  position: fixed; z-index: 2; max-width: min(40rem, 90vw); padding: .4rem .6rem; border: 1px solid var(--quiet);
  border-radius: 4px; background: var(--ground); color: var(--text); font-size: .8125rem; pointer-events: none; overflow-wrap: anywhere;
}
.tip p { margin: 0; }
`;
