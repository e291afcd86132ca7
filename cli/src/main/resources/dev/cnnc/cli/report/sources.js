/** The texts: the network, the files that it uses, the emitted class and its kernels. */
import { html, section } from './elements.js';
import { texts } from './model.js';

let show;

/** Shows a line of a text, by the index of the text. */
export function showLine(index, line) {
  show(index, line);
  document.getElementById('sources').scrollIntoView();
}

/** The line, from 1, on which `word` first stands in a text, or 0. */
export function lineOf(index, word) {
  const place = texts[index].text.indexOf(word);
  return place < 0 ? 0 : texts[index].text.slice(0, place).split('\n').length;
}

/** Lines of a text, the first and the last from 1. */
export function lines(index, from, to) {
  return texts[index].text.split('\n').slice(from - 1, to);
}

/** The indices of the emitted class and of its kernels. */
export const networkClass = texts.length - 2;
export const kernelClass = texts.length - 1;

export function sources() {
  const tabs = texts.map((text, index) =>
    html(
      'button',
      { type: 'button', role: 'tab', id: `tab-${index}`, 'aria-controls': 'text', onclick: () => show(index, 0) },
      text.name,
    ),
  );
  const numbers = html('pre', { class: 'numbers', 'aria-hidden': 'true' });
  const code = html('pre', { class: 'code' });
  const mark = html('div', { class: 'mark', hidden: true });
  const panel = html(
    'div',
    { class: 'scroll text', id: 'text', role: 'tabpanel', tabindex: 0 },
    html('div', { class: 'lines' }, mark, numbers, code),
  );

  show = (index, line) => {
    tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', at === index);
      tab.tabIndex = at === index ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', `tab-${index}`);
    const all = texts[index].text.replace(/\n$/, '').split('\n');
    code.textContent = all.join('\n');
    numbers.textContent = all.map((_, at) => at + 1).join('\n');
    mark.hidden = line === 0;
    mark.style.setProperty('--line', line - 1);
    const height = parseFloat(getComputedStyle(code).lineHeight);
    panel.scrollTop = Math.max(0, (line - 4) * height);
    panel.scrollLeft = 0;
  };

  const bar = html('div', { role: 'tablist', class: 'tabs', 'aria-label': 'Texts', onkeydown: turn }, ...tabs);

  function turn(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) {
      const next = (tabs.indexOf(document.activeElement) + by + tabs.length) % tabs.length;
      show(next, 0);
      tabs[next].focus();
    }
  }

  const whole = section(
    'sources',
    'Sources',
    'The network as written, and the Java that was emitted for it.',
    bar,
    panel,
  );
  queueMicrotask(() => show(0, 0));
  return whole;
}
