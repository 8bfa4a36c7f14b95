import type { ValuePath } from '../../source-map.ts';
import type { ExplainedFile } from '../explained-file.ts';
import type { ExplainedStage, Work } from '../explained-stage.ts';
import { workDoes } from '../explained-stage.ts';
import type { Fix, Rule } from '../explanation.ts';
import { commandTitle, isCommand } from '../tools.ts';

const TIMEOUT = '30m';

export const noTimeout: Rule = {
  code: 'no-timeout',
  severity: 'warning',
  summary: 'A stage uses the network without a time limit',
  why: 'A server that never answers keeps the stage waiting, and the run with it. A time limit ends that, and the stage says what happened.',
  *find(file) {
    if (isLimited(file)) return;
    for (const stage of file.stages) {
      const work = unlimitedWork(stage);
      const holder = work === null ? null : file.holderOf(stage);
      if (work === null || holder === null) continue;
      yield {
        path: holder,
        message: `${titleOf(work)} uses the network without a time limit`,
        fixes: timeoutFixes(file, holder),
      };
    }
  },
};

/** Whether every stage has a limit by what the file says of all of them. */
export const isLimited = ({ pipeline }: ExplainedFile): boolean =>
  pipeline.timeoutMs !== null || pipeline.defaults.timeoutMs !== null;

/** @param holder where the stage's work is written */
export const timeoutFixes = (file: ExplainedFile, holder: ValuePath): readonly Fix[] => [
  {
    title: `Add a timeout of ${TIMEOUT}`,
    operations: [{ type: 'set-field', path: [...holder, 'timeout'], value: TIMEOUT }],
  },
  ...defaultFix(file),
];

/** What of a stage uses the network for as long as it likes. */
export function unlimitedWork({ stage, works }: ExplainedStage): Work | null {
  if (stage.timeoutMs !== null || stage.open?.timeout !== undefined) return null;
  return works.find((work) => !work.hasTimeout && workDoes('network', work)) ?? null;
}

function titleOf({ content, commands }: Work): string {
  const command = commands.find((words) => isCommand('network', words));
  if (command !== undefined) return `\`${commandTitle(command)}\``;
  return content.type === 'uses' ? `\`${content.kind}\`` : 'It';
}

const defaultFix = ({ stages }: ExplainedFile) =>
  stages.length < 2
    ? []
    : [
        {
          title: `Let no stage take longer than ${TIMEOUT}`,
          operations: [{ type: 'set-field', path: ['defaults', 'timeout'], value: TIMEOUT }],
        } as const,
      ];
