import type { ClipboardEvent, KeyboardEvent } from 'react';
import { isMac } from '#renderer/ui/shortcuts/platform.ts';
import { isArrow, type Arrow } from '#renderer/ui/pipeline-graph/walk-graph.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import type { CanvasCommands } from './canvas-commands.ts';
import type { CanvasStore } from './canvas-store.ts';
import { GRID } from './scene/sizes.ts';
import { connectProblem } from './scene/stage-graph.ts';
import { walkNear, walkStages } from './scene/walk-stages.ts';

interface KeyPorts {
  readonly document: PipelineDocument;
  readonly store: CanvasStore;
  readonly commands: CanvasCommands;
  /** Brings the form of the selected stage to the keyboard. */
  readonly openForm: () => void;
}

const STEPS: Record<Arrow, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The keys of the canvas while it has the focus. @returns whether the key was one of them */
export function pressKey(event: KeyboardEvent, ports: KeyPorts): boolean {
  const { store, commands } = ports;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (mod) return pressChord(key, event.shiftKey, ports);
  if (event.metaKey || event.ctrlKey) return false;
  if (isArrow(event.key)) {
    if (event.altKey) nudge(event.key, event.shiftKey, commands);
    else pressArrow(event.key, event.shiftKey, ports);
    return true;
  }
  if (event.altKey) return false;
  if (store.getState().connecting !== null) return pressWhileConnecting(key, ports);
  return pressPlain(key, event.shiftKey, ports);
}

function pressChord(key: string, shift: boolean, { commands }: KeyPorts): boolean {
  if (key === 'a') commands.selectAll();
  else if (key === 'd') void commands.duplicate();
  else if (key === 'z' && shift) commands.redo();
  else if (key === 'z') commands.undo();
  else if (key === 'y') commands.redo();
  else return false;
  return true;
}

function pressPlain(key: string, shift: boolean, { document, store, commands, openForm }: KeyPorts): boolean {
  const { stages } = document.getState().selection;
  const active = stages.at(-1);
  const { camera, selectedEdge, graph } = store.getState();
  switch (key) {
    case 'a':
      commands.openPalette();
      return true;
    case 'b':
      if (active === undefined) return false;
      commands.toggleBreakpoints(stages);
      return true;
    case 'c':
      if (active === undefined) return false;
      store.setState({ connecting: { source: active, target: null } });
      commands.say(`Connect ${active}: walk to the stage that is to need it, then press Enter`);
      return true;
    case 'f':
      if (shift && stages.length > 0) camera?.fit(stages);
      else camera?.fit();
      return true;
    case '+':
    case '=':
      camera?.zoomBy(1.25);
      return true;
    case '-':
      camera?.zoomBy(0.8);
      return true;
    case '/':
      store.setState({ isFinding: true });
      return true;
    case 'Enter': {
      if (active === undefined) return false;
      openForm();
      return true;
    }
    case 'o': {
      const calls = active === undefined ? null : graph.stages.get(active)?.calls;
      if (calls === null || calls === undefined) return false;
      commands.showScope(calls);
      return true;
    }
    case 'F2':
      commands.openRename();
      return true;
    case 'Delete':
    case 'Backspace':
      void commands.remove();
      return true;
    case 'Escape':
      return escape(stages.length > 0 || selectedEdge !== null, document, commands);
    default:
      return false;
  }
}

/** Clears the selection, then leaves the pipeline that is in view. */
function escape(hasSelection: boolean, document: PipelineDocument, commands: CanvasCommands): boolean {
  if (hasSelection) commands.select([]);
  else if (document.getState().scope !== null) commands.showScope(null);
  else return false;
  return true;
}

function pressArrow(arrow: Arrow, extends_: boolean, { document, store, commands }: KeyPorts): void {
  const { graph, scene, connecting } = store.getState();
  if (connecting !== null) {
    const target = walkNear(scene.places, connecting.target ?? connecting.source, arrow);
    if (target === null) return;
    store.setState({ connecting: { ...connecting, target } });
    commands.reveal(target);
    commands.say(connectWords(store, connecting.source, target));
    return;
  }
  const { stages } = document.getState().selection;
  const next = walkStages(graph, scene.places, stages.at(-1) ?? null, arrow);
  if (next === null) return;
  commands.select(extends_ ? [...stages.filter((id) => id !== next), next] : [next]);
  commands.reveal(next);
}

function connectWords(store: CanvasStore, source: string, target: string): string {
  const { graph } = store.getState();
  if (graph.stages.get(target)?.needs.includes(source) === true) {
    return `${target}: Enter disconnects it from ${source}`;
  }
  return `${target}: ${connectProblem(graph, { source, target }) ?? `Enter makes it need ${source}`}`;
}

function pressWhileConnecting(key: string, { store, commands }: KeyPorts): boolean {
  const { source, target } = store.getState().connecting!;
  if (key === '/') {
    store.setState({ isFinding: true });
    return true;
  }
  if (key === 'Escape' || key === 'c') {
    store.setState({ connecting: null });
    commands.say('Nothing was connected');
    return true;
  }
  if (key !== 'Enter') return false;
  store.setState({ connecting: null });
  if (target === null) return true;
  const { graph } = store.getState();
  const isThere = graph.stages.get(target)?.needs.includes(source) === true;
  void (isThere ? commands.disconnect({ source, target }) : commands.connect({ source, target }));
  return true;
}

function nudge(arrow: Arrow, isFar: boolean, commands: CanvasCommands): void {
  const [x, y] = STEPS[arrow];
  const step = isFar ? GRID * 8 : GRID;
  commands.nudge({ x: x * step, y: y * step });
}

/** Ctrl+C, Ctrl+X and Ctrl+V, as the browser tells of them: the text of stages. */
export function clipboardHandlers(commands: CanvasCommands) {
  const copy = (event: ClipboardEvent): boolean => {
    const text = commands.copy();
    if (text === null) return false;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    return true;
  };
  return {
    onCopy(event: ClipboardEvent) {
      copy(event);
    },
    onCut(event: ClipboardEvent) {
      if (copy(event)) void commands.remove();
    },
    onPaste(event: ClipboardEvent) {
      const text = event.clipboardData.getData('text/plain');
      if (text.trim() === '') return;
      event.preventDefault();
      void commands.paste(text);
    },
  };
}
