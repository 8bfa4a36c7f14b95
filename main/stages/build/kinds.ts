import type { Kind } from '../kind.ts';
import { buildAssets } from './assets/assets.ts';
import { buildCompile } from './compile.ts';
import { buildResources } from './resources.ts';

export const BUILD_KINDS: readonly Kind[] = [buildCompile, buildResources, buildAssets];
