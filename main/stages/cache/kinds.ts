import type { Kind } from '../kind.ts';
import { cacheRestore } from './restore.ts';
import { cacheSave } from './save.ts';

export const CACHE_KINDS: readonly Kind[] = [cacheRestore, cacheSave];
