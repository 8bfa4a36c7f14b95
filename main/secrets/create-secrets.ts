import type { Secrets } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { compileSecrets, type SecretPatterns } from './masker.ts';
import { maskLog } from './masking-log.ts';
import { scopesOf } from './scope.ts';
import type { Vault } from './vault.ts';

/** Attempts of the same stages ask with the same values again and again. */
const KEPT_PATTERNS = 16;

export interface SecretsOptions {
  readonly vault: Pick<Vault, 'read'>;
  readonly projectIdOf: (projectDir: string) => ProjectId;
}

/** The engine's port over the vault. */
export function createSecrets({ vault, projectIdOf }: SecretsOptions): Secrets {
  const kept = new Map<string, SecretPatterns>();

  function patternsOf(values: readonly string[]): SecretPatterns {
    const key = JSON.stringify(values);
    const patterns = kept.get(key) ?? compileSecrets(values);
    kept.delete(key);
    kept.set(key, patterns);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_PATTERNS && oldest !== undefined) kept.delete(oldest);
    return patterns;
  }

  return {
    async resolve(names, { projectDir, environment }) {
      if (names.length === 0) return {};
      const values = await vault.read(names, scopesOf(projectIdOf(projectDir), environment));
      const missing = names.find((name) => !values.has(name));
      if (missing !== undefined) {
        const where = environment === null ? 'this project' : `the environment ${environment}`;
        // All in the message: a stage's outcome keeps no hint.
        throw new AppError(
          'secret-missing',
          `The secret ${missing} is not set for ${where}; set it with \`pipewright secrets set ${missing}\`.`,
        );
      }
      return Object.fromEntries(values);
    },
    mask: (log, values) => (values.length === 0 ? log : maskLog(log, patternsOf(values))),
    redact: (text, values) => (values.length === 0 ? text : patternsOf(values).maskText(text)),
    contains: (text, values) => values.length > 0 && patternsOf(values).isIn(text),
  };
}
