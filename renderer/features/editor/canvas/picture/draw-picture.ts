import type { CanvasState } from '../canvas-store.ts';
import { edgeLine, middleOf } from '../scene/edge-line.ts';
import type { SceneEdge } from '../scene/scene.ts';
import { CARD, type Box, type Point } from '../scene/sizes.ts';
import { isSameEdge, type EdgeRef } from '../scene/stage-graph.ts';
import type { FlowEdge } from '../artifact-flow.ts';
import { traceHead, traceLine } from './draw-lines.ts';
import type { PictureColours } from './picture-colours.ts';

export interface Viewport extends Point {
  readonly zoom: number;
}

export interface Picture {
  readonly state: CanvasState;
  readonly selection: ReadonlySet<string>;
  /** What is made and used, when it is to be shown. */
  readonly flow: readonly FlowEdge[];
  readonly viewport: Viewport;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly colours: PictureColours;
}

/** With more edges in view they are straight lines without heads. */
const MOST_DETAILED = 2_500;
/** Names are written while they are this large, and not more of them. */
const LEAST_NAME = 0.22;
const MOST_NAMED = 900;
/** Outlines are drawn from here on. */
const LEAST_OUTLINE = 0.07;

/** Draws all edges in view, and in a picture the stages too. The context's transform is that of the device. */
export function drawPicture(context: CanvasRenderingContext2D, picture: Picture): void {
  const { viewport, width, height, state } = picture;
  const view: Box = {
    left: -viewport.x / viewport.zoom,
    top: -viewport.y / viewport.zoom,
    right: (width - viewport.x) / viewport.zoom,
    bottom: (height - viewport.y) / viewport.zoom,
  };
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(viewport.x, viewport.y);
  context.scale(viewport.zoom, viewport.zoom);
  drawEdges(context, picture, view);
  if (state.showsFlow) drawFlow(context, picture);
  if (state.view.level === 'picture') drawStages(context, picture, view);
  context.restore();
}

const placeOf = ({ moving, scene }: CanvasState, id: string): Point | undefined =>
  moving?.get(id) ?? scene.places.get(id);

function drawEdges(context: CanvasRenderingContext2D, picture: Picture, view: Box): void {
  const { state, selection, viewport, colours } = picture;
  const { moving, scene } = state;
  const inView = scene.edgesIn(view);
  const isDetailed = inView.length <= MOST_DETAILED && viewport.zoom > 0.12;
  const lines = inView.flatMap((edge) => {
    const isMoving = moving !== null && (moving.has(edge.source) || moving.has(edge.target));
    return isMoving ? [] : [edge];
  });
  if (moving !== null) lines.push(...movingEdges(state));
  const special = specialEdges(state);
  const plain = lines.filter((edge) => !special.some(({ edge: other }) => isSameEdge(edge, other)));
  const chosen =
    selection.size === 0 || selection.size > 200
      ? []
      : plain.filter(({ source, target }) => selection.has(source) || selection.has(target));
  context.lineWidth = Math.max(1.5, 0.75 / viewport.zoom);
  stroke(context, plain, colours.edge, isDetailed);
  if (chosen.length > 0) stroke(context, chosen, colours.border, isDetailed);
  for (const { edge, colour } of special) {
    const line = lines.find((other) => isSameEdge(other, edge));
    if (line === undefined) continue;
    context.lineWidth = Math.max(2.5, 1.5 / viewport.zoom);
    stroke(context, [line], colours[colour], true);
    if (isSameEdge(edge, state.dropEdge)) drawPlus(context, middleOf(line.points), colours);
  }
  if (state.connecting !== null) drawConnecting(context, picture);
}

function movingEdges(state: CanvasState): readonly SceneEdge[] {
  const seen = new Set<SceneEdge>();
  for (const id of state.moving?.keys() ?? []) for (const edge of state.scene.edgesOf(id)) seen.add(edge);
  return [...seen].flatMap(({ source, target }) => {
    const [from, to] = [placeOf(state, source), placeOf(state, target)];
    return from === undefined || to === undefined ? [] : [{ source, target, points: edgeLine(from, to) }];
  });
}

function specialEdges({
  hoveredEdge,
  selectedEdge,
  dropEdge,
}: CanvasState): readonly { readonly edge: EdgeRef; readonly colour: 'accent' | 'border' }[] {
  const edges: { readonly edge: EdgeRef; readonly colour: 'accent' | 'border' }[] = [];
  if (hoveredEdge !== null) edges.push({ edge: hoveredEdge, colour: 'border' });
  if (selectedEdge !== null) edges.push({ edge: selectedEdge, colour: 'accent' });
  if (dropEdge !== null) edges.push({ edge: dropEdge, colour: 'accent' });
  return edges;
}

