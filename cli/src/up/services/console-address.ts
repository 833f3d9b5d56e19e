import type { ConsoleAddress } from '@streamswarm/operator/access/open-to-people';

/** What an operator says of the console that other machines can open; null where it says nothing of it. */
export function consoleAddress(message: object): ConsoleAddress | null {
  const { console } = message as { readonly console?: ConsoleAddress | null };
  return console ?? null;
}

/** The lines that a person needs to open it the first time. */
export function consoleLines({ url, caFingerprint, adminLink }: ConsoleAddress): string[] {
  return [
    `From other machines: ${url} (asks for a login)`,
    ...(caFingerprint === null
      ? []
      : [
          'Its certificate is of its own CA, so a browser warns once. SHA-256 of the CA:',
          `  ${caFingerprint}`,
        ]),
    ...(adminLink === null ? [] : ['First admin, within an hour, once:', `  ${adminLink}`]),
  ];
}
