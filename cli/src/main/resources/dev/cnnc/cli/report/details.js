/** The selected step: its numbers, why its kernel was chosen, its line and its method. */
import { html } from './elements.js';
import { bytes, count, percent, short, shape, time } from './format.js';
import { layerOf, reason, report, title } from './model.js';
import { chosen, onChange, selectStep } from './selection.js';
import { kernelClass, lineOf, lines, networkClass, showLine } from './sources.js';

export function details() {
  const panel = html('aside', { id: 'details', 'aria-label': 'Selected step', 'aria-live': 'polite' });

  function fill() {
    const step = report.steps[chosen.step];
    panel.classList.toggle('open', Boolean(step));
    panel.replaceChildren(
      ...(step ? about(step) : [html('p', { class: 'hint' }, 'Select a step, in any picture or table, to see it here.')]),
    );
  }

  onChange('step', fill);
  fill();
  return panel;
}

function about(step) {
  const layer = layerOf(step);
  const last = report.steps.length - 1;
  return [
    html(
      'div',
      { class: 'bar' },
      html('h2', {}, title(layer)),
      html('button', { type: 'button', disabled: step.index === 0, title: 'the step before', 'aria-label': 'the step before', onclick: () => selectStep(step.index - 1) }, '‹'),
      html('button', { type: 'button', disabled: step.index === last, title: 'the next step', 'aria-label': 'the next step', onclick: () => selectStep(step.index + 1) }, '›'),
      html('button', { type: 'button', title: 'close', 'aria-label': 'close', onclick: () => selectStep(null) }, '×'),
    ),
    html('p', {}, html('code', {}, layer.call)),
    layer.taken ? html('p', {}, 'It does the work of ', html('b', {}, layer.taken.join(', ')), ' too.') : null,
    layer.applies ? html('p', {}, 'It applies ', html('b', {}, layer.applies), ' while it reads.') : null,
    numbers(step, layer),
    html('h3', {}, `Why ${step.kernel}`),
    why(step, layer),
    layer.declined ? html('ul', {}, ...layer.declined.map((text) => html('li', {}, `declined by ${text}`))) : null,
    ...code(step, layer),
  ].filter(Boolean);
}

function numbers(step, layer) {
  const facts = [
    ['step', `${step.index + 1} of ${report.steps.length}`],
    ['output', shape(layer.shape)],
    ['MACs', short(step.macs)],
    ['multiplied', short(step.multiplications)],
    ['parameters', count(step.parameters)],
    ['weights', bytes(step.weightBytes)],
    ['read', bytes(step.readBytes)],
    ['written', bytes(step.writtenBytes)],
    ['scratch', bytes(step.scratchBytes)],
    ...report.times.map((times) => [
      times.name,
      `${time(times.steps[step.index])}, ${percent(times.steps[step.index] / times.nanoseconds)} of a run`,
    ]),
  ];
  return html('dl', { class: 'facts' }, ...facts.map(([name, value]) => html('div', {}, html('dt', {}, name), html('dd', {}, value))));
}

function why(step, layer) {
  const offers = layer.offers ?? [];
  if (!step.purpose.startsWith('layer') || offers.length < 2) {
    return html('p', {}, `${reason(step)}.`);
  }
  const items = offers.map((offer) =>
    html(
      'li',
      { class: offer.taken ? 'taken' : null },
      html('b', {}, offer.kernel),
      ` (${offer.method}): `,
      offer.estimate === undefined ? 'the best wherever it fits' : `${short(offer.estimate)} multiply-adds, estimated`,
      offer.taken ? ', taken' : '',
    ),
  );
  return html('ol', { class: 'offers' }, ...items);
}

/** The line of the network and the method of the class, with links to both and to the kernel. */
function code(step, layer) {
  const start = lineOf(networkClass, ` ${step.method}(int from, int to, int worker) {`);
  const body = lines(networkClass, start, start + 60);
  const method = body.slice(0, body.findIndex((line) => line === '  }') + 1);
  const kernel = lineOf(kernelClass, `void ${step.entry}(`);
  return [
    html('h3', {}, 'Written'),
    html('pre', {}, lines(layer.source, layer.line, layer.line).join('\n').trim()),
    html('p', {}, link(`line ${layer.line}`, layer.source, layer.line)),
    html('h3', {}, 'Emitted'),
    html('pre', {}, method.map((line) => line.replace(/^ {2}/, '')).join('\n')),
    html('p', {}, link('in the class', networkClass, start), kernel > 0 ? [', ', link('its kernel', kernelClass, kernel)] : null),
  ];
}

function link(text, index, line) {
  return html('button', { type: 'button', class: 'link', onclick: () => showLine(index, line) }, text);
}
