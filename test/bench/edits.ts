import { parseDocument } from 'yaml';
import { applyOperations } from '#shared/pipeline/edits/apply-operations.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import { readYamlSource } from '#shared/pipeline/edits/yaml-source.ts';
import { type Figure, median, rounded } from './figure.ts';

const ROUNDS = 7;
/** Over reading the text once: an operation reads its result, and its own work must stay small beside that. */
const LIMIT = 2;

/** Times of the editor's operations on large files, over that of reading the file as YAML. */
export function benchEdits(): Figure[] {
  return [1_000, 10_000].flatMap((count) => {
    const text = pipelineOf(count);
    const known = readYamlSource(text);
    const baseline = timeOf(() => parseDocument(text, { keepSourceTokens: true, uniqueKeys: false }));
    return operationsOn(count).map(([name, operation]): Figure => {
      const value = timeOf(() => {
        const result = applyOperations(text, [operation], known);
        if (!result.ok) throw new Error(result.reason);
      });
      const title = `${name} in a file of ${count.toLocaleString('en')} stages`;
      return { name: title, value, unit: 'ms', baseline, ratio: rounded(value / baseline), limit: LIMIT };
    });
  });
}

function operationsOn(count: number): readonly (readonly [string, Operation])[] {
  const middle = `s${count / 2}`;
  const scope = null;
  return [
    ['set-field', { type: 'set-field', path: ['stages', middle, 'timeout'], value: '10m' }],
    ['add-stage', { type: 'add-stage', scope, id: 'new', value: { run: 'make' }, after: middle }],
    ['rename-stage', { type: 'rename-stage', scope, id: middle, to: 'renamed' }],
    ['connect', { type: 'connect', scope, source: 's3', target: `s${count - 1}` }],
    ['move-stage', { type: 'move-stage', scope, id: middle, before: 's1' }],
    ['duplicate-stages', { type: 'duplicate-stages', scope, ids: { [middle]: 'copy' } }],
    [
      'delete-stages, 100 of them',
      {
        type: 'delete-stages',
        scope,
        ids: Array.from({ length: 100 }, (_, index) => `s${index + 3}`),
        heal: true,
      },
    ],
  ];
}

function pipelineOf(count: number): string {
  const stages = Array.from({ length: count }, (_, index) => {
    const needs = index === 0 ? '' : `    needs: [s${index - 1}, s${index >> 1}]\n`;
    return `  # Stage ${index}.\n  s${index}:\n${needs}    run: echo \${{ needs.s${index >> 1}.result }}\n    timeout: 5m\n`;
  });
  return `name: large\nstages:\n${stages.join('')}`;
}

function timeOf(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return rounded(median(times));
}
