import { beforeEach, describe, expect, it, vi } from 'vitest';
import { documentOf, type TestDocument } from '../document/document-fixture.ts';
import { paletteItems } from './palette/palette-item.ts';
import {
  addStage,
  connectStages,
  deleteStages,
  disconnectStages,
  duplicateStages,
  extractPipeline,
  extractTemplate,
  listWords,
  renameStage,
} from './stage-edits.ts';

const TEXT = `stages:
  install: { run: npm ci }
  unit: { needs: [install], run: npm test }
  pack: { needs: [unit], run: npm pack }
`;
const script = paletteItems([], []).find(({ id }) => id === 'run')!;

let test: TestDocument;
const kept = new Map<string, string>();

beforeEach(async () => {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  test = await documentOf(TEXT);
  return () => vi.unstubAllGlobals();
});

const selected = (): readonly string[] => test.document.getState().selection.stages;

describe('addStage', () => {
  it('adds behind what it needs and its siblings, under a name that is free, and selects it', async () => {
    const first = await addStage(test.document, script, { needs: ['unit'] });
    expect(first).toEqual({ ok: true, said: 'Added script after unit', ids: ['script'] });
    await test.settle();
    await addStage(test.document, script, {});
    expect(selected()).toEqual(['script-2']);
    const lines = test.text().split('\n');
    expect(lines.indexOf('  script:')).toBeGreaterThan(lines.findIndex((line) => line.startsWith('  pack:')));
    expect(test.text()).toContain('needs: [unit]\n    run: echo "Nothing to do yet"');
  });

  it('goes between two stages', async () => {
    const done = await addStage(test.document, script, { between: { source: 'unit', target: 'pack' } });
    expect(done.said).toBe('Added script between unit and pack');
    expect(test.text()).toContain('pack: { needs: [script], run: npm pack }');
  });

  it('comes before a stage, and stands where it was let go', async () => {
    const done = await addStage(test.document, script, { neededBy: 'install', at: { x: 8, y: 16 } });
    expect(done.said).toBe('Added script before install');
    expect(test.text()).toContain('install: { needs: [script], run: npm ci }');
    expect(test.document.getState().places['']).toEqual({ script: { x: 8, y: 16 } });
  });

  it('is one step of undo', async () => {
    await addStage(test.document, script, { needs: ['pack'] });
    test.document.actions.undo();
    expect(test.text()).toBe(TEXT);
  });
});

describe('edits of stages', () => {
  it('connect and disconnect, and say who needs whom', async () => {
    const edge = { source: 'install', target: 'pack' };
    expect((await connectStages(test.document, edge)).said).toBe('pack needs install now');
    expect(test.text()).toContain('pack: { needs: [unit, install], run: npm pack }');
    expect((await disconnectStages(test.document, edge)).said).toBe('pack no longer needs install');
    expect(test.text()).toBe(TEXT);
  });

  it('refuse a circle with its reason', async () => {
    const done = await connectStages(test.document, { source: 'pack', target: 'install' });
    expect(done.ok).toBe(false);
    expect(done.said).toContain('install');
    expect(test.text()).toBe(TEXT);
  });

  it('delete with a bridge over the gap, and select a neighbour', async () => {
    expect((await deleteStages(test.document, ['unit'])).said).toBe('Deleted unit');
    expect(test.text()).toContain('pack: { needs: [install], run: npm pack }');
    expect(selected()).toEqual(['install']);
  });

  it('duplicate under free names and select the copies', async () => {
    await duplicateStages(test.document, ['unit', 'pack']);
    expect(selected()).toEqual(['unit-2', 'pack-2']);
    expect(test.text()).toContain('pack-2: { needs: [unit-2], run: npm pack }');
  });

  it('rename also where others need the stage', async () => {
    expect((await renameStage(test.document, 'unit', 'tests')).said).toBe('unit is called tests now');
    expect(test.text()).toContain('pack: { needs: [tests], run: npm pack }');
  });

  it('make a pipeline, or a template, of stages', async () => {
    expect((await extractPipeline(test.document, ['unit', 'pack'], 'checks')).said).toBe(
      'checks holds unit and pack now',
    );
    expect(test.text()).toContain('pipeline: checks');
    test.document.actions.undo();
    const other = await documentOf('stages:\n  a: { run: x, timeout: 5m }\n  b: { run: y, timeout: 5m }\n');
    await extractTemplate(other.document, ['a', 'b'], 'base');
    expect(other.text()).toContain('extends: base');
  });
});

describe('listWords', () => {
  it('names up to four', () => {
    expect(listWords([])).toBe('');
    expect(listWords(['a'])).toBe('a');
    expect(listWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listWords(['a', 'b', 'c', 'd', 'e'])).toBe('a, b and 3 more');
  });
});
