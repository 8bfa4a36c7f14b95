import type { Kind } from '../kind.ts';
import { buildAssets } from './assets/assets.ts';
import { buildBinary } from './binary/binary.ts';
import { buildCompile } from './compile.ts';
import { buildDocs } from './docs.ts';
import { buildImage } from './image.ts';
import { buildPackage } from './package/package.ts';
import { buildResources } from './resources.ts';

export const BUILD_KINDS: readonly Kind[] = [
  buildCompile,
  buildResources,
  buildAssets,
  buildDocs,
  buildBinary,
  buildPackage,
  buildImage,
];
