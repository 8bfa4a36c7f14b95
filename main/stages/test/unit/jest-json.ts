import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import {
  sumTestReports,
  type TestCase,
  type TestReport,
  type TestStatus,
} from '#shared/reports/test-report.ts';
import { MAX_DETAILS_CHARS, MAX_MESSAGE_CHARS, MAX_NAME_CHARS } from '#shared/reports/test-report.ts';
import { countCases } from './count-cases.ts';

const assertionSchema = z.looseObject({
  ancestorTitles: z.array(z.string()),
  title: z.string(),
  status: z.string(),
  duration: z.number().nullish(),
  failureMessages: z.array(z.string()).nullish(),
  location: z.looseObject({ line: z.number().int() }).nullish(),
});

const jestSchema = z.looseObject({
  testResults: z.array(
    z.looseObject({
      name: z.string(),
      status: z.string(),
      message: z.string().nullish(),
      startTime: z.number().nullish(),
      endTime: z.number().nullish(),
      assertionResults: z.array(assertionSchema),
    }),
  ),
});

/** Reads what `jest --json` writes; Vitest's JSON reporter writes the same. @throws Error for another form */
export function readJestJson(text: string): TestReport {
  const { testResults } = jestSchema.parse(JSON.parse(text));
  const suites = testResults.map((file) => {
    const cases = file.assertionResults.map((result) => caseOf(result, file.name));
    // A file that could not be loaded has no tests, only a message.
    if (cases.length === 0 && file.status === 'failed') {
      const message = plain(file.message ?? 'The file could not be loaded');
      cases.push({ ...emptyCase(file.name, file.name, 'errored'), ...told(message) });
    }
    const suite = { name: file.name, file: file.name, timestamp: null, cases, stdout: null, stderr: null };
    return { ...countCases(cases), ...suite };
  });
  return { ...sumTestReports(suites), suites };
}

function caseOf(result: z.infer<typeof assertionSchema>, file: string): TestCase {
  const failure = plain((result.failureMessages ?? []).join('\n'));
  return {
    ...emptyCase(result.title, file, statusOf(result.status)),
    classname: result.ancestorTitles.length === 0 ? null : result.ancestorTitles.join(' > '),
    line: result.location?.line ?? null,
    durationMs: Math.max(0, result.duration ?? 0),
    ...(failure !== '' && told(failure)),
  };
}

const emptyCase = (name: string, file: string, status: TestStatus): TestCase => ({
  name: name.slice(0, MAX_NAME_CHARS),
  classname: null,
  file,
  line: null,
  status,
  durationMs: 0,
  message: null,
  details: null,
  stdout: null,
  stderr: null,
});

const told = (text: string): Pick<TestCase, 'message' | 'details'> => ({
  message: text.split('\n', 1)[0]!.slice(0, MAX_MESSAGE_CHARS),
  details: text.slice(0, MAX_DETAILS_CHARS),
});

function statusOf(status: string): TestStatus {
  if (status === 'passed' || status === 'focused') return 'passed';
  return status === 'failed' ? 'failed' : 'skipped';
}

/** Without colours and other control characters. */
const plain = (text: string): string => stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n\t]/gu, '');
