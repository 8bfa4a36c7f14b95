import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Provenance } from '#shared/reports/provenance.ts';

const digestSchema = z.record(z.string(), z.string());

/** An in-toto statement v1 with SLSA provenance v1, as far as it is looked at. */
export const statementSchema = z.object({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.object({ name: z.string(), digest: digestSchema })).min(1),
  predicateType: z.literal('https://slsa.dev/provenance/v1'),
  predicate: z.object({
    buildDefinition: z.object({
      buildType: z.string(),
      externalParameters: z.record(z.string(), z.unknown()),
      resolvedDependencies: z
        .array(z.object({ uri: z.string(), digest: digestSchema.optional() }))
        .default([]),
    }),
    runDetails: z.object({
      builder: z.object({ id: z.string() }),
      metadata: z
        .object({
          invocationId: z.string(),
          startedOn: z.string().optional(),
          finishedOn: z.string().optional(),
        })
        .optional(),
    }),
  }),
});
export type Statement = z.infer<typeof statementSchema>;

export const BUILD_TYPE = 'urn:pipewright:pipeline:v1';

export interface StatementFacts {
  readonly subjects: readonly { readonly name: string; readonly sha256: string }[];
  /** What it was made from, such as `git+https://git.example/shop`; without a commit's digest where there is none. */
  readonly source: string;
  readonly builder: string;
  /** ISO 8601. */
  readonly finishedAt: string;
}

export function provenanceStatement({ run, stage }: KindContext, facts: StatementFacts): Statement {
  const { source, subjects, builder, finishedAt } = facts;
  const commit = run.git?.commit;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: {
          pipeline: run.pipelineFile,
          stage,
          ref: run.git?.branch ?? null,
          // Files that are not committed may have gone into it.
          isCheckedOut: run.git?.isCheckedOut === true,
        },
        resolvedDependencies: [
          { uri: source, ...(commit === undefined ? {} : { digest: { gitCommit: commit } }) },
        ],
      },
      runDetails: {
        builder: { id: builder },
        metadata: {
          invocationId: run.id,
          ...(run.startedAt === null ? {} : { startedOn: run.startedAt }),
          finishedOn: finishedAt,
        },
      },
    },
  };
}

/** @throws AppError `usage` */
export function readStatement(bytes: Buffer): Statement {
  try {
    return statementSchema.parse(JSON.parse(bytes.toString()));
  } catch (error) {
    throw new AppError('usage', 'What was signed is no statement of SLSA provenance v1.', { cause: error });
  }
}

/** A statement whose signature was checked, as people look at it. */
export function provenanceReport(
  { subject, predicateType, predicate }: Statement,
  keyId: string,
): Provenance {
  const { buildDefinition, runDetails } = predicate;
  return {
    predicateType,
    subjects: subject.map(({ name, digest }) => ({ name, sha256: digest['sha256'] ?? '' })),
    materials: buildDefinition.resolvedDependencies.map(({ uri, digest }) => {
      const [first] = Object.entries(digest ?? {});
      return { uri, digest: first === undefined ? null : first.join(':') };
    }),
    builder: runDetails.builder.id,
    startedAt: runDetails.metadata?.startedOn ?? null,
    finishedAt: runDetails.metadata?.finishedOn ?? null,
    keyId,
    verified: true,
  };
}
