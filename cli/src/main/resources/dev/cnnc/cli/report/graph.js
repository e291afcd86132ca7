/** The picture of the graph: blocks that fold, shapes on the edges, colours by the metric. */
import { html, moveByKeys, pressable, section, svg } from './elements.js';
import { blocks, firstUnfolded, shortName } from './blocks.js';
import { count, shape } from './format.js';
import { drawing } from './layout.js';
import { mainStep, report, spoken, stepsOf, worth } from './model.js';
import { chosen, onChange, selectStep } from './selection.js';

const MOST_AT_FIRST = 40;
const LONGEST = 30;

export function graph() {
  let open = firstUnfolded(MOST_AT_FIRST);
  let scale = 1;
  let drawn;
  const canvas = html('div', { class: 'scroll graph', tabindex: 0, role: 'group', 'aria-labelledby': 'graph-title' });
  const size = html('output', {});

  function fold(path, isOpen) {
    if (isOpen) {
      open.add(path);
    } else {
      [...open].filter((each) => each === path || each.startsWith(`${path}.`)).forEach((each) => open.delete(each));
    }
    draw();
    canvas.querySelector(`[data-block="${CSS.escape(path)}"]`)?.focus({ preventScroll: false });
  }

  function foldAll(isOpen) {
    open = new Set(isOpen ? blocks.keys() : ['']);
    draw();
  }

  function draw() {
    drawn = drawing(open, sizeOf);
    const picture = svg(
      'svg',
      { viewBox: `0 0 ${drawn.width} ${drawn.height}`, role: 'group', 'aria-label': 'The graph' },
      svg('defs', {}, svg('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, svg('path', { d: 'M0 0 8 4 0 8z' }))),
      ...drawn.frames.map((frame) => frameOf(frame, fold)),
      ...drawn.edges.map(edgeOf),
      ...drawn.boxes.map((box) => boxOf(box, fold)),
    );
    canvas.replaceChildren(picture);
    moveByKeys(canvas, '[role="button"]');
    size.textContent = `${count(drawn.boxes.length)} boxes of ${count(report.layers.length)} layers`;
    zoom(scale);
    colour();
    mark();
  }

  function zoom(wanted) {
    scale = Math.min(2, Math.max(0.1, wanted));
    const picture = canvas.firstChild;
    picture.setAttribute('width', Math.round(drawn.width * scale));
    picture.setAttribute('height', Math.round(drawn.height * scale));
  }

  function fit() {
    zoom(Math.min(1, (canvas.clientWidth - 4) / drawn.width));
  }

  function colour() {
    const values = drawn.boxes.map((box) => worth(chosen.metric, layersOf(box.child)));
    const most = Math.max(...values, 1);
    canvas.querySelectorAll('.box').forEach((box, index) => {
      box.style.setProperty('--part', values[index] / most);
      box.querySelector('.value').textContent = values[index] > 0 ? chosen.metric.format(values[index]) : '';
    });
  }

  function mark() {
    const layer = report.steps[chosen.step]?.layer;
    canvas.querySelectorAll('.box').forEach((box, index) => {
      box.classList.toggle('selected', layer !== undefined && layersOf(drawn.boxes[index].child).includes(layer));
    });
    canvas.querySelector('.selected')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  const button = (text, action, hint) => html('button', { type: 'button', onclick: action, title: hint }, text);
  const whole = section(
    'graph',
    'Graph',
    'The layers after the passes, with the shape of each value. The colour is what “Colour by” says, against the heaviest box shown. Dashed layers take no step: they are an address, or their reader applies them.',
    html(
      'div',
      { class: 'tools' },
      button('Fold all', () => foldAll(false)),
      button('Unfold all', () => foldAll(true)),
      button('−', () => zoom(scale / 1.25), 'smaller'),
      button('+', () => zoom(scale * 1.25), 'larger'),
      button('Fit', fit, 'as wide as the page'),
      size,
    ),
    canvas,
  );
  onChange('metric', colour);
  onChange('step', mark);
  draw();
  queueMicrotask(fit);
  return whole;
}

function layersOf(child) {
  return child.layers ?? [child.layer];
}

/** The two lines of a box. */
function linesOf(child) {
  if (child.path !== undefined) {
    return [`▸ ${shortName(child)}`, `${child.layers.length} layers`];
  }
  const layer = report.layers[child.layer];
  return [spoken(shortName(child), layer), layer.call];
}

function cut(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function sizeOf(child) {
  const [first, second] = linesOf(child).map(cut);
  return { width: Math.max(100, 7.4 * first.length + 76, 6.3 * second.length + 20), height: 40 };
}

function boxOf({ child, x, y, width, height }, fold) {
  const [first, second] = linesOf(child);
  const folded = child.path !== undefined;
  const steps = layersOf(child).flatMap((layer) => stepsOf.get(layer) ?? []);
  const group = svg(
    'g',
    {
      class: `box${folded ? ' folded' : ''}${steps.length === 0 ? ' idle' : ''}`,
      transform: `translate(${x} ${y})`,
      'data-block': folded ? child.path : null,
      'aria-label': folded ? `unfold ${child.path}` : `${report.layers[child.layer].name}: ${second}`,
      'aria-expanded': folded ? 'false' : null,
    },
    svg('title', {}, folded ? `${child.path}: press to unfold` : `${report.layers[child.layer].name}\n${second}`),
    svg('rect', { width, height, rx: 6 }),
    svg('text', { x: 10, y: 17, class: 'name' }, cut(first)),
    svg('text', { x: width - 10, y: 17, class: 'value' }),
    svg('text', { x: 10, y: 32, class: 'call' }, cut(second)),
  );
  const step = folded ? null : mainStep(child.layer);
  if (folded || step) {
    pressable(group, () => (folded ? fold(child.path, true) : selectStep(step.index)));
  }
  return group;
}

function frameOf({ child, x, y, width, height }, fold) {
  const title = pressable(
    svg(
      'g',
      { class: 'title', 'data-block': child.path, 'aria-label': `fold ${child.path}`, 'aria-expanded': 'true' },
      svg('title', {}, `${child.path}: press to fold`),
      svg('rect', { width, height: 22, rx: 8 }),
      svg('text', { x: 10, y: 16 }, `▾ ${shortName(child)}`),
    ),
    () => fold(child.path, false),
  );
  return svg('g', { class: 'frame', transform: `translate(${x} ${y})` }, svg('rect', { width, height, rx: 8 }), title);
}

function edgeOf({ points, values, label, arrow }) {
  const [first, ...rest] = points;
  const path = `M${first.x} ${first.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}`;
  const shapes = [...new Set(values.map((value) => shape(report.layers[value].shape)))];
  return svg(
    'g',
    { class: 'edge' },
    svg('path', { d: path, 'marker-end': arrow ? 'url(#arrow)' : null }),
    label
      ? svg('text', { x: label.x, y: label.y + 4 }, shapes.length > 1 ? `${shapes.length} shapes` : shapes[0], svg('title', {}, shapes.join('\n')))
      : null,
  );
}
