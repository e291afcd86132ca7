/** Numbers as people read them, the same in every country. */

const GROUPS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 4,089,184,256 */
export function count(value) {
  return GROUPS.format(value);
}

/** A dash for zero, so that other numbers stand out. */
export function orDash(value, format = count) {
  return value === 0 ? '–' : format(value);
}

/** 4.09 G */
export function short(value) {
  return scaled(value, 1000, ['', ' k', ' M', ' G', ' T']);
}

/** 12.3 MiB */
export function bytes(value) {
  return scaled(value, 1024, [' B', ' KiB', ' MiB', ' GiB']);
}

/** 1.23 ms */
export function time(nanoseconds) {
  return scaled(nanoseconds, 1000, [' ns', ' µs', ' ms', ' s']);
}

/** 12.3 % */
export function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** +12.3 % */
export function signed(share) {
  return `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;
}

function scaled(value, base, units) {
  let unit = 0;
  let number = value;
  while (Math.abs(number) >= base && unit < units.length - 1) {
    number /= base;
    unit++;
  }
  const digits = unit === 0 ? 0 : Math.abs(number) < 10 ? 2 : Math.abs(number) < 100 ? 1 : 0;
  return number.toFixed(unit === 0 && !Number.isInteger(number) ? 1 : digits) + units[unit];
}

/** "[6, 28, 28]" as 6×28×28 */
export function shape(text) {
  return text.slice(1, -1).split(', ').join('×');
}
