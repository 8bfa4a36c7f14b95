import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import { canBreak } from './breakpoint-place.ts';
import type { CanvasCommands } from './canvas-commands.ts';
import type { CanvasStore } from './canvas-store.ts';
import type { Point } from './scene/sizes.ts';
import type { EdgeRef } from './scene/stage-graph.ts';

/** What a menu is about. */
export type MenuTarget =
  | { readonly type: 'canvas'; readonly at: Point; readonly screen: Point }
  | { readonly type: 'stages'; readonly ids: readonly string[] }
  | { readonly type: 'edge'; readonly edge: EdgeRef; readonly screen: Point };

export interface MenuPorts {
  readonly document: PipelineDocument;
  readonly store: CanvasStore;
  readonly commands: CanvasCommands;
  readonly openForm: () => void;
}

const SEPARATOR: MenuEntry = { type: 'separator' };

/** The entries for what was clicked. */
export function menuEntries(target: MenuTarget, ports: MenuPorts): readonly MenuEntry[] {
  switch (target.type) {
    case 'canvas':
      return canvasEntries(target, ports);
    case 'edge':
      return edgeEntries(target, ports);
    case 'stages':
      return stageEntries(target.ids, ports);
  }
}

function canvasEntries(
  { at, screen }: Extract<MenuTarget, { type: 'canvas' }>,
  { store, commands }: MenuPorts,
): readonly MenuEntry[] {
  const { showsFlow, snaps, camera, graph } = store.getState();
  const isEmpty = graph.stages.size === 0;
  return [
    { label: 'Add a stage here', shortcut: 'a', onSelect: () => commands.openPalette(screen, { at }) },
    { label: 'Paste', shortcut: 'mod+v', onSelect: () => void pasteFromMenu(commands) },
    SEPARATOR,
    { label: 'Select all', shortcut: 'mod+a', disabled: isEmpty, onSelect: () => commands.selectAll() },
    { label: 'Show all', shortcut: 'f', disabled: isEmpty, onSelect: () => camera?.fit() },
    { label: 'Tidy up', disabled: isEmpty, onSelect: () => commands.tidy() },
    SEPARATOR,
    {
      type: 'toggle',
      label: 'Outputs and artifacts',
      checked: showsFlow,
      onChange: (checked) => store.setState({ showsFlow: checked }),
    },
    {
      type: 'toggle',
      label: 'Snap to the grid',
      checked: snaps,
      onChange: (checked) => store.setState({ snaps: checked }),
    },
    SEPARATOR,
    { label: 'Undo', shortcut: 'mod+z', onSelect: () => commands.undo() },
    { label: 'Redo', shortcut: 'mod+shift+z', onSelect: () => commands.redo() },
  ];
}

function edgeEntries(
  { edge, screen }: Extract<MenuTarget, { type: 'edge' }>,
  { commands }: MenuPorts,
): readonly MenuEntry[] {
  return [
    { type: 'heading', label: `${edge.target} needs ${edge.source}` },
    { label: 'Insert a stage between', onSelect: () => commands.openPalette(screen, { between: edge }) },
    { label: `Select ${edge.source}`, onSelect: () => commands.select([edge.source]) },
    { label: `Select ${edge.target}`, onSelect: () => commands.select([edge.target]) },
    SEPARATOR,
    { label: 'Disconnect', shortcut: 'delete', danger: true, onSelect: () => void commands.disconnect(edge) },
  ];
}

