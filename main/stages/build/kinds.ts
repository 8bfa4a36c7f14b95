import type { Kind } from '../kind.ts';
import { buildCompile } from './compile.ts';

export const BUILD_KINDS: readonly Kind[] = [buildCompile];
