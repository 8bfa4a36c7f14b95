import { implement } from '@orpc/server';
import { contract } from '#shared/api/contract.ts';
import type { RunTrigger } from '#shared/run/events.ts';
import { toWireError } from './wire-error.ts';

/** What a transport knows of a call. */
export interface CallContext {
  /** What runs started by this call say they were started by. */
  readonly trigger: RunTrigger;
}

/** Implements the contract: whatever a handler throws becomes the contract's one error. */
export const os = implement(contract)
  .$context<CallContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toWireError(error);
    }
  });

/** A stream whose errors become the contract's one error, as those of plain calls do. */
export async function* guarded<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value, void, undefined> {
  try {
    yield* values;
  } catch (error) {
    throw toWireError(error);
  }
}
