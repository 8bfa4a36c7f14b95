import type { ExplainedFile } from '../explained-file.ts';
import type { ExplainedStage, Work } from '../explained-stage.ts';
import { workDoes } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';
import { commandTitle, isCommand } from '../tools.ts';

const TIMEOUT = '30m';

export const noTimeout: Rule = {
  code: 'no-timeout',
  severity: 'warning',
  summary: 'A stage uses the network without a time limit',
  why: 'A server that never answers keeps the stage waiting, and the run with it. A time limit ends that, and the stage says what happened.',
  *find(file) {
    if (file.pipeline.timeoutMs !== null || file.pipeline.defaults.timeoutMs !== null) return;
    for (const stage of file.stages) {
      const work = unlimitedWork(stage);
      const holder = work === null ? null : file.holderOf(stage);
      if (work === null || holder === null) continue;
      yield {
        path: holder,
        message: `${titleOf(work)} uses the network without a time limit`,
        fixes: [
          {
            title: `Add a timeout of ${TIMEOUT}`,
            operations: [{ type: 'set-field', path: [...holder, 'timeout'], value: TIMEOUT }],
          },
          ...defaultFix(file),
        ],
      };
    }
  },
};

function unlimitedWork({ stage, works }: ExplainedStage): Work | null {
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
