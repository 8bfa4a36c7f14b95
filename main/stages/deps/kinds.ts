import type { Kind } from '../kind.ts';
import { depsConflicts } from './conflicts.ts';
import { depsGraph } from './graph.ts';
import { depsInstall } from './install.ts';
import { depsManage } from './manage.ts';
import { depsOutdated } from './outdated.ts';

export const DEPS_KINDS: readonly Kind[] = [depsInstall, depsGraph, depsOutdated, depsConflicts, depsManage];
