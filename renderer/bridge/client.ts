import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/api/contract.ts';

/** Every procedure of the contract as a function: `client.run.start({ … }, { signal })`. */
export type BridgeClient = ContractRouterClient<Contract>;

export const createClient = (link: ClientLink<ClientContext>): BridgeClient =>
  createORPCClient<BridgeClient>(link);
