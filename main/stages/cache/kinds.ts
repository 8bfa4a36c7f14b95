import type { Kind } from '../kind.ts';

export const CACHE_KINDS: readonly Kind[] = [];
