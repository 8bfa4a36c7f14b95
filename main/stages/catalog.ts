import { BUILD_KINDS } from './build/kinds.ts';
import { CACHE_KINDS } from './cache/kinds.ts';
import { DEPS_KINDS } from './deps/kinds.ts';
import { ENV_KINDS } from './env/kinds.ts';
import type { Kind } from './kind.ts';
import { METRICS_KINDS } from './metrics/kinds.ts';
import { PUBLISH_KINDS } from './publish/kinds.ts';
import { RELEASE_KINDS } from './release/kinds.ts';
import { REPORT_KINDS } from './report/kinds.ts';
import { SERVICE_KINDS } from './service/kinds.ts';
import { SOURCE_KINDS } from './source/kinds.ts';
import { TEST_KINDS } from './test/kinds.ts';
import { TOOL_KINDS } from './tool/kinds.ts';

/** The kinds that ship with Pipewright, family by family. */
export const BUILT_IN_KINDS: readonly Kind[] = [
  ...SOURCE_KINDS,
  ...DEPS_KINDS,
  ...TOOL_KINDS,
  ...ENV_KINDS,
  ...CACHE_KINDS,
  ...BUILD_KINDS,
  ...RELEASE_KINDS,
  ...PUBLISH_KINDS,
  ...REPORT_KINDS,
  ...METRICS_KINDS,
  ...SERVICE_KINDS,
  ...TEST_KINDS,
];
