import { ORPCError } from '@orpc/server';
import { afterEach, expect, it, vi } from 'vitest';
import { LogError } from '#main/logs/log-error.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { toWireError } from './wire-error.ts';

afterEach(() => vi.restoreAllMocks());

it('sends code, sentence, hint and issues of an expected error', () => {
  const issue = {
    code: 'cycle',
    severity: 'error',
    path: 'p.yml',
    line: 1,
    column: 2,
    message: 'm',
    hint: null,
  } as const;
  const error = new AppError('pipeline-invalid', 'It cannot run.', {
    hint: 'Mend it.',
    details: { issues: [issue] },
  });
  expect(toWireError(error)).toMatchObject({
    code: 'APP_ERROR',
    message: 'It cannot run.',
    data: { code: 'pipeline-invalid', hint: 'Mend it.', issues: [issue] },
  });
});

it('knows the errors of the log store', () => {
  const error = new LogError('invalid-search', 'The search is no regular expression.');
  expect(toWireError(error)).toMatchObject({ data: { code: 'pattern-invalid' } });
});

it('gives nothing of an unexpected error away, but keeps it for the terminal', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const error = toWireError(new TypeError('secret is undefined'));
  expect(JSON.stringify(error)).not.toContain('secret');
  expect(error).toMatchObject({ data: { code: 'internal', issues: [] } });
  expect(JSON.stringify(error)).toMatch(/"hint":"[^"]*output/);
  expect(String(write.mock.calls[0]?.[0])).toContain('secret is undefined');
});

it('leaves the errors of the transport as they are', () => {
  const error = new ORPCError('BAD_REQUEST');
  expect(toWireError(error)).toBe(error);
});
