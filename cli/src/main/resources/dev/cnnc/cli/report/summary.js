/** The head of the page: what the network is, its totals, its budget. */
import { html } from './elements.js';
import { bytes, count, percent, short, time } from './format.js';
import { report, shown, sizes } from './model.js';

export function summary() {
  const totals = report.totals;
  return html(
    'header',
    { id: 'summary' },
    html('h1', {}, report.network),
    report.description ? html('p', { class: 'description' }, report.description) : null,
    sizes.length > 1 ? choice() : null,
    html(
      'dl',
      { class: 'tiles' },
      tile('Parameters', short, totals.parameters),
      tile('MACs as written', short, totals.macs),
      tile('Multiplications run', short, totals.multiplications),
      tile('Memory of an instance', bytes, totals.memoryBytes),
      tile('Arena', bytes, totals.arenaBytes, `lower bound ${bytes(totals.arenaLowerBoundBytes)}`),
      tile('Weights file', bytes, totals.weightsFileBytes),
      tile('Class files', bytes, totals.classBytes),
      tile('Steps', count, report.steps.length),
      ...report.times.map((times) => tile(`Time, ${times.name}`, time, times.nanoseconds, times.where)),
    ),
    report.budget.length > 0 ? budget() : null,
  );
}

/** A page for each size: the links keep the file and name the size. */
function choice() {
  return html(
    'p',
    { class: 'links sizes', role: 'navigation', 'aria-label': 'Size of the input' },
    html('span', {}, 'Input'),
    ...sizes.map((size, index) => html('a', { href: `?size=${size}`, ...(index === shown ? { 'aria-current': 'page' } : {}) }, size)),
  );
}

function tile(name, format, value, note = format === count ? null : count(value)) {
  return html(
    'div',
    {},
    html('dt', {}, name),
    html('dd', { title: count(value) }, format(value), note ? html('small', {}, note) : null),
  );
}

function budget() {
  return html(
    'table',
    { class: 'budget' },
    html('caption', {}, 'Budget'),
    html(
      'thead',
      {},
      html('tr', {}, ...['limit of', 'used', 'limit', 'left', ''].map((name) => html('th', { scope: 'col' }, name))),
    ),
    html('tbody', {}, ...report.budget.map(limit)),
  );
}

function limit({ measure, unit, limit: most, used, unknown, line }) {
  const format = { pieces: short, bytes, nanoseconds: time }[unit];
  if (unknown) {
    return html(
      'tr',
      { class: 'over' },
      html('th', { scope: 'row', title: `line ${line}` }, measure),
      html('td', {}, '?'),
      html('td', { title: count(most) }, format(most)),
      html('td', { colspan: 2 }, unknown),
    );
  }
  const over = used > most;
  return html(
    'tr',
    { class: over ? 'over' : 'under' },
    html('th', { scope: 'row', title: `line ${line}` }, measure),
    html('td', { title: count(used) }, format(used)),
    html('td', { title: count(most) }, format(most)),
    html('td', { title: count(most - used) }, over ? `✗ ${format(used - most)} over` : `✓ ${format(most - used)} under`),
    html(
      'td',
      { class: 'bar' },
      html('meter', { min: 0, max: 1, value: Math.min(1, used / most), 'aria-label': `${measure} used` }),
      ` ${percent(used / most)}`,
    ),
  );
}
