import { z } from 'zod';
import { issueSchema } from '../lib/issue.ts';

/** What can be assumed to have started a run; `manual` is a person, whom no filter of the file stops. */
export const SIMULATED_EVENTS = [
  'manual',
  'push',
  'poll',
  'pull-request',
  'webhook',
  'schedule',
  'watch',
  'pre-commit',
  'pre-push',
] as const;
export type SimulatedEvent = (typeof SIMULATED_EVENTS)[number];

/** Why a stage would run or not, for code; `reason` says it for people. */
export const VERDICT_REASONS = [
  /** Nothing stands in its way. */
  'needs-met',
  'condition-holds',
  /** It runs once a person has approved; it is the approval. */
  'approval',
  /** It would start, and fail at once: an expression of it cannot be evaluated. */
  'fault',
  /** Its matrix is made of outputs: it runs once for each leg, how many is not known. */
  'legs-unknown',
  'condition-false',
  /** Its condition asks for a failure; here every stage succeeds. */
  'failure-only',
  /** Something that it needs does not run, or would fail. */
  'upstream',
  /** A matrix or a called pipeline of which no stage runs. */
  'no-legs',
  /** Its condition reads what is not known before the run. */
  'condition-unknown',
  /** Of something that it needs it is not known whether it runs. */
  'upstream-unknown',
] as const;
export type VerdictReason = (typeof VERDICT_REASONS)[number];

export const simulatedStageSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  needs: z.array(z.string()),
  continueOnError: z.boolean(),
  /** Of a stage that stands for a matrix or a called pipeline: its stages, empty where they are not known. */
  matrix: z.object({ legs: z.array(z.string()) }).nullable(),
  /** Of a leg: its matrix. */
  leg: z.object({ of: z.string() }).nullable(),
  verdict: z.enum(['runs', 'skipped', 'unknown']),
  reasonCode: z.enum(VERDICT_REASONS),
  /** One sentence. */
  reason: z.string(),
  /** More to know, a sentence each: that it waits for approval, or is reused while nothing has changed. */
  notes: z.array(z.string()),
  /** Its `if`; null without one. */
  condition: z.string().nullable(),
  /** What the condition read; a null value is not known before the run. */
  values: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  /** From past runs; null when it has not run yet, and for what does no work of its own. */
  expectedMs: z.number().nullable(),
  /** When it would start, after the run's start; null when it would not, or no duration is known at all. */
  startsAfterMs: z.number().nullable(),
  isCritical: z.boolean(),
});
export type SimulatedStage = z.infer<typeof simulatedStageSchema>;

/** What a run would do, found out without doing any of it: every stage succeeds, every approval is given. */
export const simulationSchema = z.object({
  event: z.object({
    name: z.enum(SIMULATED_EVENTS),
    /** In words: `A push to \`main\``. */
    title: z.string(),
    /** Whether the file's triggers would start a run then. */
    starts: z.boolean(),
    /** Why not, as the end of a sentence; null when it would. */
    whyNot: z.string().nullable(),
  }),
  /** What was assumed; the project's own branch unless another was asked for. Null: none. */
  branch: z.string().nullable(),
  /** In the order of the plan; a matrix and a called pipeline stand behind their stages. */
  stages: z.array(simulatedStageSchema),
  /** Of the stages that do work: those that stand for others, and hooks of the run, are not counted. */
  counts: z.object({ runs: z.number(), skipped: z.number(), unknown: z.number() }),
  estimate: z.object({
    /** From start to end, with waits for a free slot; stages of which it is not known whether they run are counted in. Null when no duration is known. */
    makespanMs: z.number().nullable(),
    /** Stages that run and have not been timed yet; they count as long as the others usually take. */
    untimed: z.number(),
    maxParallel: z.number(),
    /** The chain of stages that decides how long it takes, in order; empty when no duration is known. */
    criticalPath: z.array(z.string()),
  }),
  /** Warnings of the file and the values. */
  issues: z.array(issueSchema),
});
export type Simulation = z.infer<typeof simulationSchema>;
