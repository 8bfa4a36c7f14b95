import type { Kind } from '../kind.ts';
import { testComplexity } from './complexity.ts';
import { testApi } from './api.ts';
import { testCompliance } from './compliance.ts';
import { testIntegration } from './integration.ts';
import { testDeps } from './deps-check.ts';
import { testDocs } from './docs.ts';
import { testLicense } from './license.ts';
import { testStatic } from './static.ts';
import { testStyle } from './style.ts';
import { testVuln } from './vuln.ts';
import { testUnit } from './unit.ts';

export const TEST_KINDS: readonly Kind[] = [
  testUnit,
  testIntegration,
  testApi,
  testStatic,
  testStyle,
  testComplexity,
  testDocs,
  testVuln,
  testDeps,
  testLicense,
  testCompliance,
];
