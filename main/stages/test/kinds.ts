import type { Kind } from '../kind.ts';
import { testUnit } from './unit.ts';

export const TEST_KINDS: readonly Kind[] = [testUnit];
