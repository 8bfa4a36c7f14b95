import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatIssue } from '#shared/lib/issue.ts';
import { explain } from '#shared/pipeline/explain/explain.ts';
import { RULES } from '#shared/pipeline/explain/rules.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/explain.md'), 'utf8');
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0]!, section]),
);

/** The codes that are explained of an example, which must be valid. */
function codesOf(example: string): readonly string[] {
  const parsed = parsePipeline(example, 'example.yml', { kinds: [] });
  expect(parsed.issues.filter(({ severity }) => severity !== 'unsupported').map(formatIssue)).toEqual([]);
  return explain(parsed).map(({ code }) => code);
}

const examplesOf = (section: string, name: string): readonly string[] =>
  [...section.matchAll(/^```yaml (\S+)\n(.*?)^```$/gms)].flatMap(([, title, text]) =>
    title === name ? [text!] : [],
  );

describe('docs/explain.md', () => {
  it('has the rules in their order, and no others', () => {
    expect([...sections.keys()]).toEqual(RULES.map(({ code }) => code));
  });

  it.each(RULES.map((rule) => [rule.code, rule] as const))('explains %s', (code, rule) => {
    const section = sections.get(code)!;
    const words = section.replace(/\s+/g, ' ');
    expect(words).toContain(`_${rule.severity}_ · ${rule.summary}. ${rule.why}`);
    for (const example of examplesOf(section, code)) expect(codesOf(example)).toContain(code);
    expect(examplesOf(section, code)).toHaveLength(code === 'long-script' ? 0 : 1);
    const others = new Set(['missing-name', 'deploy-without-verification']);
    for (const example of examplesOf(section, 'better')) {
      expect(codesOf(example).filter((found) => found === code || !others.has(found))).toEqual([]);
    }
  });

  it('shows a comment that ignores an explanation', () => {
    const [example] = examplesOf(page, 'ignored');
    expect(codesOf(example!)).toEqual([]);
    expect(codesOf(example!.replace('pipewright-ignore', 'ignore'))).toEqual(['no-timeout']);
  });
});
