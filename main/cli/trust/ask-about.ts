import process from 'node:process';
import { sentenceOf } from '#main/host/trust.ts';
import type { TrustView } from '#shared/api/trust-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { CliContext } from '../context.ts';
import { type Answers, ask } from './ask.ts';
import { trustLines } from './trust-lines.ts';

/** A terminal to show it on and one to answer from; a build server may lend one without anybody before it. */
export function canAsk({ env }: CliContext): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && env.CI === undefined;
}

/** Whether naming a command is not enough where nobody can be asked. */
export const isRequired = ({ env }: CliContext): boolean => env.PIPEWRIGHT_TRUST === 'require';

/** Shows a pipeline on stderr and asks about it. @returns null when there will be no answer */
export function askAbout<Answer extends string>(
  { output }: CliContext,
  view: TrustView,
  question: string,
  answers: Answers<Answer>,
): Promise<Answer | null> {
  for (const line of trustLines(view, output.errorColors)) output.error(line);
  output.error('');
  return ask(process.stdin, process.stderr, question, answers);
}

export const refusal = (status: 'unknown' | 'changed', file: string, hint: string): AppError =>
  new AppError('not-trusted', sentenceOf(status, file), { hint });
