/** The arena over the run: from left to right the steps, from bottom to top the bytes. */
import { html, pressable, responsive, section, svg } from './elements.js';
import { bytes } from './format.js';
import { layerOf, mainStep, report, title } from './model.js';
import { chosen, onChange, selectStep } from './selection.js';

const LEFT = 64;
const TOP = 18;
const BOTTOM = 30;
const HEIGHT = 380;
const CHARACTER = 6.6;

export function arena() {
  const { arenaBytes, arenaLowerBoundBytes } = report.totals;
  const peak = report.steps.reduce((most, step) => (step.aliveBytes > most.aliveBytes ? step : most));
  const holders = report.arena
    .filter((place) => place.from <= peak.index && peak.index < place.to)
    .sort((a, b) => b.bytes - a.bytes);
  const chart = responsive('The arena over the steps', (width) => picture(width, peak));
  onChange('step', () => chart.again());
  return section(
    'arena',
    'Arena',
    'Each block is the memory of a value, from the step that writes it first to the last that reads it. The line shows how much is alive.',
    chart.place,
    html(
      'p',
      {},
      'The peak is ',
      html('button', { type: 'button', class: 'link', onclick: () => selectStep(peak.index) }, `step ${peak.index + 1}, ${title(layerOf(peak))}`),
      `: ${bytes(peak.aliveBytes)} are alive. No arena is smaller than ${bytes(arenaLowerBoundBytes)}; this one has ${bytes(arenaBytes)}. At the peak it holds:`,
    ),
    html('ul', { class: 'holders' }, ...holders.map((place) => html('li', {}, `${nameOf(place)}: ${bytes(place.bytes)}`))),
  );
}

function nameOf(place) {
  const name = title(report.layers[place.layer]);
  return place.squares ? `squares for ${name}` : name;
}

function picture(width, peak) {
  const columns = report.steps.length + 1;
  const most = report.totals.arenaBytes;
  const x = (step) => LEFT + ((width - LEFT - 8) * step) / columns;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most);
  const level = (value, name, className) => [
    svg('line', { class: className, x1: LEFT, x2: width - 8, y1: y(value), y2: y(value) }),
    svg('text', { class: 'tick', x: LEFT - 6, y: y(value) + 4 }, name),
  ];
  return svg(
    'svg',
    { width, height: HEIGHT, role: 'group' },
    ...level(0, '0', 'axis'),
    ...level(most, bytes(most), 'axis'),
    ...report.arena.map((place, index) => block(place, index, x, y)),
    band(peak.index, 'peak', x),
    chosen.step === null ? null : band(chosen.step, 'chosen', x),
    svg('path', { class: 'alive', d: alive(x, y) }),
    report.totals.arenaLowerBoundBytes < 0.97 * most ? level(report.totals.arenaLowerBoundBytes, bytes(report.totals.arenaLowerBoundBytes), 'bound') : null,
    svg('text', { class: 'tick start', x: LEFT, y: HEIGHT - 8 }, 'step 1'),
    svg('text', { class: 'tick', x: width - 8, y: HEIGHT - 8 }, `${columns - 1}, then the caller`),
  );
}

function block(place, index, x, y) {
  const left = x(place.from);
  const width = Math.max(1, x(place.to) - left);
  const top = y(place.offsetBytes + place.bytes);
  const height = Math.max(1, y(place.offsetBytes) - top);
  const values = place.values.map((value) => title(report.layers[value]));
  const name = nameOf(place);
  const step = mainStep(place.layer) ?? report.steps[Math.min(place.from, report.steps.length - 1)];
  return pressable(
    svg(
      'g',
      { class: `block tint${index % 4}`, 'aria-label': `${name}, ${bytes(place.bytes)}` },
      svg('title', {}, `${name}: ${bytes(place.bytes)} at ${bytes(place.offsetBytes)}, steps ${place.from + 1} to ${place.to}${values.length > 1 ? `\nholds ${values.join(', ')}` : ''}`),
      svg('rect', { x: left, y: top, width, height }),
      width > CHARACTER * name.length + 8 && height > 14 ? svg('text', { x: left + 4, y: top + 12 }, name) : null,
    ),
    () => selectStep(step.index),
  );
}

function band(step, className, x) {
  return svg('rect', { class: className, x: x(step), width: Math.max(2, x(step + 1) - x(step)), y: TOP, height: HEIGHT - TOP - BOTTOM });
}

function alive(x, y) {
  return report.steps
    .map((step) => `${step.index === 0 ? 'M' : 'L'}${x(step.index)} ${y(step.aliveBytes)}H${x(step.index + 1)}`)
    .join('');
}
