/**
 * Places of boxes and ways of edges. Each unfolded block is laid out on its own, by dagre, and is one
 * box of its parent: so unfolding one block moves the inside of no other, and large graphs stay fast.
 * What enters or leaves a block does so in the middle of its upper or lower edge.
 */
import { blocks } from './blocks.js';
import { report } from './model.js';

const HEADER = 24;
const MARGIN = 12;
const IN = 'in';
const OUT = 'out';

/**
 * The drawing of the graph.
 *
 * @param open paths of the unfolded blocks
 * @param size width and height of a child that is a layer or a folded block
 * @return width, height, boxes {child, x, y, width, height}, frames (the same, of unfolded blocks),
 *     and edges {points, label, at}
 */
export function drawing(open, size) {
  const drawn = { boxes: [], frames: [], edges: [] };
  const inner = new Map();
  const root = arranged(blocks.get(''), open, size, inner);
  place(blocks.get(''), root, 0, 0, open, inner, drawn);
  return { ...drawn, width: root.width, height: root.height };
}

function idOf(child) {
  return child.path ?? String(child.layer);
}

function isOpen(child, open) {
  return child.path !== undefined && open.has(child.path);
}

/** The graph of a block's children, with places. */
function arranged(block, open, size, inner) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 14, ranksep: 16, marginx: MARGIN, marginy: MARGIN });
  for (const child of block.children) {
    graph.setNode(idOf(child), isOpen(child, open) ? framed(child, open, size, inner) : size(child));
  }
  edges(block, graph);
  dagre.layout(graph);
  inner.set(block.path, graph);
  return { width: graph.graph().width, height: graph.graph().height };
}

function framed(block, open, size, inner) {
  const { width, height } = arranged(block, open, size, inner);
  return { width: Math.max(width, 8 * block.path.length + 40), height: height + HEADER };
}

/** The child of `block` that holds each of its layers. */
function holders(block) {
  const holder = new Map();
  for (const child of block.children) {
    (child.layers ?? [child.layer]).forEach((layer) => holder.set(layer, idOf(child)));
  }
  return holder;
}

function edges(block, graph) {
  const holder = holders(block);
  const outputs = new Set(report.outputs.map((output) => output.layer));
  const inside = (layer) => holder.has(layer);
  report.layers.forEach((layer, reader) => {
    for (const read of layer.inputs) {
      const from = inside(read) ? holder.get(read) : IN;
      const to = inside(reader) ? holder.get(reader) : OUT;
      if (from !== to && (inside(read) || inside(reader))) {
        connect(graph, from, to, read);
      }
    }
  });
  if (block.path) {
    block.layers.filter((layer) => outputs.has(layer)).forEach((layer) => connect(graph, holder.get(layer), OUT, layer));
  }
}

function connect(graph, from, to, value) {
  for (const port of [from, to].filter((id) => id === IN || id === OUT)) {
    graph.setNode(port, { width: 1, height: 1 });
  }
  const known = graph.edge(from, to);
  if (known) {
    known.values.add(value);
  } else {
    const labelled = to !== OUT;
    graph.setEdge(from, to, { values: new Set([value]), width: labelled ? 78 : 0, height: labelled ? 14 : 0, labelpos: 'c', weight: 2 });
  }
}

/** Moves a block's children and edges to where the block lies. */
function place(block, outer, left, top, open, inner, drawn) {
  const graph = inner.get(block.path);
  const shift = left + Math.max(0, (outer.width - graph.graph().width) / 2);
  for (const child of block.children) {
    const node = graph.node(idOf(child));
    const box = {
      child,
      x: shift + node.x - node.width / 2,
      y: top + node.y - node.height / 2,
      width: node.width,
      height: node.height,
    };
    if (isOpen(child, open)) {
      drawn.frames.push(box);
      place(child, node, box.x, box.y + HEADER, open, inner, drawn);
    } else {
      drawn.boxes.push(box);
    }
  }
  const middle = left + outer.width / 2;
  for (const { v, w } of graph.edges()) {
    const edge = graph.edge(v, w);
    const points = edge.points.map(({ x, y }) => ({ x: shift + x, y: top + y }));
    if (v === IN) {
      points.splice(0, 1, { x: middle, y: top - HEADER });
    }
    if (w === OUT) {
      points.splice(-1, 1, { x: middle, y: top + graph.graph().height });
    }
    drawn.edges.push({
      points,
      values: [...edge.values],
      label: v !== IN && w !== OUT ? { x: shift + edge.x, y: top + edge.y } : null,
      arrow: w !== OUT,
    });
  }
}
