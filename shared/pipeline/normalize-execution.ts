import { findExpressions } from '../expressions/find-expressions.ts';
import { placeOf, resourcesOf, servicesOf, type Texts } from './normalize-place.ts';
import type { StageExecution } from './pipeline.ts';
import type { PlannedApproval, PlannedConcurrency, PlannedRetry } from './plan.ts';
import type { PipelineFile } from './schema.ts';

type FileStage = PipelineFile['stages'][string];

/** Retries without a delay follow at once; those whose delay grows start with a second. */
const GROWING_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 600_000;

/** What a stage says about when, how often and beside what it runs. */
export function executionOf(stage: FileStage, texts: Texts): StageExecution {
  const environment = stage.environment?.name ?? null;
  const continueOnError = stage['continue-on-error'];
  return {
    condition: conditionOf(stage.if),
    retry: retryOf(stage.retry),
    continueOnError: typeof continueOnError === 'boolean' ? continueOnError : null,
    caches: (stage.cache ?? []).map((entry) => ({
      key: entry.key,
      restoreKeys: entry['restore-keys'] ?? [],
      paths: entry.paths,
    })),
    skipIfUnchanged: skipOf(stage['skip-if-unchanged']),
    secrets: [...new Set(Object.values(stage.secrets ?? []))],
    environment,
    locks: [...new Set(stage.locks ?? [])],
    concurrency: concurrencyOf(stage.concurrency),
    slots: stage.slots ?? 1,
    state: [...new Set(stage.state ?? [])],
    place: placeOf(stage['runs-on'], stage.container, texts),
    services: servicesOf(stage.services, texts),
    resources: resourcesOf(stage.resources),
    hooks: { success: stage.hooks?.success ?? null, failure: stage.hooks?.failure ?? null },
  };
}

/** `if` without the `${{ }}` that may stand around all of it; null where there is none. */
export function conditionOf(condition: string | boolean | undefined): string | null {
  if (condition === undefined) return null;
  const text = String(condition).trim();
  const [first] = findExpressions(text);
  const isWhole = first?.closed === true && first.start === 0 && first.end === text.length;
  return isWhole ? first.expression.trim() : text;
}

/** Of a stage, or of a file. */
export function concurrencyOf(given: FileStage['concurrency']): PlannedConcurrency | null {
  return given === undefined ? null : { group: given.group, cancelInProgress: given['cancel-in-progress'] };
}

/** A retry as the file gives it, in either of its forms. */
interface GivenRetry {
  readonly max: number;
  readonly backoff?: PlannedRetry['backoff'] | undefined;
  readonly delay?: number | undefined;
  readonly 'max-delay'?: number | undefined;
  readonly jitter?: boolean | number | undefined;
  readonly on?: PlannedRetry['on'] | undefined;
}

export function retryOf(given: GivenRetry | undefined): PlannedRetry | null {
  if (given === undefined) return null;
  const { max, backoff = 'constant', jitter = 0, on = ['failed', 'timed-out', 'infra-error'] } = given;
  const delayMs = given.delay ?? (backoff === 'constant' ? 0 : GROWING_DELAY_MS);
  return {
    max,
    backoff,
    delayMs,
    maxDelayMs: given['max-delay'] ?? Math.max(delayMs, LONGEST_DELAY_MS),
    jitter: typeof jitter === 'number' ? jitter : jitter ? 0.5 : 0,
    on,
  };
}

export function approvalOf(name: string, approval: NonNullable<FileStage['approval']>): PlannedApproval {
  return {
    message: approval.message ?? `Go on with ${name}?`,
    allowed: approval.approvers ?? [],
    timeoutMs: approval.timeout ?? null,
    onTimeout: approval['on-timeout'] ?? 'reject',
  };
}

/** Without a list, every file of the workspace decides. */
function skipOf(skip: FileStage['skip-if-unchanged']): StageExecution['skipIfUnchanged'] {
  if (skip === undefined || skip === false) return null;
  const { files = ['**'], env = [], tools = [] } = skip === true ? {} : skip;
  return { files, env, tools };
}
