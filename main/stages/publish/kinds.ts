import type { Kind } from '../kind.ts';
import { publishAccess } from './access.ts';
import { artifactFetch } from './artifact-fetch.ts';
import { artifactRecord } from './artifact-record.ts';
import { publishFiles } from './files.ts';
import { publishImage } from './image.ts';
import { publishNpm } from './npm.ts';
import { publishOci } from './oci.ts';

export const PUBLISH_KINDS: readonly Kind[] = [
  publishFiles,
  publishNpm,
  publishOci,
  publishImage,
  artifactFetch,
  artifactRecord,
  publishAccess,
];
