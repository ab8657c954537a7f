const ROW_PX = 20;
/** Narrower frames cannot be seen. */
const LEAST_PX = 0.7;
/** Below this there is no room for a letter. */
const LETTER_PX = 14;
/** Neighbours in this order look different: the golden angle. */
const HUE_STEP = 137.508;
const PACKAGES_NAMED = 16;

const [graph, packages, search, found, reset, tip] = [
  'graph',
  'packages',
  'search',
  'found',
  'reset',
  'tip',
].map((id) => document.getElementById(id));
const data = JSON.parse(document.getElementById('profile').textContent);
const functions = data.functions.map(([name, place, packageName]) => ({ name, place, packageName }));
const hues = new Map(data.packages.map(([name], rank) => [name, (25 + rank * HUE_STEP) % 360]));
const root = unpack(data.tree, undefined);
root.fn = { name: 'all', place: '', packageName: '(all)' };

let zoomed = root;
let pattern;
/** Of the frames on the screen. */
let nodesByFrame = new Map();
let framesByNode = new Map();

function unpack([index, own, total, children], parent) {
  const node = { fn: functions[index], own, total, parent };
  node.children = children.map((child) => unpack(child, node));
  return node;
}

function draw(focused = zoomed) {
  nodesByFrame = new Map();
  framesByNode = new Map();
  const rows = [];
  for (let node = zoomed.parent; node; node = node.parent) rows.unshift(node);
  rows.forEach((node, row) => addFrame(node, { left: 0, width: 1, row }).classList.add('above'));
  const depth = addFramesBelow(zoomed, { left: 0, width: 1, row: rows.length });
  graph.style.height = `${depth * ROW_PX}px`;
  graph.replaceChildren(...nodesByFrame.keys());
  (framesByNode.get(focused) ?? framesByNode.get(zoomed)).tabIndex = 0;
  mark();
}

/** Returns how many rows there are. */
function addFramesBelow(node, { left, width, row }) {
  addFrame(node, { left, width, row });
  let depth = row + 1;
  let childLeft = left;
  for (const child of node.children) {
    const childWidth = (child.total / node.total) * width;
    // The longest is the first.
    if (childWidth * graph.clientWidth < LEAST_PX) break;
    depth = Math.max(depth, addFramesBelow(child, { left: childLeft, width: childWidth, row: row + 1 }));
    childLeft += childWidth;
  }
  return depth;
}

function addFrame(node, { left, width, row }) {
  const frame = document.createElement('button');
  frame.type = 'button';
  frame.tabIndex = -1;
  frame.className = 'frame';
  paint(frame, node.fn.packageName);
  Object.assign(frame.style, { left: `${left * 100}%`, width: `${width * 100}%`, top: `${row * ROW_PX}px` });
  if (width * graph.clientWidth < LETTER_PX) frame.classList.add('narrow');
  else frame.textContent = labelOf(node.fn);
  frame.setAttribute('aria-label', describe(node).join(', '));
  nodesByFrame.set(frame, node);
  framesByNode.set(node, frame);
  return frame;
}

/** A function without a name goes by the end of its place. */
function labelOf({ name, place }) {
  return name === '(anonymous)' ? `(${place.split('/').at(-1)})` : name;
}

function paint(element, packageName) {
  if (packageName.startsWith('(')) element.classList.add('engine');
  else element.style.setProperty('--hue', hues.get(packageName) ?? 0);
}

function describe({ fn, own, total }) {
  return [
    fn.name,
    [fn.place, fn.packageName].filter(Boolean).join(' · '),
    `total ${time(total)}`,
    `own ${time(own)}`,
  ];
}

function time(microseconds) {
  const share = microseconds / root.total;
  return `${percent(share)} (${(share * data.microsecondsARequest).toFixed(2)} µs a request)`;
}

