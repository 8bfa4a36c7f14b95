import { expect, it } from 'vitest';
import { nodeProblem } from './node-version.ts';

it.each(['22.12.0', '22.13.1', '24.0.0', '100.1.2'])('accepts Node %s', (version) => {
  expect(nodeProblem(version)).toBeNull();
});

it.each(['20.20.0', '22.11.9', '8.0.0'])('refuses Node %s in one sentence', (version) => {
  expect(nodeProblem(version)).toBe(`Node ${version} is too old; install Node 22.12 or newer.`);
});
