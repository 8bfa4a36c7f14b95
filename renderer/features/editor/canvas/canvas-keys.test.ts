import type { KeyboardEvent } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { breakpointsOf, useBreakpoints } from '#renderer/bridge/breakpoints.ts';
import { isMac } from '#renderer/ui/shortcuts/platform.ts';
import { projectIdOf } from '#shared/lib/ids.ts';
import { documentOf, type TestDocument } from '../document/document-fixture.ts';
import { canvasGraph } from './canvas-graph.ts';
import { createCanvasCommands } from './canvas-commands.ts';
import { pressKey } from './canvas-keys.ts';
import { createCanvasStore, type CanvasStore } from './canvas-store.ts';
import { layeredLayout } from './scene/layered-layout.ts';
import { Scene } from './scene/scene.ts';

const PLACE = { projectId: projectIdOf('p'), file: 'pipewright.yml' };

const TEXT = `stages:
  install: { run: npm ci }
  unit: { needs: [install], run: npm test }
  lint: { needs: [install], run: eslint . }
`;

let test: TestDocument;
let store: CanvasStore;
let formsOpened = 0;
let press: (
  key: string,
  held?: { readonly shift?: true; readonly alt?: true; readonly mod?: true },
) => boolean;

beforeEach(async () => {
  test = await documentOf(TEXT);
  const { document } = test;
  store = createCanvasStore();
  const { stages, value } = document.getState().analysis!;
  const graph = canvasGraph(stages, value, null);
  store.setState({ graph, scene: new Scene(layeredLayout([...graph.stages.values()]), graph.edges) });
  formsOpened = 0;
  useBreakpoints.setState({ byFile: {} });
  const commands = createCanvasCommands(document, store, PLACE);
  const ports = { document, store, commands, openForm: () => (formsOpened += 1) };
  press = (key, held = {}) =>
    pressKey(
      {
        key,
        shiftKey: held.shift === true,
        altKey: held.alt === true,
        ctrlKey: held.mod === true && !isMac,
        metaKey: held.mod === true && isMac,
      } as KeyboardEvent,
      ports,
    );
});

const selected = (): readonly string[] => test.document.getState().selection.stages;
const said = (): string => store.getState().said?.text ?? '';

describe('keys of the canvas', () => {
  it('walk along the edges, and with Shift take along where they were', () => {
    press('ArrowRight');
    expect(selected()).toEqual(['install']);
    press('ArrowRight');
    expect(selected()).toEqual(['unit']);
    press('ArrowDown', { shift: true });
    expect(selected()).toEqual(['unit', 'lint']);
  });

  it('set breakpoints on the selected stages and remove them, which leaves the text alone', () => {
    const stops = (): readonly string[] => breakpointsOf(useBreakpoints.getState(), PLACE);
    test.document.actions.select(['unit', 'lint'], 'canvas');
    expect(press('b')).toBe(true);
    expect(stops()).toEqual(['unit', 'lint']);
    expect(said()).toContain('wait before unit and lint');
    test.document.actions.select(['lint'], 'canvas');
    press('b');
    expect(stops()).toEqual(['unit']);
    expect(test.text()).toBe(TEXT);
  });

  it('connect: C, walk, Enter', async () => {
    test.document.actions.select(['unit'], 'canvas');
    press('c');
    expect(said()).toContain('Connect unit');
    press('ArrowDown');
    expect(said()).toBe('lint: Enter makes it need unit');
    press('Enter');
    await test.settle();
    expect(said()).toBe('lint needs unit now');
    expect(test.text()).toContain('lint: { needs: [install, unit], run: eslint . }');
    expect(formsOpened).toBe(0);
  });

  it('say why a stage on the way cannot be connected, and what Enter would disconnect', () => {
    test.document.actions.select(['unit'], 'canvas');
    press('c');
    press('ArrowLeft');
    expect(said()).toBe('install: install needs unit needs install: that would be a circle.');
    press('Escape');
    expect(store.getState().connecting).toBeNull();
    test.document.actions.select(['install'], 'canvas');
    press('C');
    press('ArrowRight');
    expect(said()).toBe('unit: Enter disconnects it from install');
  });

  it('open the palette, the field to find and to rename, and the form', () => {
    test.document.actions.select(['unit'], 'canvas');
    expect(press('a')).toBe(true);
    expect(store.getState().adding?.spot).toEqual({ needs: ['unit'] });
    press('/');
    expect(store.getState().isFinding).toBe(true);
    press('F2');
    expect(store.getState().dialog).toEqual({ type: 'rename', id: 'unit' });
    press('Enter');
    expect(formsOpened).toBe(1);
  });

  it('select all, delete, take back and do again', async () => {
    press('a', { mod: true });
    expect(selected()).toEqual(['install', 'unit', 'lint']);
    test.document.actions.select(['install'], 'canvas');
    press('Delete');
    await test.settle();
    expect(test.text()).not.toContain('install');
    press('z', { mod: true });
    expect(test.text()).toBe(TEXT);
    press('Z', { mod: true, shift: true });
    expect(test.text()).not.toContain('install');
    expect(said()).toBe('Did again: Delete install');
  });

  it('move the selected stages by steps of the grid', () => {
    test.document.actions.select(['install'], 'canvas');
    const { x } = store.getState().scene.places.get('install')!;
    press('ArrowRight', { alt: true });
    expect(test.document.getState().places['']?.['install']?.x).toBe(x + 8);
  });

  it('leave others to the window', () => {
    expect(press('s', { mod: true })).toBe(false);
    expect(press('j')).toBe(false);
    expect(press('F2', { alt: true })).toBe(false);
    expect(press('Escape')).toBe(false);
  });
});