function stageEntries(ids: readonly string[], ports: MenuPorts): readonly MenuEntry[] {
  const { commands, openForm } = ports;
  const one = ids.length === 1 ? ids[0] : undefined;
  return [
    ...(one === undefined ? [] : oneStageEntries(one, ports)),
    {
      label: 'Add a stage behind',
      shortcut: 'a',
      onSelect: () => commands.openPalette(undefined, { needs: ids }),
    },
    ...(one === undefined
      ? arrangeEntries(ports)
      : [{ label: 'Open the form', shortcut: 'enter', onSelect: openForm }]),
    ...breakpointEntries(ids, ports),
    SEPARATOR,
    { label: 'Copy', shortcut: 'mod+c', onSelect: () => void copyFromMenu(commands) },
    { label: 'Cut', shortcut: 'mod+x', onSelect: () => void cutFromMenu(commands) },
    { label: 'Duplicate', shortcut: 'mod+d', onSelect: () => void commands.duplicate() },
    ...extractEntries(ids, ports),
    SEPARATOR,
    { label: 'Delete', shortcut: 'delete', danger: true, onSelect: () => void commands.remove() },
  ];
}

function oneStageEntries(id: string, { store, commands }: MenuPorts): readonly MenuEntry[] {
  const stage = store.getState().graph.stages.get(id);
  const calls = stage?.calls ?? null;
  const needs = (stage?.needs ?? []).map((source): MenuEntry => ({
    label: `Disconnect from ${source}`,
    onSelect: () => void commands.disconnect({ source, target: id }),
  }));
  return [
    ...(calls === null
      ? []
      : [{ label: `Open ${calls}`, shortcut: 'o', onSelect: () => commands.showScope(calls) }]),
    { label: 'Rename', shortcut: 'f2', onSelect: () => commands.openRename(id) },
    {
      label: 'Connect to…',
      shortcut: 'c',
      onSelect: () => {
        store.setState({ connecting: { source: id, target: null } });
        commands.say(`Connect ${id}: walk to the stage that is to need it, then press Enter`);
      },
    },
    ...(needs.length === 0 ? [] : [{ type: 'submenu' as const, label: 'Needs', entries: needs }]),
  ];
}

function breakpointEntries(ids: readonly string[], { store, commands }: MenuPorts): readonly MenuEntry[] {
  const { stages } = store.getState().graph;
  const possible = ids.filter((id) => stages.has(id) && canBreak(stages.get(id)!));
  if (possible.length === 0) return [];
  const isSet = commands.haveBreakpoints(possible);
  return [
    {
      label: isSet ? 'Remove the breakpoint' : 'Set a breakpoint',
      shortcut: 'b',
      onSelect: () => commands.toggleBreakpoints(ids),
    },
  ];
}

function arrangeEntries({ commands }: MenuPorts): readonly MenuEntry[] {
  const align = (['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const).map((alignment) => ({
    label: `Align ${alignment}`,
    onSelect: () => commands.align(alignment),
  }));
  return [
    {
      type: 'submenu',
      label: 'Arrange',
      entries: [
        ...align,
        SEPARATOR,
        { label: 'Distribute across', onSelect: () => commands.distribute('x') },
        { label: 'Distribute down', onSelect: () => commands.distribute('y') },
      ],
    },
  ];
}

function extractEntries(ids: readonly string[], { document, store }: MenuPorts): readonly MenuEntry[] {
  const open = (into: 'pipeline' | 'template') => (): void =>
    store.setState({ dialog: { type: 'extract', into, ids } });
  return [
    // Only the file's own stages can become a pipeline of it.
    ...(document.getState().scope === null
      ? [{ label: 'Extract a pipeline…', onSelect: open('pipeline') }]
      : []),
    ...(ids.length < 2 ? [] : [{ label: 'Extract a template…', onSelect: open('template') }]),
  ];
}

async function copyFromMenu(commands: CanvasCommands): Promise<boolean> {
  const text = commands.copy();
  if (text === null) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    showToast({
      title: 'The clipboard was refused',
      body: 'Press the keys for Copy instead.',
      tone: 'warning',
    });
    return false;
  }
}

async function cutFromMenu(commands: CanvasCommands): Promise<void> {
  if (await copyFromMenu(commands)) await commands.remove();
}

async function pasteFromMenu(commands: CanvasCommands): Promise<void> {
  try {
    await commands.paste(await navigator.clipboard.readText());
  } catch {
    showToast({
      title: 'The clipboard was refused',
      body: 'Press the keys for Paste instead.',
      tone: 'warning',
    });
  }
}
