/** What is selected, and who wants to know: the selected step, and the metric of colours and shares. */
import { metrics } from './model.js';

const listeners = { step: [], metric: [] };

/** Times tell most, if there are any; multiplications otherwise. */
export const chosen = { step: null, metric: metrics[3] ?? metrics[1] };

/** Calls `listener` after each change of `what`, which is step or metric. */
export function onChange(what, listener) {
  listeners[what].push(listener);
}

/** Selects a step, by its index, or none. */
export function selectStep(index) {
  chosen.step = index;
  listeners.step.forEach((listener) => listener());
}

/** Selects a metric, by its id. */
export function selectMetric(id) {
  chosen.metric = metrics.find((metric) => metric.id === id);
  listeners.metric.forEach((listener) => listener());
}
