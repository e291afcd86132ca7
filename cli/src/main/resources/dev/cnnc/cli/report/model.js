/** The data of the page, and what can be computed from it. */
import { bytes, short, time } from './format.js';

const parsed = (id) => JSON.parse(document.getElementById(id).textContent);

/** One report for each size of the input; a network of one size has it as it is. */
const all = [parsed('data')].flat();

const written = ({ input: [, height, width] }) => `${height}x${width}`;

/** The sizes of the input, as the address of the page names them. */
export const sizes = all.map(written);

const asked = sizes.indexOf(new URLSearchParams(location.search).get('size'));

/** The size that the page shows. */
export const shown = Math.max(0, asked);

export const report = all[shown];
export const texts = all.length > 1 ? parsed('texts')[shown] : parsed('texts');

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** All bytes that a step moves: weights and activations. */
export function moved(step) {
  return step.weightBytes + step.readBytes + step.writtenBytes;
}

/** The times of that name, if there are any. */
const timesOf = (name) => report.times.find((times) => times.name === name);

export const predicted = timesOf('predicted');
export const measured = timesOf('measured');

/** Nanoseconds by which a step is predicted longer than it was measured. */
function distance(step) {
  return predicted.steps[step.index] - measured.steps[step.index];
}

/** The same, relative to what was measured. */
export function deviation(step) {
  return distance(step) / measured.steps[step.index];
}

/** What colours, bars and shares can stand for. */
export const metrics = [
  { id: 'macs', label: 'MACs', format: short, of: (step) => step.macs },
  { id: 'multiplications', label: 'Multiplications', format: short, of: (step) => step.multiplications },
  { id: 'bytes', label: 'Bytes moved', format: bytes, of: moved },
  ...report.times.map((times) => ({
    id: times.name,
    label: `Time, ${times.name}`,
    format: time,
    of: (step) => times.steps[step.index],
  })),
  ...(predicted && measured ? [{ id: 'error', label: 'Error of the prediction', format: time, of: (step) => Math.abs(distance(step)) }] : []),
];

report.steps.forEach((step, index) => {
  step.index = index;
});
for (const metric of metrics) {
  metric.total = sum(report.steps.map(metric.of));
}

/** The steps of each layer, by the index of the layer. */
export const stepsOf = new Map();
for (const step of report.steps) {
  stepsOf.set(step.layer, [...(stepsOf.get(step.layer) ?? []), step]);
}

/** The layer of a step. */
export function layerOf(step) {
  return report.layers[step.layer];
}

/** Of a layer or of many: what their steps are worth. */
export function worth(metric, layers) {
  return sum(layers.flatMap((layer) => stepsOf.get(layer) ?? []).map(metric.of));
}

const PURPOSES = {
  halo: 'zeros the halo, where other values lay',
  zeros: 'zeros the value before a part of it is written',
  space_to_depth: 'copies the input so that the stride becomes 1',
  concat_part: 'copies one input of a concat to its place',
  tokens_part: 'copies one input to a row of tokens',
};

/** Why a step is computed by its kernel, in a few words. */
export function reason(step) {
  const offers = layerOf(step).offers ?? [];
  if (PURPOSES[step.purpose]) {
    return PURPOSES[step.purpose];
  }
  if (offers.length < 2) {
    return 'the only kernel for it';
  }
  const taken = offers.find((offer) => offer.taken);
  return taken && taken.estimate === undefined
    ? 'the best wherever it fits'
    : `the cheapest of ${offers.length} kernels`;
}

/** The step that computes a layer, if it has any. */
export function mainStep(layer) {
  const steps = stepsOf.get(layer) ?? [];
  return steps.findLast((step) => step.purpose.startsWith('layer')) ?? steps.at(-1);
}

/** A name that says something where the file gave none, and the layer has only its number. */
export function spoken(name, layer) {
  return /^\d+$/.test(name) ? `${layer.word} ${name}` : name;
}

/** The same of a layer with its whole name. */
export function title(layer) {
  return spoken(layer.name, layer);
}
