import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { evaluateValue } from '#shared/expressions/interpolate.ts';
import { judgeCondition } from '#shared/expressions/judge-condition.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { TestCase } from '#shared/reports/test-report.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { ask } from '../publish/http/peer.ts';
import { serverUrl } from '../publish/settings.ts';
import { countCases } from '../test/unit/count-cases.ts';
import { metric, metricsForm } from '../tools/forms.ts';
import { failed } from '../tools/verdict.ts';

/** More of an answer is not read. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

const settings = z.strictObject({
  url: z
    .string()
    .min(1)
    .describe('What is asked, `http:` or `https:`')
    .meta({ title: 'Address', examples: ['http://127.0.0.1:8080/health'] }),
  method: z
    .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .default('GET')
    .describe('The method')
    .meta({ title: 'Method' }),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .describe('Headers; a secret may stand in one')
    .meta({ title: 'Headers', examples: [{ authorization: 'Bearer ${{ secrets.API_TOKEN }}' }] }),
  body: z
    .unknown()
    .optional()
    .describe('What is sent: a text as it is, anything else as JSON')
    .meta({ title: 'Body', examples: [{ version: '1.4.0' }] }),
  expect: z
    .array(z.string().min(1))
    .min(1)
    .default(['status < 400'])
    .describe(
      'What must hold of the answer: expressions over `status`, `headers`, `body`, `json` and `durationMs`, without `${{ }}`',
    )
    .meta({ title: 'Expected', examples: [['status == 200', "json.state == 'ready'"]] }),
  outputs: z
    .record(z.string(), z.string())
    .default({})
    .describe('Outputs of the stage, as expressions over the same')
    .meta({ title: 'Outputs', examples: [{ id: 'json.id' }] }),
  retries: z
    .int()
    .min(0)
    .max(50)
    .default(3)
    .describe('How often it is asked again while the server fails or does not answer')
    .meta({ title: 'Retries' }),
});
type Settings = z.output<typeof settings>;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Null: the body is no JSON. */
  readonly json: unknown;
  readonly durationMs: number;
}

/** One call of an HTTP service with what must hold of its answer. */
export const serviceHttp = defineKind({
  id: 'service.http',
  title: 'HTTP call',
  summary: 'Calls an HTTP service and checks what it answers',
  docs: [
    'Asks once, again while the server fails (5xx, 429) or the connection is cut, and checks the answer: each demand of `expect`',
    'is a test. They are expressions as elsewhere, over `status`, `headers` (by lower-case name), `body`, `json` and `durationMs`.',
    'A value that is not there is a failure with its name.',
    '',
    'It is this machine that asks, wherever the stage runs. Fails when a demand does not hold; could not judge when nobody',
    'answered to the last.',
  ].join('\n'),
  settings,
  example: {
    url: '${{ env.SERVICE_URL }}',
    expect: ['status == 200', "json.state == 'ready'"],
    outputs: { version: 'json.version' },
  },
  outputs: { status: 'Of the answer', 'duration-ms': 'How long it took' },
  reports: ['tests', 'metrics'],
  async run(given, context, { now }) {
    const answer = await call(given, context, now);
    const contexts = { ...answer };
    const cases = given.expect.map((demand) => judge(demand, contexts, answer.durationMs));
    const counts = countCases(cases);
    const suite = { name: given.url, file: null, timestamp: null, cases, stdout: null, stderr: null };
    const bad = cases.filter(({ status }) => status !== 'passed');
    return {
      outcome: bad.length === 0 ? SUCCEEDED : failed(bad.map(({ message }) => message ?? '').join('; ')),
      reports: [
        { type: 'tests', report: { ...counts, suites: [{ ...counts, ...suite }] } },
        metricsForm([metric('http.duration-ms', answer.durationMs, 'ms')]),
      ],
      outputs: {
        status: String(answer.status),
        'duration-ms': String(answer.durationMs),
        ...(bad.length === 0 ? outputsOf(given, contexts) : {}),
      },
    } satisfies KindResult;
  },
});

async function call(given: Settings, context: KindContext, now: () => number): Promise<Answer> {
  const url = serverUrl(given.url, 'url');
  const peer = { name: `the service at ${url.host}`, context, retries: given.retries };
  const { body, type } = bodyOf(given.body);
  const headers: Record<string, string> = { ...type, ...given.headers };
  let startedAt = now();
  return ask(
    peer,
    url,
    () => {
      startedAt = now();
      return { method: given.method, headers, redirect: 'manual', ...(body !== undefined && { body }) };
    },
    async (response) => {
      const text = await readBody(response);
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: text,
        json: jsonOf(text),
        durationMs: Math.max(0, now() - startedAt),
      };
    },
  );
}

/** What is sent, and the header that says so; nothing for no body. */
function bodyOf(given: unknown): { readonly body?: string; readonly type?: Record<string, string> } {
  if (given === undefined) return {};
  if (typeof given === 'string') return { body: given };
  return { body: JSON.stringify(given), type: { 'content-type': 'application/json' } };
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function judge(demand: string, contexts: Readonly<Record<string, unknown>>, durationMs: number): TestCase {
  const why = whyNot(demand, contexts);
  const rest = { classname: null, file: null, line: null, details: null, stdout: null, stderr: null };
  return { name: demand, status: why === null ? 'passed' : 'failed', durationMs, message: why, ...rest };
}

function whyNot(demand: string, contexts: Readonly<Record<string, unknown>>): string | null {
  try {
    const judgement = judgeCondition(demand, contexts);
    return judgement.holds ? null : judgement.why;
  } catch (error) {
    return toAppError(error, 'expression-failed').message;
  }
}

function outputsOf(
  { outputs }: Settings,
  contexts: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, expression]) => {
      const value = evaluateValue(`\${{ ${expression} }}`, contexts);
      return [name, typeof value === 'string' ? value : JSON.stringify(value ?? '')];
    }),
  );
}
