/** Two reports: what changed in the totals, and in which steps. */
import { html, section } from './elements.js';
import { bytes, count, short, time } from './format.js';
import { list } from './list.js';

const { before, after } = JSON.parse(document.getElementById('data').textContent);

const TOTALS = [
  ['parameters', 'parameters', short],
  ['macs', 'MACs as written', short],
  ['multiplications', 'multiplications', short],
  ['memoryBytes', 'memory of an instance', bytes],
  ['arenaBytes', 'arena', bytes],
  ['arenaLowerBoundBytes', 'lower bound of the arena', bytes],
  ['scratchBytes', 'scratch of a thread', bytes],
  ['packedWeightBytes', 'packed weights', bytes],
  ['weightsFileBytes', 'weights file', bytes],
  ['readBytes', 'activations read', bytes],
  ['writtenBytes', 'activations written', bytes],
  ['classBytes', 'class files', bytes],
  ['largestMethodBytes', 'largest method', bytes],
];

const PARTS = [
  ['macs', 'MACs', short],
  ['multiplications', 'multiplied', short],
  ['weightBytes', 'weights', bytes],
  ['readBytes', 'read', bytes],
  ['writtenBytes', 'written', bytes],
  ['aliveBytes', 'alive', bytes],
];

const firstTimes = (side) => side.report.times[0];
const timed = firstTimes(before) && firstTimes(after);

/** A difference with its sign, or nothing. */
function signed(value, format) {
  return value === 0 ? '–' : `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`;
}

function grade(change) {
  return change > 0 ? 'more' : change < 0 ? 'less' : '';
}

function totals() {
  const rows = TOTALS.map(([id, name, format]) => ({ name, format, a: before.report.totals[id], b: after.report.totals[id] }));
  rows.push({ name: 'steps', format: count, a: before.report.steps.length, b: after.report.steps.length });
  if (timed) {
    rows.push({ name: 'time of a run', format: time, a: firstTimes(before).nanoseconds, b: firstTimes(after).nanoseconds });
  }
  const columns = [
    { name: 'total', of: (row) => row.name },
    { name: before.name, numeric: true, of: (row) => row.a, format: (value, row) => row.format(value) },
    { name: after.name, numeric: true, of: (row) => row.b, format: (value, row) => row.format(value) },
    { name: 'change', numeric: true, of: (row) => row.b - row.a, format: (value, row) => signed(value, row.format), className: (row) => grade(row.b - row.a) },
    {
      name: 'in percent',
      numeric: true,
      of: (row) => (row.a === 0 ? null : (100 * (row.b - row.a)) / row.a),
      format: (value) => signed(value, (size) => `${size.toFixed(size < 10 ? 2 : 0)} %`),
      className: (row) => grade(row.b - row.a),
    },
  ];
  return list('totals-title', columns, rows);
}

/** The steps of a side by layer and purpose; a layer may have several of one purpose. */
function keyed({ report }) {
  const seen = new Map();
  return new Map(
    report.steps.map((step, index) => {
      const layer = report.layers[step.layer];
      const key = `${layer.name} ${step.purpose}`;
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      return [`${key} ${times}`, { ...step, name: layer.name, shape: layer.shape, nanoseconds: report.times[0]?.steps[index] ?? 0 }];
    }),
  );
}

function pairs() {
  const left = keyed(before);
  const right = keyed(after);
  return [...new Set([...left.keys(), ...right.keys()])].map((key) => ({ a: left.get(key), b: right.get(key) }));
}

function changed({ a, b }) {
  return !a || !b || a.kernel !== b.kernel || a.shape !== b.shape || PARTS.some(([id]) => a[id] !== b[id]);
}

function kernels({ a, b }) {
  if (!a || !b) {
    return a ? `${a.kernel}, gone` : `${b.kernel}, new`;
  }
  return a.kernel === b.kernel ? a.kernel : `${a.kernel} → ${b.kernel}`;
}

function steps(rows) {
  const difference = (id) => ({ a, b }) => (b?.[id] ?? 0) - (a?.[id] ?? 0);
  const part = ([id, name, format]) => ({
    name,
    numeric: true,
    of: difference(id),
    format: (value) => signed(value, format),
    className: (row) => grade(difference(id)(row)),
  });
  const columns = [
    { name: 'layer', of: ({ a, b }) => (a ?? b).name },
    { name: 'kernel', of: kernels },
    ...(timed ? [part(['nanoseconds', 'time', time])] : []),
    ...PARTS.map(part),
  ];
  return list('steps-title', columns, rows);
}

const all = pairs();
const different = all.filter(changed);

document.getElementById('page').append(
  html(
    'header',
    {},
    html('h1', {}, before.report.network === after.report.network ? before.report.network : `${before.report.network}, ${after.report.network}`),
    html('p', { class: 'description' }, `${before.name} before, ${after.name} after`),
  ),
  html(
    'main',
    {},
    section('totals', 'Totals', null, totals()),
    section(
      'steps',
      'Steps',
      `${different.length} of ${all.length} steps differ, told by their layer. Numbers are changes.`,
      steps(timed ? all : different),
    ),
  ),
  html('footer', {}, 'Written by cnnc report.'),
);
