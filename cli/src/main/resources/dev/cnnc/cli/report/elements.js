/** Elements of HTML and SVG from a name, attributes and children; nothing is ever parsed as HTML. */

const SVG = 'http://www.w3.org/2000/svg';

/** An element of HTML. An attribute `onclick` is a listener; one that is null or false is left out. */
export function html(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An element of SVG. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A section of the page with its heading and a sentence that says how to read it. */
export function section(id, title, hint, ...children) {
  return html(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    html('h2', { id: `${id}-title` }, title),
    hint ? html('p', { class: 'hint' }, hint) : null,
    ...children,
  );
}

/** Makes an element that is no button act as one, for the mouse and for the keyboard. */
export function pressable(element, action) {
  element.setAttribute('tabindex', '0');
  element.setAttribute('role', 'button');
  element.addEventListener('click', action);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      action(event);
    }
  });
  return element;
}

/** One place for the Tab key among many: the arrow keys move the focus from one to the next. */
export function moveByKeys(parent, selector) {
  const all = [...parent.querySelectorAll(selector)];
  all.forEach((each, index) => {
    each.setAttribute('tabindex', index === 0 ? '0' : '-1');
  });
  parent.onkeydown = (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = all.indexOf(document.activeElement);
    if (by && at >= 0) {
      event.preventDefault();
      const next = all[(at + by + all.length) % all.length];
      all[at].setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    }
  };
}

/** A picture that is drawn anew when its width changes. */
export function responsive(name, draw) {
  const place = html('div', { class: 'chart', role: 'group', 'aria-label': name });
  let width = 0;
  const again = () => {
    if (width > 0) {
      place.replaceChildren(draw(width));
      moveByKeys(place, '[role="button"]');
    }
  };
  new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) !== width) {
      width = Math.round(entry.contentRect.width);
      again();
    }
  }).observe(place);
  return { place, again };
}
