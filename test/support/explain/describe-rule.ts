import { describe, expect, it } from 'vitest';
import { applyOperations } from '#shared/pipeline/edits/apply-operations.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import { explain } from '#shared/pipeline/explain/explain.ts';
import type { Explanation, Rule } from '#shared/pipeline/explain/explanation.ts';

/** What is explained of a valid file. */
export function explained(text: string, path = 'pipewright.yml'): readonly Explanation[] {
  const parsed = parsePipeline(text, path, { kinds: [{ id: 'test.unit' }] });
  expect(hasErrors(parsed.issues) ? parsed.issues : []).toEqual([]);
  return explain(parsed);
}

export interface RuleCases {
  /** Files, by what they show, of which the rule finds one thing. */
  readonly fires: Readonly<Record<string, string>>;
  /** Files of which it finds nothing. */
  readonly quiet: Readonly<Record<string, string>>;
}

/** Tests of a rule: where it fires, where it does not, and that each of its fixes does away with what it is for. */
export function describeRule({ code }: Rule, { fires, quiet }: RuleCases): void {
  const found = (text: string) => explained(text).filter((each) => each.code === code);
  describe(code, () => {
    it.each(Object.entries(fires))('finds %s, and is silent after each fix', (_, text) => {
      const explanations = found(text);
      expect(explanations).toHaveLength(1);
      for (const { fixes, message } of explanations) {
        for (const { title, operations } of fixes) {
          const fixed = applyOperations(text, operations);
          expect(fixed).toMatchObject({ ok: true });
          if (fixed.ok) expect(found(fixed.text).filter((each) => each.message === message)).toEqual([]);
          expect(title).toMatch(/^[A-Z][a-z]+ /);
        }
      }
    });
    it.each(Object.entries(quiet))('says nothing about %s', (_, text) => {
      expect(found(text)).toEqual([]);
    });
  });
}
