import type { Kind } from '../kind.ts';
import { envSetup } from './setup.ts';

export const ENV_KINDS: readonly Kind[] = [envSetup];
