import { z } from 'zod';

/** Settings that the kinds for Subversion share. */
export const svnServerSettings = {
  username: z.string().min(1).optional().describe('Who signs in').meta({ title: 'User name' }),
  password: z
    .string()
    .optional()
    .describe('The password, as a secret; Subversion gets it on its standard input')
    .meta({ title: 'Password', 'x-control': 'secret', examples: ['${{ secrets.SVN_PASSWORD }}'] }),
  'trust-server-cert': z
    .boolean()
    .default(false)
    .describe("Accepts a server's certificate that nobody vouches for")
    .meta({ title: 'Trust any certificate' }),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(3)
    .describe('How often more the server is asked while the network fails')
    .meta({ title: 'Retries' }),
};