function stroke(
  context: CanvasRenderingContext2D,
  lines: readonly SceneEdge[],
  colour: string,
  isDetailed: boolean,
): void {
  context.strokeStyle = colour;
  context.beginPath();
  for (const { points } of lines) {
    if (isDetailed) traceLine(context, points);
    else {
      const [first, last] = [points[0]!, points.at(-1)!];
      context.moveTo(first.x, first.y);
      context.lineTo(last.x, last.y);
    }
  }
  context.stroke();
  if (!isDetailed) return;
  context.fillStyle = colour;
  context.beginPath();
  for (const { points } of lines) traceHead(context, points.at(-1)!);
  context.fill();
}

function drawPlus(context: CanvasRenderingContext2D, { x, y }: Point, colours: PictureColours): void {
  context.fillStyle = colours.ground;
  context.beginPath();
  context.arc(x, y, 10, 0, 2 * Math.PI);
  context.fill();
  context.lineWidth = 1.5;
  context.stroke();
  context.beginPath();
  context.moveTo(x - 5, y);
  context.lineTo(x + 5, y);
  context.moveTo(x, y - 5);
  context.lineTo(x, y + 5);
  context.stroke();
}

function drawConnecting(context: CanvasRenderingContext2D, { state, colours }: Picture): void {
  const { source, target } = state.connecting!;
  const [from, to] = [placeOf(state, source), target === null ? undefined : placeOf(state, target)];
  if (from === undefined || to === undefined) return;
  context.lineWidth = 2;
  context.setLineDash([6, 4]);
  stroke(context, [{ source, target: target!, points: edgeLine(from, to) }], colours.accent, true);
  context.setLineDash([]);
}

function drawFlow(context: CanvasRenderingContext2D, { state, flow, colours }: Picture): void {
  context.lineWidth = 1.5;
  context.font = `12px ${colours.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { source, target, label } of flow) {
    const [from, to] = [placeOf(state, source), placeOf(state, target)];
    if (from === undefined || to === undefined) continue;
    const [start, end] = [
      { x: from.x + CARD.width, y: from.y + CARD.height - 10 },
      { x: to.x, y: to.y + CARD.height - 10 },
    ];
    const bend = Math.max(40, Math.abs(end.x - start.x) / 2);
    context.strokeStyle = colours.flow;
    context.setLineDash([2, 4]);
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.bezierCurveTo(start.x + bend, start.y + 24, end.x - bend, end.y + 24, end.x, end.y);
    context.stroke();
    context.setLineDash([]);
    const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + 18 };
    const width = context.measureText(label).width + 8;
    context.fillStyle = colours.ground;
    context.fillRect(middle.x - width / 2, middle.y - 9, width, 18);
    context.fillStyle = colours.flow;
    context.fillText(label, middle.x, middle.y);
  }
}

function drawStages(context: CanvasRenderingContext2D, picture: Picture, view: Box): void {
  const { state, selection, viewport, colours } = picture;
  const ids = state.scene.stagesIn(view);
  const isNamed = viewport.zoom >= LEAST_NAME && ids.length <= MOST_NAMED;
  const chosen = state.marquee ?? selection;
  if (viewport.zoom < LEAST_OUTLINE) {
    drawDots(context, picture, ids, chosen);
    return;
  }
  context.lineWidth = Math.max(1, 0.75 / viewport.zoom);
  context.font = `500 22px ${colours.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const radius = viewport.zoom > 0.15 ? 6 : 0;
  for (const id of ids) {
    const stage = state.graph.stages.get(id);
    const { x, y } = placeOf(state, id)!;
    const isBad = stage !== undefined && stage.errors > 0;
    const isChosen = chosen.has(id) || state.connecting?.target === id;
    context.fillStyle = isBad ? colours.failedSoft : isChosen ? colours.selected : colours.card;
    context.strokeStyle = isChosen ? colours.focus : isBad ? colours.failed : colours.edge;
    context.beginPath();
    if (radius === 0) context.rect(x, y, CARD.width, CARD.height);
    else context.roundRect(x, y, CARD.width, CARD.height, radius);
    context.fill();
    context.stroke();
    if (!isNamed || stage === undefined) continue;
    context.fillStyle = colours.text;
    context.fillText(clip(stage.name), x + 12, y + CARD.height / 2);
  }
}

/** From very far, where an outline would be wider than what it goes around. */
function drawDots(
  context: CanvasRenderingContext2D,
  { state, colours }: Picture,
  ids: readonly string[],
  chosen: ReadonlySet<string>,
): void {
  const boxes = { border: new Path2D(), failed: new Path2D(), focus: new Path2D() };
  for (const id of ids) {
    const isBad = (state.graph.stages.get(id)?.errors ?? 0) > 0;
    const { x, y } = placeOf(state, id)!;
    boxes[chosen.has(id) ? 'focus' : isBad ? 'failed' : 'border'].rect(x, y, CARD.width, CARD.height);
  }
  for (const [colour, path] of Object.entries(boxes)) {
    context.fillStyle = colours[colour as keyof typeof boxes];
    context.fill(path);
  }
}

/** As much of a name as fits a card at the picture's size of letters. */
const clip = (name: string): string => (name.length > 15 ? `${name.slice(0, 14)}…` : name);
