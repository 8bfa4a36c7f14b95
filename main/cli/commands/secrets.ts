import process from 'node:process';
import type { SecretScope } from '#main/secrets/scope.ts';
import type { SecretInfo } from '#main/secrets/vault.ts';
import { projectIdOfDir } from '#main/store/project-id.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { CliContext } from '../context.ts';
import { didYouMean } from '../did-you-mean.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readSecret } from '../read-secret.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

/** At most one; without any, the project's. */
export interface ScopeOptions {
  readonly global?: boolean;
  readonly projectScope?: boolean;
  readonly environment?: string;
}

/** Stores the value on standard input. */
export function setSecretCommand(
  context: CliContext,
  name: string,
  options: ScopeOptions,
): Promise<ExitCode> {
  const scope = scopeOf(context, options);
  return withHost(context, async ({ vault }) => {
    const value = await readSecret(process.stdin, process.stderr, `Value of ${plainText(name)}: `);
    if (value === null) return EXIT.cancelled;
    const secret = await vault.set(name, scope, value);
    const { output } = context;
    if (output.format !== 'pretty') output.json(secret);
    else output.note(`${name} is set for ${whereOf(scope)}.`);
    return EXIT.succeeded;
  });
}

/** A value does not belong where other users and the shell's history see it. */
export function valueOnCommandLine(): AppError {
  return new AppError(
    'usage',
    'The value of a secret is read from standard input, not from the command line.',
    {
      hint: 'Pipe it in, or leave it out to be asked for it; the one you gave may be in your shell’s history.',
    },
  );
}

/** The names that the project's stages may use: global ones, the project's and those of its environments. */
export function listSecretsCommand(context: CliContext): Promise<ExitCode> {
  return withHost(context, async ({ vault }) => {
    const { output, projectDir } = context;
    const projectId = projectIdOfDir(projectDir);
    const secrets = (await vault.list()).filter(
      ({ scope }) => scope.type === 'global' || scope.projectId === projectId,
    );
    if (output.format === 'json') output.json(secrets.map(asJson));
    else if (output.format === 'ndjson') for (const secret of secrets) output.json(asJson(secret));
    else {
      const width = Math.max(0, ...secrets.map(({ name }) => name.length));
      for (const { name, scope, updatedAt } of secrets)
        output.line(`${name.padEnd(width)}  ${whereOf(scope)}  ${output.colors.dim(updatedAt)}`);
      if (secrets.length === 0)
        output.note('There are no secrets. Set one with `pipewright secrets set NAME`.');
    }
    return EXIT.succeeded;
  });
}

export function removeSecretCommand(
  context: CliContext,
  name: string,
  options: ScopeOptions,
): Promise<ExitCode> {
  const scope = scopeOf(context, options);
  return withHost(context, async ({ vault }) => {
    const { output } = context;
    if (!(await vault.remove(name, scope))) {
      const names = (await vault.list()).map((secret) => secret.name).filter((other) => other !== name);
      throw new AppError('secret-missing', `There is no secret ${plainText(name)} for ${whereOf(scope)}.`, {
        hint: didYouMean(name, names, 'See `pipewright secrets list`.'),
      });
    }
    if (output.format !== 'pretty') output.json({ name, scope, removed: true });
    else output.note(`${name} is removed for ${whereOf(scope)}.`);
    return EXIT.succeeded;
  });
}

function scopeOf(
  { projectDir }: CliContext,
  { global, projectScope, environment }: ScopeOptions,
): SecretScope {
  if ([global, projectScope, environment].filter((option) => option !== undefined).length > 1) {
    throw new AppError('usage', 'A secret has one scope.', {
      hint: 'Give one of --global, --project-scope and --environment NAME.',
    });
  }
  if (global === true) return { type: 'global' };
  const projectId = projectIdOfDir(projectDir);
  if (environment === undefined) return { type: 'project', projectId };
  if (environment === '') throw new AppError('usage', 'The name of an environment cannot be empty.');
  return { type: 'environment', projectId, environment };
}

function whereOf(scope: SecretScope): string {
  switch (scope.type) {
    case 'global':
      return 'every project';
    case 'project':
      return 'this project';
    case 'environment':
      return `the environment ${plainText(scope.environment)}`;
  }
}

function asJson({ name, scope, updatedAt }: SecretInfo): object {
  return {
    name,
    scope: scope.type,
    environment: scope.type === 'environment' ? scope.environment : null,
    updatedAt,
  };
}