function percent(share) {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`;
}

function zoom(node) {
  zoomed = node;
  draw();
  framesByNode.get(node).focus({ preventScroll: true });
}

function isMatch({ fn }) {
  return pattern.test(`${fn.name} ${fn.place} ${fn.packageName}`);
}

/** Matches inside of matches are in their total already. */
function sumOfMatches(node, isInside = false) {
  const matches = isMatch(node);
  const sum = { total: matches && !isInside ? node.total : 0, own: matches ? node.own : 0 };
  for (const child of node.children) {
    const below = sumOfMatches(child, isInside || matches);
    sum.total += below.total;
    sum.own += below.own;
  }
  return sum;
}

function find() {
  try {
    pattern = search.value === '' ? undefined : new RegExp(search.value, 'i');
    const sum = pattern && sumOfMatches(root);
    found.textContent = sum ? `Found: total ${time(sum.total)}, own ${time(sum.own)}` : '';
  } catch (error) {
    pattern = undefined;
    found.textContent = error.message;
  }
  mark();
}

function mark() {
  graph.classList.toggle('searching', pattern !== undefined);
  for (const [frame, node] of nodesByFrame) {
    frame.classList.toggle('match', pattern !== undefined && isMatch(node));
  }
}

function showTip(frame, { x, y }) {
  tip.replaceChildren(
    ...describe(nodesByFrame.get(frame)).map((text) =>
      Object.assign(document.createElement('p'), { textContent: text }),
    ),
  );
  tip.hidden = false;
  const { offsetWidth, offsetHeight } = tip;
  const isBelow = y + 24 + offsetHeight < innerHeight;
  tip.style.left = `${Math.max(4, Math.min(x + 12, innerWidth - offsetWidth - 4))}px`;
  tip.style.top = `${isBelow ? y + 24 : Math.max(4, y - offsetHeight - 8)}px`;
}

const NEIGHBOURS = {
  ArrowUp: (node) => node.parent,
  ArrowDown: (node) => node.children[0],
  ArrowLeft: (node) => sibling(node, -1),
  ArrowRight: (node) => sibling(node, 1),
};

function sibling(node, step) {
  const { children = [] } = node.parent ?? {};
  return children[children.indexOf(node) + step];
}

function moveFrom(frame, key) {
  const next = framesByNode.get(NEIGHBOURS[key](nodesByFrame.get(frame)));
  if (!next) return;
  frame.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function resetAll() {
  const hadFocus = graph.contains(document.activeElement);
  search.value = '';
  find();
  zoomed = root;
  draw();
  if (hadFocus) framesByNode.get(root).focus();
  tip.hidden = true;
}

function addPackages() {
  for (const [name, ownShare] of data.packages.slice(0, PACKAGES_NAMED)) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${name} ${percent(ownShare)}`;
    button.title = 'Search for it';
    paint(button, name);
    button.addEventListener('click', () => {
      search.value = ` ${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`;
      find();
    });
    packages.append(button);
  }
}

graph.addEventListener('click', ({ target }) => {
  if (nodesByFrame.has(target)) zoom(nodesByFrame.get(target));
});
graph.addEventListener('mousemove', ({ target, clientX, clientY }) => {
  if (nodesByFrame.has(target)) showTip(target, { x: clientX, y: clientY });
});
graph.addEventListener('focusin', ({ target }) => {
  if (!nodesByFrame.has(target) || !target.matches(':focus-visible')) return;
  const { left, top } = target.getBoundingClientRect();
  showTip(target, { x: Math.max(0, left), y: top });
});
for (const left of ['mouseleave', 'focusout']) graph.addEventListener(left, () => (tip.hidden = true));
graph.addEventListener('keydown', (event) => {
  if (!(event.key in NEIGHBOURS) || !nodesByFrame.has(event.target)) return;
  event.preventDefault();
  moveFrom(event.target, event.key);
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') resetAll();
  if (event.key !== '/' || event.target === search) return;
  event.preventDefault();
  search.focus();
});
search.addEventListener('input', find);
reset.addEventListener('click', resetAll);
addEventListener('resize', () => draw());
addPackages();
draw();
