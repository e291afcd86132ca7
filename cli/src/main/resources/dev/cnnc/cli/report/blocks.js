/**
 * The tree of blocks, from the dotted names of the layers: layer1.0.conv1 stands in layer1.0, which
 * stands in layer1. A block of one layer is none.
 */
import { report } from './model.js';

/** By path, the root by ''. `children` are blocks and layers in the order of the first layer. */
export const blocks = tree();

function tree() {
  const sizes = new Map();
  for (const layer of report.layers) {
    for (const path of prefixes(layer.name)) {
      sizes.set(path, (sizes.get(path) ?? 0) + 1);
    }
  }
  const all = new Map([['', { path: '', parent: null, children: [], layers: [] }]]);
  report.layers.forEach((layer, index) => {
    let parent = all.get('');
    parent.layers.push(index);
    for (const path of prefixes(layer.name).filter((each) => sizes.get(each) > 1)) {
      if (!all.has(path)) {
        const block = { path, parent, children: [], layers: [] };
        all.set(path, block);
        parent.children.push(block);
      }
      parent = all.get(path);
      parent.layers.push(index);
    }
    parent.children.push({ layer: index, parent });
  });
  return all;
}

/** Paths of the blocks around a name, the outermost first. */
function prefixes(name) {
  const parts = name.split('.');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** The name of a block or a layer inside of its parent. */
export function shortName(child) {
  const name = child.path ?? report.layers[child.layer].name;
  const outer = child.parent.path;
  return outer && name.startsWith(`${outer}.`) ? name.slice(outer.length + 1) : name;
}

/** The blocks to show unfolded at first: level by level, while the picture stays readable. */
export function firstUnfolded(most) {
  const open = new Set(['']);
  let level = blocks.get('').children;
  let shown = level.length;
  while (level.length > 0) {
    const inner = level.filter((child) => child.path !== undefined);
    shown += inner.reduce((more, block) => more + block.children.length - 1, 0);
    if (shown > most) {
      break;
    }
    inner.forEach((block) => open.add(block.path));
    level = inner.flatMap((block) => block.children);
  }
  return open;
}
