import { cmakeMatcher } from './cmake.ts';
import { esbuildMatcher } from './esbuild.ts';
import { eslintMatcher } from './eslint.ts';
import { gccMatcher } from './gcc.ts';
import { goMatcher } from './go.ts';
import { javacMatcher } from './javac.ts';
import { rustcMatcher } from './rustc.ts';
import { tscMatcher } from './tsc.ts';

/** The matchers that a pipeline file can name. */
export const MATCHERS = {
  tsc: tscMatcher,
  gcc: gccMatcher,
  javac: javacMatcher,
  rustc: rustcMatcher,
  go: goMatcher,
  eslint: eslintMatcher,
  esbuild: esbuildMatcher,
  cmake: cmakeMatcher,
} as const;

export type MatcherName = keyof typeof MATCHERS;
export const MATCHER_NAMES = Object.keys(MATCHERS) as [MatcherName, ...MatcherName[]];
