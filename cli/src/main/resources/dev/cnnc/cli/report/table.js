/** The table of steps: sorted by any column, filtered by a word. */
import { html, section } from './elements.js';
import { bytes, count, orDash, percent, shape, signed, time } from './format.js';
import { deviation, layerOf, measured, predicted, reason, report } from './model.js';
import { chosen, onChange, selectStep } from './selection.js';

const number = (id, name, of, format = count, hint = '') => ({ id, name, of, format, hint, numeric: true });

const columns = [
  { id: 'layer', name: 'layer', of: (step) => layerOf(step).name },
  { id: 'kernel', name: 'kernel', of: (step) => step.kernel },
  { id: 'output', name: 'output', of: (step) => shape(layerOf(step).shape) },
  { id: 'share', name: 'share', of: (step) => chosen.metric.of(step), share: true, numeric: true },
  ...report.times.flatMap((times) => [
    number(times.name, `${times.name} time`, (step) => times.steps[step.index], time),
    number(
      `${times.name}-speed`,
      'GFLOP/s',
      (step) => (2 * step.macs) / times.steps[step.index],
      (value) => value.toFixed(1),
      'two operations for each MAC of the layer; more than the peak where Winograd spares some',
    ),
    number(
      `${times.name}-peak`,
      'of peak',
      (step) => (2 * step.macs) / times.steps[step.index] / times.peakGigaflops,
      percent,
      `of ${times.peakGigaflops.toFixed(1)} GFLOP/s, which the machine could do without memory`,
    ),
  ]),
  ...(predicted && measured
    ? [number('deviation', 'off by', deviation, signed, 'what was predicted, relative to what was measured')]
    : []),
  number('parameters', 'parameters', (step) => step.parameters),
  number('macs', 'MACs', (step) => step.macs, count, 'of the layer, after the passes'),
  number('multiplications', 'multiplied', (step) => step.multiplications, count, 'multiply-adds that the kernel does'),
  number('weights', 'weights', (step) => step.weightBytes, bytes, 'packed weights that it reads'),
  number('read', 'read', (step) => step.readBytes, bytes, 'activations that it reads, each once'),
  number('written', 'written', (step) => step.writtenBytes, bytes, 'activations that it writes, each once'),
  number('alive', 'alive', (step) => step.aliveBytes, bytes, 'what is needed of the arena at this moment'),
  { id: 'why', name: 'why this kernel', of: reason },
];

export function table() {
  const order = { column: null, descending: false };
  const rows = report.steps.map((step) => row(step));
  const body = html('tbody', {}, ...rows);
  const heads = columns.map((column) => head(column, () => sort(column)));
  const found = html('output', {}, '');

  function sort(column) {
    order.descending = order.column === column ? !order.descending : Boolean(column.numeric);
    order.column = column;
    arrange();
  }

  function arrange() {
    const sign = order.descending ? -1 : 1;
    const steps = [...report.steps];
    if (order.column) {
      const value = order.column.of;
      steps.sort((a, b) => sign * compare(value(a), value(b)) || a.index - b.index);
    }
    body.append(...steps.map((step) => rows[step.index]));
    heads.forEach((cell, index) => {
      const sorted = columns[index] === order.column;
      cell.setAttribute('aria-sort', sorted ? (order.descending ? 'descending' : 'ascending') : 'none');
    });
  }

  function filter(word) {
    const wanted = word.trim().toLowerCase();
    rows.forEach((each) => {
      each.hidden = !each.textContent.toLowerCase().includes(wanted);
    });
    found.textContent = wanted ? `${rows.filter((each) => !each.hidden).length} of ${rows.length}` : '';
  }

  function share() {
    rows.forEach((each, index) => fillShare(each, report.steps[index]));
    if (order.column?.share) {
      arrange();
    }
  }

  function mark() {
    rows.forEach((each, index) => {
      each.setAttribute('aria-selected', index === chosen.step);
    });
    rows[chosen.step]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  onChange('metric', share);
  onChange('step', mark);
  share();
  return section(
    'steps',
    'Steps',
    'Each row is a step, one call of one kernel. Press a heading to sort, a layer to see why its kernel was chosen and its code.',
    html(
      'p',
      { class: 'tools' },
      html('label', {}, 'Filter ', html('input', { type: 'search', oninput: (event) => filter(event.target.value) })),
      ' ',
      found,
    ),
    html(
      'div',
      { class: 'scroll table', tabindex: 0, role: 'region', 'aria-labelledby': 'steps-title' },
      html('table', {}, html('thead', {}, html('tr', {}, ...heads)), body, html('tfoot', {}, total())),
    ),
  );
}

function compare(a, b) {
  return typeof a === 'number' ? a - b : a.localeCompare(b, 'en', { numeric: true });
}

function head(column, action) {
  return html(
    'th',
    { scope: 'col', class: column.numeric ? 'number' : null, 'aria-sort': 'none', title: column.hint || null },
    html('button', { type: 'button', onclick: action, 'data-column': column.id }, column.name),
  );
}

function row(step) {
  const select = () => selectStep(step.index);
  return html(
    'tr',
    { id: `step-${step.index}`, onclick: select },
    ...columns.map((column, index) => cell(column, step, index === 0 ? select : null)),
  );
}

function cell(column, step, select) {
  const value = column.of(step);
  if (select) {
    return html('th', { scope: 'row' }, html('button', { type: 'button' }, value));
  }
  if (column.share) {
    return html('td', { class: 'share number' });
  }
  return column.numeric
    ? html('td', { class: 'number', title: count(value) }, orDash(value, column.format))
    : html('td', {}, value);
}

function fillShare(row, step) {
  const part = chosen.metric.total === 0 ? 0 : chosen.metric.of(step) / chosen.metric.total;
  const place = row.querySelector('.share');
  place.style.setProperty('--part', part);
  place.textContent = part === 0 ? '–' : percent(part);
}

function total() {
  return html(
    'tr',
    {},
    ...columns.map((column, index) => {
      if (index === 0) {
        return html('th', { scope: 'row' }, 'total');
      }
      const sums = column.numeric && !['alive', 'share', 'deviation'].includes(column.id) && !/-(speed|peak)$/.test(column.id);
      const value = sums ? report.steps.reduce((before, step) => before + column.of(step), 0) : null;
      return html('td', { class: 'number' }, sums ? column.format(value) : '');
    }),
  );
}
