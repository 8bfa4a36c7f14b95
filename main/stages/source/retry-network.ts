import { setTimeout } from 'node:timers/promises';
import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';

const FIRST_DELAY_MS = 500;

/** What Git, Subversion and Mercurial say when a connection did not come about or was cut, in English. */
const CUT =
  /early EOF|unexpected disconnect|RPC failed|hung up unexpectedly|connection (was )?(reset|refused|timed out|closed|aborted)|timed out|could ?n[o']t (resolve|connect)|unable to connect|temporary failure|name or service not known|network is (unreachable|down)|empty reply|transfer closed|error: 5\d\d|HTTP (error )?(code )?5\d\d|E170013|E175012|E120108|stream ended unexpectedly|premature EOF|invalid index-pack output|remote end hung up/i;
/** These say the same words behind it, but the server has answered. */
const ANSWERED =
  /authentication failed|could not read (username|password)|permission denied|not found|error: 4\d\d|access denied|host key verification|E170001|E215004|does not appear to be a git repository/i;

/** Whether it is worth another try. */
export const isNetworkCut = (stderr: string): boolean => CUT.test(stderr) && !ANSWERED.test(stderr);

/** Tries again, later and later, while the network fails. @param retries how often after the first time */
export async function retryNetwork(
  context: KindContext,
  retries: number,
  attempt: () => Promise<ToolExit>,
): Promise<ToolExit> {
  for (let tries = 0; ; tries += 1) {
    const exit = await attempt();
    if (exit.outcome.type === 'succeeded' || tries >= retries || !isNetworkCut(exit.stderr)) return exit;
    const delayMs = FIRST_DELAY_MS * 2 ** tries;
    await context.say(`the network failed; trying again in ${delayMs} ms (${tries + 1} of ${retries})`);
    await setTimeout(delayMs, undefined, { signal: context.signal });
  }
}
