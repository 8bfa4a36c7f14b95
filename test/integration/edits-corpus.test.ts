import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { editsAt, readTried, tryEdit } from '#test/support/yaml/edit-laws.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/corpus/yaml');

function filesIn(root: string): string[] {
  try {
    const entries = readdirSync(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const files = filesIn(folder);

describe.skipIf(files.length === 0)('edits at every path of every file of other systems', () => {
  it(`keep all laws and are refused nowhere but where the file is ambiguous (${files.length} files)`, () => {
    const refused: string[] = [];
    let tried = 0;
    for (const file of files) {
      const before = readTried(readFileSync(file, 'utf8'));
      for (const [index, entry] of before.entries.entries()) {
        for (const edit of [0, 5].flatMap((turn) => editsAt(entry, index + turn))) {
          const outcome = tryEdit(before, edit);
          tried += 1;
          if (outcome !== 'done') refused.push(`${path.basename(file)} ${JSON.stringify(edit)}: ${outcome}`);
        }
      }
    }
    expect(tried).toBeGreaterThan(files.length * 20);
    const isAmbiguous = (reason: string): boolean => /stands in the file twice|by the anchor/.test(reason);
    expect(refused.filter((reason) => !isAmbiguous(reason))).toEqual([]);
  }, 240_000);
});
