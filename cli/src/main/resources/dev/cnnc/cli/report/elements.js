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
