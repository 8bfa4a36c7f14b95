import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import type { Analyser } from './analysis-protocol.ts';
import { createDocument } from './create-document.ts';
import { createManualTimers, createMemoryFiles, directAnalyser } from './document-fixture.ts';

/** A document whose texts take so long to look at. */
async function slowDocument(lookMs: number) {
  const { files } = createMemoryFiles('stages: {}\n');
  const timers = createManualTimers();
  const looks: number[] = [];
  const analyser: Analyser = {
    ...directAnalyser,
    analyse(request) {
      looks.push(request.version);
      timers.advance(lookMs);
      return Promise.resolve(analyse(request));
    },
  };
  const document = createDocument({ analyser, files, timers, key: files.file }, await files.read());
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  await settle();
  const type = async (pauseMs: number): Promise<void> => {
    document.actions.dispatch({ changes: { from: 0, insert: '#\n' } });
    timers.advance(pauseMs);
    await settle();
  };
  return { document, looks, type };
}

describe('checking while somebody types', () => {
  it('looks at a quick text in the midst of it', async () => {
    const { looks, type } = await slowDocument(0);
    for (let count = 0; count < 4; count += 1) await type(100);
    expect(looks).toEqual([0, 2, 4]);
  });

  it('looks at a slow text once typing rests', async () => {
    const { document, looks, type } = await slowDocument(60);
    for (let count = 0; count < 4; count += 1) await type(100);
    expect(looks).toEqual([0]);
    await type(300);
    expect(looks).toEqual([0, 5]);
    expect(document.getState().analysis?.version).toBe(5);
    expect(document.getState().read).toBe(document.getState().editor.doc);
  });

  it('looks at a slow text now and then when typing never rests', async () => {
    const { looks, type } = await slowDocument(60);
    for (let count = 0; count < 20; count += 1) await type(100);
    expect(looks.length).toBeGreaterThan(2);
    expect(looks.length).toBeLessThan(6);
  });
});
