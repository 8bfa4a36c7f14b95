import { z } from 'zod';
import {
  durationSchema,
  globsSchema,
  idSchema,
  mapping,
  textListSchema,
  textSchema,
} from './schema-values.ts';

/** Characters that every file system takes, so that an artifact can be saved under its name. */
const artifactNameSchema = textSchema.regex(
  /^[^<>:"/\\|?*\p{Cc}]+$/u,
  'must not hold any of < > : " / \\ | ? * nor control characters',
);

const artifactSchema = mapping({
  name: artifactNameSchema.describe('The name of the artifact, unique in the pipeline.'),
  paths: globsSchema.describe(
    'Globs of the files to keep, relative to the workspace; a leading `!` excludes.',
  ),
  exclude: globsSchema.optional().describe('Globs of files to leave out.'),
  'if-no-files-found': z
    .enum(['error', 'warn', 'ignore'], { error: 'must be one of error, warn, ignore' })
    .default('warn')
    .describe('What happens when no file matches; `warn` unless set.'),
  retention: durationSchema
    .optional()
    .describe('How long the artifact is kept; as long as its run unless set.'),
}).meta({ id: 'Artifact' });

/** The files that a stage hands on and keeps. */
export const artifactsSchema = z.union([
  artifactSchema.transform((artifact) => [artifact]),
  z.array(artifactSchema),
]);

/** The reports that a stage writes, by format. */
export const reportsSchema = mapping({
  junit: globsSchema
    .optional()
    .describe('Globs of test reports: JUnit, xUnit.net, NUnit 3 or TRX XML, or what `go test -json` prints.'),
  coverage: globsSchema.optional().describe('Globs of coverage reports: lcov, Cobertura or JaCoCo XML.'),
  sarif: globsSchema.optional().describe('Globs of findings in SARIF or in the form of Checkstyle.'),
  sbom: globsSchema.optional().describe('Globs of CycloneDX bills of materials.'),
  load: globsSchema.optional().describe('Globs of load-test results.'),
});

const cacheEntrySchema = mapping({
  key: textSchema.describe('The name of the cache; the same key gives the same files.'),
  'restore-keys': textListSchema.optional().describe('Beginnings of keys to fall back to, in order.'),
  paths: globsSchema.describe('The files and folders to keep between runs.'),
});

/** Files that are kept between runs. */
export const cacheSchema = z.union([
  cacheEntrySchema.transform((entry) => [entry]),
  z.array(cacheEntrySchema),
]);

/** What must be unchanged for a stage to reuse its last results. */
export const skipIfUnchangedSchema = z.union([
  z.boolean(),
  mapping({
    files: globsSchema.optional().describe('Globs of the files that the stage reads.'),
    env: textListSchema.optional().describe('Names of environment variables that matter.'),
    tools: textListSchema.optional().describe('Commands whose version matters, such as `node`.'),
  }),
]);

const gateMappingSchema = mapping({
  conditions: textListSchema.describe('What must hold, such as `tests.failed == 0`.'),
  baseline: z
    .enum(['all', 'new-only'], { error: 'must be one of all, new-only' })
    .default('all')
    .describe('Which findings count: all, or those alone that the baseline does not have; `all` unless set.'),
  branch: textSchema
    .optional()
    .describe('The branch whose newest finished run is the baseline; `main` or `master` unless set.'),
}).meta({ id: 'Gate' });

const allFindings = (conditions: readonly string[]) => ({
  conditions: [...conditions],
  baseline: 'all' as const,
  branch: undefined,
});

/** Conditions over the reports of a stage, such as `tests.failed == 0`. */
export const gateSchema = z.union([
  textSchema.transform((condition) => allFindings([condition])),
  z.array(textSchema).transform(allFindings),
  gateMappingSchema,
]);

/** Small named values that outlive a run. */
export const stateSchema = z.record(
  idSchema,
  z.union([
    z.null(),
    z.string(),
    mapping({
      default: z.string().optional().describe('The value before a run has set one.'),
      description: z.string().optional().describe('What the value means.'),
    }),
  ]),
);

const includedPathSchema = textSchema.refine(
  (path) => !/^([/\\]|[A-Za-z]:)/.test(path),
  'must be a path relative to this file',
);

/** Other pipeline files whose parts are used here. */
export const includeSchema = z.union([
  includedPathSchema.transform((path) => [path]),
  z.array(includedPathSchema),
]);
