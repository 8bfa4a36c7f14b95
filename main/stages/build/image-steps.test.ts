import { expect, it } from 'vitest';
import { tellBuildStep } from './image-steps.ts';

it('counts the steps that Docker and Podman say, and nothing else', () => {
  const told: unknown[] = [];
  const context = { progress: (...words: unknown[]) => void told.push(words) };
  const lines = [
    'Step 1/3 : FROM node:24',
    ' ---> 0f1c',
    'STEP 2/3: RUN npm ci',
    'My step 9/9 : x',
    'Step 3 : y',
  ];
  for (const line of lines) tellBuildStep(context, line);
  expect(told).toEqual([
    [0, 3, 'FROM node:24'],
    [1, 3, 'RUN npm ci'],
  ]);
});
