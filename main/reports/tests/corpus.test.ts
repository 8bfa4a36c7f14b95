import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseTests } from './parse-tests.ts';

/** Reports of many tools with the counts that another reader found in them; not part of this project. */
const CORPUS = path.resolve(import.meta.dirname, '../../../../shared/corpus/junit');
const files = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith('.xml')) : [];

const resultsSchema = z.object({
  stats: z.object({
    tests: z.number(),
    tests_succ: z.number(),
    tests_skip: z.number(),
    tests_fail: z.number(),
    tests_error: z.number(),
    /** Differs from `tests` where several cases have one name, which the other reader counts once. */
    runs: z.number(),
    duration: z.number(),
  }),
});

describe.skipIf(files.length === 0)(`${files.length} reports of the corpus`, () => {
  test.for(files)('%s', async (name) => {
    const file = path.join(CORPUS, name);
    const base = file.slice(0, -'.xml'.length);
    const { report, issues } = await parseTests(readFileSync(file), name, new AbortController().signal);
    if (existsSync(`${base}.exception`)) {
      expect(report).toBeNull();
      expect(issues).toMatchObject([{ code: 'report-broken-xml', line: expect.any(Number) as number }]);
      return;
    }
    expect(issues).toEqual([]);
    const { stats } = resultsSchema.parse(JSON.parse(readFileSync(`${base}.results.json`, 'utf8')));
    expect(report).toMatchObject({
      total: stats.runs,
      passed: stats.tests_succ + stats.runs - stats.tests,
      skipped: stats.tests_skip,
      failed: stats.tests_fail,
      errored: stats.tests_error,
    });
    expect(Math.abs(report!.durationMs / 1_000 - stats.duration)).toBeLessThan(1);
  });
});
