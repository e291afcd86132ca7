/** Dots over two logarithmic or plain axes, with names as far as there is room. */
import { svg } from './elements.js';

const LEFT = 72;
const RIGHT = 20;
const TOP = 28;
const BOTTOM = 44;
const HEIGHT = 460;
const LINE = 13;
const CHARACTER = 6.3;

/**
 * @param x, y {name, of, format, linear}
 * @param rows {name, ...}
 * @param radius of the dot of a row
 */
export function scatter(width, x, y, rows, radius) {
  const shown = rows.filter((row) => x.of(row) > 0 && y.of(row) > 0);
  if (shown.length === 0) {
    return svg('svg', { width, height: HEIGHT }, svg('text', { x: LEFT, y: TOP }, 'no network has both numbers'));
  }
  const across = axis(x, shown, LEFT, width - RIGHT);
  const up = axis(y, shown, HEIGHT - BOTTOM, TOP);
  const dots = shown.map((row) => ({ row, x: across.at(x.of(row)), y: up.at(y.of(row)), r: radius(row) }));
  return svg(
    'svg',
    { width, height: HEIGHT, role: 'img', 'aria-label': `${y.name} against ${x.name} of ${shown.length} networks` },
    ...across.ticks.flatMap((tick) => [
      svg('line', { class: 'axis', x1: across.at(tick), x2: across.at(tick), y1: TOP, y2: HEIGHT - BOTTOM }),
      svg('text', { class: 'tick middle', x: across.at(tick), y: HEIGHT - BOTTOM + 16 }, x.format(tick)),
    ]),
    ...up.ticks.flatMap((tick) => [
      svg('line', { class: 'axis', x1: LEFT, x2: width - RIGHT, y1: up.at(tick), y2: up.at(tick) }),
      svg('text', { class: 'tick', x: LEFT - 6, y: up.at(tick) + 4 }, y.format(tick)),
    ]),
    svg('text', { class: 'tick', x: width - RIGHT, y: HEIGHT - 8 }, x.name),
    svg('text', { class: 'tick start', x: 4, y: 14 }, y.name),
    ...[...dots].sort((a, b) => b.r - a.r).map((dot) =>
      svg(
        'g',
        { class: 'network' },
        svg('title', {}, `${dot.row.network}\n${x.name}: ${x.format(x.of(dot.row))}\n${y.name}: ${y.format(y.of(dot.row))}`),
        svg('circle', { cx: dot.x, cy: dot.y, r: dot.r }),
      ),
    ),
    ...names(dots, width),
  );
}

/** A scale from `low` to `high` in pixels. */
function axis({ of, linear }, rows, low, high) {
  const values = rows.map(of);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const map = linear ? (value) => value : Math.log10;
  const ticks = linear ? steps(least, most) : powers(least, most);
  const from = map(Math.min(ticks[0], least));
  const to = map(Math.max(ticks.at(-1), most));
  return { ticks, at: (value) => low + ((high - low) * (map(value) - from)) / (to - from) };
}

function powers(least, most) {
  const from = Math.floor(Math.log10(least));
  const to = Math.max(from + 1, Math.ceil(Math.log10(most)));
  return Array.from({ length: to - from + 1 }, (_, index) => Number(`1e${from + index}`));
}

function steps(least, most) {
  const size = [0.1, 0.5, 1, 2, 5, 10, 20, 50, 100].find((each) => (most - least) / each <= 8) ?? (most - least) / 8;
  const from = Math.floor(least / size);
  const to = Math.max(from + 1, Math.ceil(most / size));
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * size).toFixed(6)));
}

function names(dots, width) {
  const placed = dots.map(({ x, y, r }) => ({ from: x - r, to: x + r, y }));
  return dots.map((dot) => {
    const name = dot.row.network;
    const left = dot.x > width / 2;
    const end = left ? dot.x - dot.r - 3 : dot.x + dot.r + 3;
    const from = left ? end - CHARACTER * name.length : end;
    const to = from + CHARACTER * name.length;
    if (from < 0 || to > width || placed.some((other) => Math.abs(other.y - dot.y) < LINE && from < other.to && other.from < to)) {
      return null;
    }
    placed.push({ from, to, y: dot.y });
    return svg('text', { class: left ? 'name end' : 'name', x: end, y: dot.y + 4 }, name);
  });
}
