import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { parseDuration } from '#shared/lib/durations.ts';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { failed } from '../tools/verdict.ts';
import { endProcesses, leftProcesses, type LeftProcess } from './integration/left-processes.ts';
import { serviceVariables } from './integration/service-variables.ts';
import { waitFor } from './integration/wait-for.ts';
import { RUNNERS } from './unit/runners.ts';
import { runTests } from './unit/run-tests.ts';
import { TEST_RUN_OUTPUTS, TEST_RUN_SETTINGS } from './unit/settings.ts';

/** Marks what the tests of one step start. */
const MARK = 'PIPEWRIGHT_STARTED_BY';

/** Runs tests against services, and looks at what they leave behind. */
export const testIntegration = defineKind({
  id: 'test.integration',
  title: 'Integration tests',
  summary: 'Runs tests against the services of the stage, once these are ready',
  docs: [
    'Runs tests as `test.unit` does, against the `services` of the stage: these are started before it, must become healthy,',
    'have logs of their own and end with it, whatever the tests come to. Each service is told to the tests: for `db` there are',
    '`DB_HOST`, `DB_PORT` (its first port) and `DB_PORT_5432`, unless the stage sets these itself.',
    '',
    '`wait-for` names addresses that must answer before the tests begin: `tcp://127.0.0.1:5432`,',
    '`http://127.0.0.1:8080/health`. One that does not within `wait-timeout` is no fault of the tests: the stage could not judge.',
    '',
    'Processes that the tests leave running are ended, and fail the stage unless `leaks` says otherwise. They are found on Linux,',
    'where the stage runs on this machine.',
  ].join('\n'),
  settings: z.strictObject({
    ...TEST_RUN_SETTINGS,
    'wait-for': z
      .union([z.string().min(1), z.array(z.string().min(1))])
      .optional()
      .describe('Addresses that must answer before the tests begin')
      .meta({ title: 'Wait for', examples: ['tcp://127.0.0.1:5432', 'http://127.0.0.1:8080/health'] }),
    'wait-timeout': z
      .union([z.string(), z.number()])
      .default('60s')
      .refine((value) => parseDuration(value) !== null, 'must be a duration such as 30s')
      .describe('How long `wait-for` may take altogether')
      .meta({ title: 'Wait at most', examples: ['2m'] }),
    leaks: z
      .enum(['fail', 'warn', 'ignore'])
      .default('fail')
      .describe('What processes that the tests leave running come to')
      .meta({ title: 'Processes left running' }),
  }),
  example: { 'wait-for': "http://${{ services.web.host }}:${{ services.web.ports['8080'] }}/health" },
  outputs: TEST_RUN_OUTPUTS,
  reports: ['tests', 'coverage', 'metrics'],
  tools: RUNNERS.map(({ tool }) => tool),
  preview: ({ command }) => command ?? '',
  async run(settings, context, { now }) {
    const addresses = listOf(settings['wait-for']);
    if (Object.keys(context.services).length === 0 && addresses.length === 0) {
      throw new AppError(
        'usage',
        `${context.stage} has no \`services\` to test against, and nothing to wait for.`,
        {
          hint: 'Declare them on the stage, name what runs elsewhere in `wait-for`, or use test.unit.',
        },
      );
    }
    await waitFor(context, addresses, parseDuration(settings['wait-timeout']) ?? 0, now);
    const mark = randomUUID();
    const variables = { ...serviceVariables(context.services, context.env), [MARK]: mark };
    const within: KindContext = {
      ...context,
      exec: (command) => context.exec({ ...command, env: { ...variables, ...command.env } }),
    };
    let left: readonly LeftProcess[] = [];
    let result: KindResult;
    try {
      result = await runTests(settings, within, now);
    } finally {
      left = (context.runsHere ? await leftProcesses(MARK, mark) : null) ?? [];
      endProcesses(left);
    }
    return left.length === 0 || settings.leaks === 'ignore'
      ? result
      : withLeaks(context, settings.leaks, result, left);
  },
});

function withLeaks(
  { stage }: KindContext,
  leaks: 'fail' | 'warn',
  result: KindResult,
  left: readonly LeftProcess[],
): KindResult {
  const [first] = left;
  const what = left.length === 1 ? 'a process' : `${left.length} processes`;
  const message = `The tests left ${what} running: ${first?.command ?? ''}`;
  const issue = {
    ...{ code: 'process-left', severity: 'warning' as const, path: stage, line: null, column: null, message },
    hint: 'End what a test starts when it ends, also when it fails.',
  };
  const isDecisive = leaks === 'fail' && result.outcome.type === 'succeeded';
  return {
    ...result,
    outcome: isDecisive ? failed(message) : result.outcome,
    issues: [...(result.issues ?? []), issue],
  };
}
