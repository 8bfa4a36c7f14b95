import type { Kind } from '../kind.ts';
import { releaseChannel } from './channel.ts';
import { releaseMetadata } from './metadata.ts';
import { releaseVerify } from './verify.ts';
import { releaseVersion } from './version.ts';

export const RELEASE_KINDS: readonly Kind[] = [
  releaseVersion,
  releaseMetadata,
  releaseVerify,
  releaseChannel,
];
