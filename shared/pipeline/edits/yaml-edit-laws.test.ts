import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsAt, readTried, tryEdit, type TriedFile } from '#test/support/yaml/edit-laws.ts';
import { ODD_FILES } from '#test/support/yaml/odd-files.ts';
import { oddYaml } from '#test/support/yaml/odd-yaml.ts';
import { editYaml } from './edit-yaml.ts';
import { EditRefused, valueOf } from './yaml-source.ts';

/** Null for a text that is not valid YAML. */
function readValid(text: string): TriedFile | null {
  try {
    const file = readTried(text);
    valueOf(file.source);
    return file;
  } catch (error) {
    if (error instanceof EditRefused) return null;
    throw error;
  }
}

/** Refusals that are right: an edit of one place would change another one. */
const IS_SHARED = /by the anchor|comes from the anchor|stands in the file twice|too often/;

/** Tries every kind of edit at every place; what was tried, and what was refused for no good reason. */
function tryAll(file: TriedFile, turn: number): { readonly tried: number; readonly refused: string[] } {
  const refused: string[] = [];
  let tried = 0;
  for (const [index, entry] of file.entries.entries()) {
    for (const edit of editsAt(entry, turn + index)) {
      const outcome = tryEdit(file, edit);
      tried += 1;
      if (outcome !== 'done' && !IS_SHARED.test(outcome)) refused.push(`${JSON.stringify(edit)}: ${outcome}`);
    }
  }
  return { tried, refused };
}

describe('edits of YAML', () => {
  it('leave a text as it is when there is none', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(oddYaml, (text) => {
        if (readValid(text) === null) return;
        expect(editYaml(text, [])).toEqual({ ok: true, edits: [], text });
      }),
      { numRuns: 100 },
    );
  });

  it(
    'mean what was asked for, can be undone, keep every comment where it belongs, and are hardly ever refused',
    { timeout: 60_000 },
    () => {
      let tried = 0;
      let refused = 0;
      fc.assert(
        fc.property(oddYaml, fc.nat(), (text, turn) => {
          const file = readValid(text);
          if (file === null) return;
          const result = tryAll(file, turn);
          tried += result.tried;
          refused += result.refused.length;
        }),
        { numRuns: 300 },
      );
      expect(tried).toBeGreaterThan(2_000);
      expect(refused / tried).toBeLessThan(0.005);
    },
  );

  it('never throw for a path that leads nowhere', { timeout: 60_000 }, () => {
    const path = fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.nat({ max: 3 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(oddYaml, path, (text, at) => {
        for (const edit of [
          { type: 'set', path: at, value: 1 },
          { type: 'remove', path: at },
          { type: 'rename', path: at, to: 'x' },
          { type: 'insert', path: at, key: 'x', value: 1 },
          { type: 'move', path: at, from: 0, to: 1 },
        ] as const) {
          const result = editYaml(text, [edit]);
          if (!result.ok) expect(result.reason).toMatch(/^.*[.]$/su);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each(Object.entries(ODD_FILES))('hold in a file with %s', (_, text) => {
    const file = readTried(text);
    for (let turn = 0; turn < 12; turn += 1) expect(tryAll(file, turn).refused).toEqual([]);
  });
});
