import type { Rule } from './explanation.ts';
import { alwaysHidesFailure } from './rules/always-hides-failure.ts';
import { broadReuse } from './rules/broad-reuse.ts';
import { cacheWithoutKeyFile } from './rules/cache-without-key-file.ts';
import { couldRunInParallel } from './rules/could-run-in-parallel.ts';
import { deployWithoutVerification } from './rules/deploy-without-verification.ts';
import { hostWithoutTimeout } from './rules/host-without-timeout.ts';
import { ignoredTests } from './rules/ignored-tests.ts';
import { longScript } from './rules/long-script.ts';
import { missingName } from './rules/missing-name.ts';
import { noTimeout } from './rules/no-timeout.ts';
import { plainSecret } from './rules/plain-secret.ts';
import { repeatedCommands } from './rules/repeated-commands.ts';
import { retriedDeploy } from './rules/retried-deploy.ts';
import { skippedWithNeed } from './rules/skipped-with-need.ts';
import { unpinnedImage } from './rules/unpinned-image.ts';
import { unusedArtifact } from './rules/unused-artifact.ts';
import { unusedInput, unusedPipeline, unusedTemplate, unusedVariable } from './rules/unused-parts.ts';
import { unusedSecret } from './rules/unused-secret.ts';
import { wideMatrix } from './rules/wide-matrix.ts';

/** All rules, those that matter most first. */
export const RULES: readonly Rule[] = [
  plainSecret,
  alwaysHidesFailure,
  retriedDeploy,
  ignoredTests,
  noTimeout,
  hostWithoutTimeout,
  cacheWithoutKeyFile,
  unpinnedImage,
  deployWithoutVerification,
  couldRunInParallel,
  skippedWithNeed,
  repeatedCommands,
  wideMatrix,
  longScript,
  broadReuse,
  unusedSecret,
  unusedArtifact,
  unusedInput,
  unusedVariable,
  unusedTemplate,
  unusedPipeline,
  missingName,
];
