/** The networks of a folder beside each other, to choose one. */
import { html, responsive, section } from './elements.js';
import { bytes, count, short, time } from './format.js';
import { list } from './list.js';
import { scatter } from './scatter.js';

const data = JSON.parse(document.getElementById('data').textContent);
const rows = data.networks;
const has = (part) => rows.some((row) => row[part] !== undefined);
const number = (id, name, format) => ({ id, name, format, numeric: true, of: (row) => row[id] ?? null });

const numbers = [
  ...(has('accuracy') ? [{ ...number('accuracy', data.accuracyName, (value) => String(value)), linear: true }] : []),
  ...(has('nanoseconds') ? [number('nanoseconds', 'time', time)] : []),
  number('parameters', 'parameters', short),
  number('macs', 'MACs', short),
  number('multiplications', 'multiplied', short),
  number('memoryBytes', 'memory', bytes),
  number('arenaBytes', 'arena', bytes),
  number('weightsFileBytes', 'weights file', bytes),
  number('steps', 'steps', count),
];

const columns = [
  { name: 'network', of: (row) => row.network },
  ...numbers,
  { name: 'file', of: (row) => row.file },
  { name: 'description', of: (row) => row.description || null },
];

const named = (id) => numbers.find((each) => each.id === id);
const chosen = {
  x: named('nanoseconds') ?? named('macs'),
  y: named('accuracy') ?? named('memoryBytes'),
};

/** The area stands for the parameters; a dot stays large enough to see. */
function radius(row) {
  const most = Math.max(...rows.map((each) => each.parameters));
  return Math.max(3, 26 * Math.sqrt(row.parameters / most));
}

const chart = responsive('The networks as dots', (width) => scatter(width, chosen.x, chosen.y, rows, radius));

function choice(axis, name) {
  const options = numbers.map((each) => html('option', { value: each.id, selected: each === chosen[axis] }, each.name));
  const change = (event) => {
    chosen[axis] = named(event.target.value);
    chart.again();
  };
  return html('label', {}, `${name} `, html('select', { id: `axis-${axis}`, onchange: change }, ...options));
}

document.getElementById('page').append(
  html('header', {}, html('h1', {}, data.folder), html('p', { class: 'description' }, `${rows.length} networks`)),
  html(
    'main',
    {},
    section(
      'choose',
      'Side by side',
      'Each dot is a network. Its area stands for the parameters.',
      html('div', { class: 'tools' }, choice('x', 'across'), choice('y', 'up')),
      chart.place,
    ),
    section('networks', 'Networks', 'Press a heading to sort.', list('networks-title', columns, rows)),
  ),
  html('footer', {}, 'Written by cnnc report.'),
);
