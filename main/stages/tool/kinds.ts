import type { Kind } from '../kind.ts';
import { toolInstall } from './install.ts';

export const TOOL_KINDS: readonly Kind[] = [toolInstall];
