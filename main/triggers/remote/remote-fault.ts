import { AppError } from '#shared/lib/app-error.ts';

/** What Git says, and what a person can do about it. */
const WAYS_OUT: readonly (readonly [RegExp, string])[] = [
  [
    /authentication failed|could not read (username|password)|terminal prompts disabled|error: 40[13]/i,
    'give a secret that may read it, or let a credential helper of Git know one',
  ],
  [/permission denied \(publickey/i, 'let ssh-agent or your ssh configuration offer a key that it knows'],
  [/host key verification failed/i, 'connect once by hand and look at its key'],
  [/transport '\w+' not allowed/i, "Git's setting `protocol.NAME.allow` could let it"],
];

interface GitError {
  readonly stderr?: unknown;
  readonly shortMessage?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly timedOut?: unknown;
}

/** Why a remote could not be asked, as one sentence without a password that stands in its address. */
export function remoteFault(name: string, error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `${name} could not be asked: ${withoutPasswords(reasonOf(error as GitError))}`;
}

function reasonOf({ stderr, shortMessage, message, code, timedOut }: GitError): string {
  if (code === 'ENOENT') return 'there is no Git on this machine';
  if (timedOut === true) return 'it did not answer in time';
  const said = typeof stderr === 'string' ? stderr : '';
  const lines = said.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /^(fatal|error|remote: error):/.test(text)) ?? lines.find(Boolean);
  const reason = line?.replace(/^(fatal|error): /, '').slice(0, 400) ?? textOf(shortMessage, message);
  const wayOut = WAYS_OUT.find(([pattern]) => pattern.test(said))?.[1];
  return wayOut === undefined ? reason : `${reason.replace(/\.$/, '')}; ${wayOut}`;
}

const textOf = (...values: readonly unknown[]): string =>
  values.find((value): value is string => typeof value === 'string') ?? 'an unknown reason';

const withoutPasswords = (text: string): string => text.replaceAll(/\/\/[^/@\s]*:[^/@\s]*@/g, '//');
