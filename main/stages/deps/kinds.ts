import type { Kind } from '../kind.ts';

export const DEPS_KINDS: readonly Kind[] = [];
