/** A dot a step: how much a step computes for each byte that it moves, against how much or how fast. */
import { pressable, responsive, section, svg } from './elements.js';
import { bytes, short } from './format.js';
import { layerOf, measured, moved, report, title } from './model.js';
import { chosen, onChange, selectStep } from './selection.js';

const LEFT = 64;
const RIGHT = 16;
const TOP = 28;
const BOTTOM = 44;
const HEIGHT = 380;
const MOST_NAMES = 12;
const LINE = 14;
const CHARACTER = 6.5;

/** Two operations for each multiply-add. */
const operations = (step) => 2 * step.multiplications;
const intensity = (step) => operations(step) / moved(step);

export function roofline() {
  const times = measured ?? report.times[0];
  const chart = responsive('Roofline', (width) => picture(width, times));
  onChange('step', () => chart.again());
  onChange('metric', () => chart.again());
  return section(
    'roofline',
    'Roofline',
    times
      ? 'Each dot is a step: operations for each byte of weights and activations, against the speed that it reaches. The level line is the peak of the machine; a sloping line is what a step reaches that reads each byte once, from memory or from the fastest cache. Steps near a slope wait for bytes, those far below all lines for something else.'
      : 'Each dot is a step: operations for each byte of weights and activations, against its multiplications. Steps on the left wait for memory, those on the right for arithmetic; those at the top matter most.',
    chart.place,
  );
}

function picture(width, times) {
  const steps = report.steps.filter((step) => step.multiplications > 0);
  const height = times ? (step) => operations(step) / times.steps[step.index] : (step) => step.multiplications;
  const right = decades(steps.map(intensity));
  const up = decades(times ? [...steps.map(height), times.peakGigaflops] : steps.map(height));
  const x = (value) => LEFT + ((width - LEFT - RIGHT) * (Math.log10(value) - right.from)) / (right.to - right.from);
  const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (Math.log10(value) - up.from)) / (up.to - up.from);
  const dots = steps.map((step) => ({ step, x: x(intensity(step)), y: y(height(step)) }));
  return svg(
    'svg',
    { width, height: HEIGHT, role: 'group' },
    ...right.ticks.flatMap((tick) => [
      svg('line', { class: 'axis', x1: x(tick), x2: x(tick), y1: TOP, y2: HEIGHT - BOTTOM }),
      svg('text', { class: 'tick middle', x: x(tick), y: HEIGHT - BOTTOM + 16 }, String(tick)),
    ]),
    ...up.ticks.flatMap((tick) => [
      svg('line', { class: 'axis', x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick) }),
      svg('text', { class: 'tick', x: LEFT - 6, y: y(tick) + 4 }, short(tick)),
    ]),
    svg('text', { class: 'tick', x: width - RIGHT, y: HEIGHT - 8 }, 'operations for each byte'),
    svg('text', { class: 'tick start', x: 4, y: 12 }, times ? 'GFLOP/s' : 'multiplications'),
    ...(times ? roof(times, right, up, x, y) : []),
    ...dots.map(dot),
    ...names(dots, width),
  );
}

/** The powers of ten around the values, at least two. */
function decades(values) {
  const from = Math.floor(Math.log10(Math.min(...values, 1e9)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values, 1e-9))));
  const ticks = [];
  for (let power = from; power <= to; power++) {
    ticks.push(Number(`1e${power}`));
  }
  return { from, to, ticks };
}

/** The peak, and the slopes below it: a speed is operations a byte, times bytes a second. */
function roof({ peakGigaflops: peak, cacheGigabytes, memoryGigabytes }, right, up, x, y) {
  const from = 10 ** right.from;
  const to = 10 ** right.to;
  const line = (start, end) => svg('line', { class: 'bound', x1: x(start[0]), y1: y(start[1]), x2: x(end[0]), y2: y(end[1]) });
  const slopes = [['cache', cacheGigabytes], ['memory', memoryGigabytes]].map(([name, gigabytes]) => {
    const start = Math.max(from, 10 ** up.from / gigabytes);
    const end = Math.min(to, peak / gigabytes);
    return start < end
      ? svg(
          'g',
          { class: 'slope' },
          line([start, start * gigabytes], [end, end * gigabytes]),
          svg(
            'text',
            { class: 'tick start', x: x(start) + 6, y: y(start * gigabytes) - 4, transform: `rotate(${tilt(x, y, start, end, gigabytes)} ${x(start)} ${y(start * gigabytes)})` },
            `${name} ${short(gigabytes)} GB/s`,
          ),
        )
      : null;
  });
  const knee = Math.min(to, Math.max(from, peak / cacheGigabytes));
  return [
    line([knee, peak], [to, peak]),
    svg('text', { class: 'tick', x: x(to) - 4, y: y(peak) - 4 }, `peak ${short(peak)} GFLOP/s`),
    ...slopes,
  ];
}

function tilt(x, y, start, end, gigabytes) {
  return (Math.atan2(y(end * gigabytes) - y(start * gigabytes), x(end) - x(start)) * 180) / Math.PI;
}

function dot({ step, x, y }) {
  const name = title(layerOf(step));
  const part = chosen.metric.of(step) / Math.max(1, ...report.steps.map(chosen.metric.of));
  return pressable(
    svg(
      'g',
      { class: `dot${chosen.step === step.index ? ' selected' : ''}`, style: `--part: ${part}`, 'aria-label': `${name}, step ${step.index + 1}`, 'data-step': step.index },
      svg('title', {}, `${name} (${step.kernel})\n${short(step.multiplications)} multiplications, ${bytes(moved(step))}`),
      svg('circle', { cx: x, cy: y, r: 6 }),
    ),
    () => selectStep(step.index),
  );
}

/** The names of the heaviest steps, as far as none hides another or a dot. */
function names(dots, width) {
  const placed = dots.map(({ x, y }) => ({ from: x - 6, to: x + 6, y }));
  return [...dots]
    .sort((a, b) => b.step.multiplications - a.step.multiplications)
    .slice(0, MOST_NAMES)
    .map(({ step, x, y }) => {
      const name = title(layerOf(step));
      const left = x > width / 2;
      const from = left ? x - 10 - CHARACTER * name.length : x + 10;
      const to = from + CHARACTER * name.length;
      if (from < 0 || to > width || placed.some((other) => Math.abs(other.y - y) < LINE && from < other.to && other.from < to)) {
        return null;
      }
      placed.push({ from, to, y });
      return svg('text', { class: left ? 'name end' : 'name', x: left ? to : from, y: y + 4 }, name);
    });
}
