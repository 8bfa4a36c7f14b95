import type { CanvasState } from '../canvas-store.ts';
import { drawPicture, type Picture, type Viewport } from './draw-picture.ts';
import type { FlowEdge } from '../artifact-flow.ts';
import { readColours } from './picture-colours.ts';

/** When a drawing takes longer, moving it shows the last one shifted until the movement rests. */
const SLOW_MS = 10;
const REST_MS = 90;

interface Subject {
  readonly state: CanvasState;
  readonly selection: readonly string[];
  readonly viewport: Viewport;
  readonly flow: readonly FlowEdge[];
}

/** Keeps a `<canvas>` in step with the scene, at most once a frame. */
export class ScenePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #read: () => Subject;
  readonly #colours = readColours();
  readonly #still = document.createElement('canvas');
  #stillOf: Viewport | null = null;
  #frame = 0;
  #timer = 0;
  #isMoveOnly = true;
  #lastMs = 0;

  constructor(canvas: HTMLCanvasElement, read: () => Subject) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
    this.#read = read;
  }

  /** What is drawn has changed. */
  change(): void {
    this.#isMoveOnly = false;
    this.#plan();
  }

  /** Only the viewport has. */
  move(): void {
    this.#plan();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const isMoveOnly = this.#isMoveOnly;
      this.#isMoveOnly = true;
      if (isMoveOnly && this.#lastMs > SLOW_MS && this.#shift()) this.#planFull();
      else this.#draw();
    });
  }

  #planFull(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.change(), REST_MS);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    const start = performance.now();
    const { state, selection, viewport, flow } = this.#read();
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const ratio = window.devicePixelRatio;
    const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== deviceWidth) this.#canvas.width = deviceWidth;
    if (this.#canvas.height !== deviceHeight) this.#canvas.height = deviceHeight;
    const picture: Picture = {
      state,
      selection: new Set(selection),
      viewport,
      flow,
      width,
      height,
      colours: this.#colours,
    };
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawPicture(this.#context, picture);
    this.#lastMs = performance.now() - start;
    this.#stillOf = null;
    if (this.#lastMs > SLOW_MS) this.#keep(viewport);
  }

  #keep(viewport: Viewport): void {
    this.#still.width = this.#canvas.width;
    this.#still.height = this.#canvas.height;
    this.#still.getContext('2d')!.drawImage(this.#canvas, 0, 0);
    this.#stillOf = viewport;
  }

  /** Shows the last drawing where the viewport has taken it. @returns false when there is none */
  #shift(): boolean {
    const from = this.#stillOf;
    if (from === null) return false;
    const { viewport } = this.#read();
    const ratio = window.devicePixelRatio;
    const scale = viewport.zoom / from.zoom;
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#context.setTransform(
      scale,
      0,
      0,
      scale,
      (viewport.x - from.x * scale) * ratio,
      (viewport.y - from.y * scale) * ratio,
    );
    this.#context.drawImage(this.#still, 0, 0);
    return true;
  }
}
