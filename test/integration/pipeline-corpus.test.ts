import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePipeline } from '#shared/pipeline/parse.ts';

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

describe.skipIf(files.length === 0)('files of other systems', () => {
  it(`are each refused with an issue that has a place (${files.length} files)`, () => {
    for (const file of files) {
      const { issues } = parsePipeline(readFileSync(file), path.basename(file), { kinds: [] });
      expect(issues.filter((issue) => issue.severity === 'error').length, file).toBeGreaterThan(0);
      expect(
        issues.every((issue) => issue.line !== null || issue.code === 'too-many-issues'),
        file,
      ).toBe(true);
    }
  });
});
