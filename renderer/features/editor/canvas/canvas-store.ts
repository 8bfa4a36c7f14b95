import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { Scene } from './scene/scene.ts';
import type { Box, Point } from './scene/sizes.ts';
import { stageGraph, type EdgeRef } from './scene/stage-graph.ts';
import type { CanvasView } from './scene/view-level.ts';
import type { CanvasGraph } from './canvas-graph.ts';
import type { Spot } from './stage-edits.ts';

/** Of the window, as events have it. */
export type ScreenPoint = Point;

/** Moves what is in view; set while the canvas is mounted. */
export interface CanvasCamera {
  /** Shows all, or these stages, as large as they can be read. All stay in view when the room changes its size. */
  fit(ids?: readonly string[]): void;
  /** Moves no more than it takes to have the stage in sight. */
  reveal(id: string): void;
  zoomBy(factor: number): void;
  /** Brings a place of the canvas to the middle. */
  centre(point: Point): void;
  toCanvas(point: ScreenPoint): Point;
  toScreen(point: Point): ScreenPoint;
  /** The middle of the view. */
  middle(): Point;
}

/** Where the popover with the palette stands, and what becomes of what is picked. */
export interface Adding {
  readonly screen: ScreenPoint;
  readonly spot: Spot;
}

/** What the view keeps to when its room changes: how a graph is first seen, or all of it. */
export type Framing = 'first' | 'all';

export type Dialog =
  | { readonly type: 'rename'; readonly id: string }
  | { readonly type: 'extract'; readonly into: 'pipeline' | 'template'; readonly ids: readonly string[] };

/** What the canvas shows beside the document. */
export interface CanvasState {
  /** Prefix of the cards' element ids. */
  readonly idPrefix: string;
  readonly graph: CanvasGraph;
  readonly scene: Scene;
  readonly camera: CanvasCamera | null;
  readonly view: CanvasView;
  /** Null once somebody has moved or zoomed what is in view: then it stays where it is. */
  readonly framing: Framing | null;
  /** Places of cards while they are dragged or glide; the scene has them once they rest. */
  readonly moving: ReadonlyMap<string, Point> | null;
  /** The card that the pointer holds; `moving` has those that go with it. */
  readonly dragged: string | null;
  /** Under the pointer in a picture. */
  readonly hovered: string | null;
  readonly hoveredEdge: EdgeRef | null;
  readonly selectedEdge: EdgeRef | null;
  /** What a thing from the palette would be put onto: between two stages, or behind one. */
  readonly dropEdge: EdgeRef | null;
  readonly dropStage: string | null;
  /** Chosen by a box that is being drawn. */
  readonly marquee: ReadonlySet<string> | null;
  /** Choosing by keyboard what is to need `source`. */
  readonly connecting: { readonly source: string; readonly target: string | null } | null;
  readonly adding: Adding | null;
  readonly dialog: Dialog | null;
  readonly isFinding: boolean;
  readonly showsFlow: boolean;
  readonly snaps: boolean;
  /** Brought into sight as soon as it stands somewhere. */
  readonly awaited: string | null;
  /** For a screen reader; a refusal is shown, too. */
  readonly said: { readonly text: string; readonly isRefusal: boolean } | null;
}

export type CanvasStore = StoreApi<CanvasState>;

const NOWHERE: Box = { left: 0, top: 0, right: 0, bottom: 0 };

export function createCanvasStore(idPrefix = 'canvas'): CanvasStore {
  return createStore<CanvasState>(() => ({
    idPrefix,
    graph: { ...stageGraph([]), scope: null },
    scene: new Scene(new Map(), []),
    camera: null,
    view: { level: 'cards', region: NOWHERE },
    framing: 'first',
    moving: null,
    dragged: null,
    hovered: null,
    hoveredEdge: null,
    selectedEdge: null,
    dropEdge: null,
    dropStage: null,
    marquee: null,
    connecting: null,
    adding: null,
    dialog: null,
    isFinding: false,
    showsFlow: false,
    snaps: true,
    awaited: null,
    said: null,
  }));
}

export const CanvasContext = createContext<CanvasStore | null>(null);

export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasContext);
  if (store === null) throw new Error('A part of the canvas stands outside of an EditorCanvas');
  return store;
}

/** A part of what the canvas shows; hoist the selector. */
export function useCanvas<Selected>(selector: (state: CanvasState) => Selected): Selected {
  return useStore(useCanvasStore(), selector);
}
