import { z } from 'zod';

/** Settings that the kinds for Git repositories share. */
export const gitServerSettings = {
  username: z
    .string()
    .min(1)
    .optional()
    .describe('Who signs in over https; `x-access-token` unless set, which fits tokens')
    .meta({ title: 'User name' }),
  password: z
    .string()
    .optional()
    .describe(
      'The password or token for https, as a secret. Git gets it through a credential helper: it stands in no command line and in no file',
    )
    .meta({ title: 'Password or token', 'x-control': 'secret', examples: ['${{ secrets.GIT_TOKEN }}'] }),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(3)
    .describe('How often more the server is asked while the network fails')
    .meta({ title: 'Retries' }),
};

export const urlSetting = z
  .string()
  .min(1)
  .meta({ title: 'Address', examples: ['https://example.com/acme/web-shop.git'] });

export const pathSetting = z
  .string()
  .min(1)
  .default('.')
  .describe('The folder to check out into, relative to the folder of the stage')
  .meta({ title: 'Folder', examples: ['src'] });

export const sourceFileSetting = z
  .string()
  .min(1)
  .optional()
  .describe('Writes what was checked out to this file as JSON, for later stages and for provenance')
  .meta({ title: 'Record', examples: ['source.json'] });

export const signersSetting = z
  .string()
  .optional()
  .describe(
    "Whose SSH signatures count: lines of an allowed-signers file (`mail key-type key`). Unless set, what Git's own configuration and keyring know counts",
  )
  .meta({ title: 'Allowed signers', examples: ['me@example.com ssh-ed25519 AAAAC3Nza…'] });
