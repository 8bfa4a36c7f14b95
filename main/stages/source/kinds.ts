import type { Kind } from '../kind.ts';

export const SOURCE_KINDS: readonly Kind[] = [];
