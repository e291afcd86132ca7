/** A table of any objects, sorted by the heading that is pressed. */
import { html } from './elements.js';

/**
 * @param columns {name, of, format, numeric, className}; `of` gives what is sorted, null for nothing
 * @return the table in a box that scrolls
 */
export function list(labelledBy, columns, rows) {
  const order = { column: null, descending: false };
  const lines = rows.map((row) => ({ row, line: html('tr', {}, ...columns.map((column, index) => cell(column, row, index === 0))) }));
  const body = html('tbody', {}, ...lines.map(({ line }) => line));
  const heads = columns.map((column) =>
    html(
      'th',
      { scope: 'col', class: column.numeric ? 'number' : null, 'aria-sort': 'none' },
      html('button', { type: 'button', onclick: () => sort(column) }, column.name),
    ),
  );

  function sort(column) {
    order.descending = order.column === column ? !order.descending : Boolean(column.numeric);
    order.column = column;
    const sign = order.descending ? -1 : 1;
    const sorted = [...lines].sort((a, b) => compare(column.of(a.row), column.of(b.row), sign));
    body.append(...sorted.map(({ line }) => line));
    heads.forEach((head, index) => {
      head.setAttribute('aria-sort', columns[index] !== column ? 'none' : order.descending ? 'descending' : 'ascending');
    });
  }

  return html(
    'div',
    { class: 'scroll table', tabindex: 0, role: 'region', 'aria-labelledby': labelledBy },
    html('table', {}, html('thead', {}, html('tr', {}, ...heads)), body),
  );
}

/** What is nothing comes last in both directions. */
function compare(a, b, sign) {
  if (a === null || b === null) {
    return (a === null) - (b === null);
  }
  return sign * (typeof a === 'number' ? a - b : a.localeCompare(b, 'en', { numeric: true }));
}

function cell(column, row, first) {
  const value = column.of(row);
  const text = value === null ? '–' : column.format ? column.format(value, row) : value;
  const kind = [column.numeric ? 'number' : '', column.className?.(row) ?? ''].join(' ').trim();
  return html(first ? 'th' : 'td', { scope: first ? 'row' : null, class: kind || null }, text);
}
