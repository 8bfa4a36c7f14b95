import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { type Attempt, type AttemptOptions, openAttempt } from './attempt.ts';
import { cancelCases } from './cancel-cases.ts';
import { type Abilities, type ContractSubject, SOON } from './contract-subject.ts';
import { environmentCases } from './environment-cases.ts';
import { exitCases } from './exit-cases.ts';
import { fileCases } from './file-cases.ts';
import { loadCases } from './load-cases.ts';
import { markedProcesses, SEES_PROCESSES } from './marked-processes.ts';
import { outputCases } from './output-cases.ts';
import { treeCases } from './tree-cases.ts';

/** What the cases of the contract stand on. */
export interface Contract {
  readonly can: Abilities;
  /** Opens an attempt that is closed and released after the test. */
  open(options?: AttemptOptions): Promise<Attempt>;
}

/**
 * What every executor promises, tried through the places that it opens. After each test nothing is left of its attempts:
 * no process that was told, and none on this machine that carries their run in its environment.
 * @param make called once, before the first test
 */
export function executorContract(name: string, make: () => Promise<ContractSubject>, can: Abilities): void {
  describe(`the ${name} executor`, () => {
    let subject: ContractSubject;
    let open: Attempt[] = [];
    beforeAll(async () => {
      subject = await make();
    });
    afterAll(() => subject[Symbol.asyncDispose]());
    afterEach(async () => {
      const attempts = open;
      open = [];
      await Promise.all(attempts.map((attempt) => attempt[Symbol.asyncDispose]()));
      for (const { runId, processes } of attempts) {
        expect([...processes]).toEqual([]);
        // One that was killed may take a moment to go.
        if (SEES_PROCESSES)
          await expect.poll(() => markedProcesses('PIPEWRIGHT_RUN_ID', runId), SOON).toEqual([]);
      }
    });
    const contract: Contract = {
      can,
      async open(options) {
        const attempt = await openAttempt(subject, options);
        open.push(attempt);
        return attempt;
      },
    };
    describe('ends', () => exitCases(contract));
    describe('gives a step its surroundings', () => environmentCases(contract));
    describe('keeps output', () => outputCases(contract));
    describe('cancels', () => cancelCases(contract));
    describe('ends whole trees', () => treeCases(contract));
    describe('brings files back', () => fileCases(contract));
    describe('bears load', () => loadCases(contract));
  });
}
