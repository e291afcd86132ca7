/** Puts the parts of the page together. */
import { html } from './elements.js';
import { arena } from './arena.js';
import { details } from './details.js';
import { graph } from './graph.js';
import { metrics } from './model.js';
import { roofline } from './roofline.js';
import { chosen, onChange, selectMetric, selectStep } from './selection.js';
import { sources } from './sources.js';
import { summary } from './summary.js';
import { table } from './table.js';

const parts = [
  ['graph', 'Graph', graph],
  ['steps', 'Steps', table],
  ['arena', 'Arena', arena],
  ['roofline', 'Roofline', roofline],
  ['sources', 'Sources', sources],
];

function bar() {
  const buttons = metrics.map((metric) =>
    html('button', { type: 'button', 'data-metric': metric.id, onclick: () => selectMetric(metric.id) }, metric.label),
  );
  const mark = () => buttons.forEach((button) => {
    button.setAttribute('aria-pressed', button.dataset.metric === chosen.metric.id);
  });
  onChange('metric', mark);
  mark();
  return html(
    'nav',
    { 'aria-label': 'Parts of the report' },
    html('div', { class: 'links' }, ...parts.map(([id, name]) => html('a', { href: `#${id}` }, name))),
    html('div', { class: 'metrics', role: 'group', 'aria-label': 'Colour by' }, html('span', {}, 'Colour by'), ...buttons),
  );
}

document.getElementById('page').append(
  summary(),
  bar(),
  html('div', { class: 'columns' }, html('main', {}, ...parts.map(([, , part]) => part())), details()),
  html('footer', {}, 'Written by cnnc report. Graph layout by dagre (MIT licence, inside this page).'),
);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    selectStep(null);
  }
});
