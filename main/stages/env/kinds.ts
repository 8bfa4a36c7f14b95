import type { Kind } from '../kind.ts';

export const ENV_KINDS: readonly Kind[] = [];
