import type { Kind } from '../kind.ts';
import { sourceGit } from './git.ts';
import { sourceHg } from './hg.ts';
import { sourceHooks } from './hooks.ts';
import { sourceResolve } from './resolve.ts';
import { sourceSubmodules } from './submodules.ts';
import { sourceSvn } from './svn.ts';
import { sourceValidate } from './validate.ts';

export const SOURCE_KINDS: readonly Kind[] = [
  sourceGit,
  sourceSvn,
  sourceHg,
  sourceResolve,
  sourceSubmodules,
  sourceValidate,
  sourceHooks,
];
