import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { builtConsole } from './built-console.ts';
import type { Namespace } from './net/namespace.ts';

/**
 * Headless Chromium out of an npm package; nothing of it talks to anybody but the page under test. The package's
 * own arguments are left out: they run everything in one process, which ends with its first page, and turn off
 * web security, which is to be tested. With a namespace it is the browser of a person on that host.
 */
export async function launchBrowser(namespace?: Namespace): Promise<Browser> {
  builtConsole();
  const executable = await unpack();
  return playwright.launch({
    executablePath: namespace === undefined ? executable : insideOf(namespace, executable),
    headless: true,
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A program that is the given one, run in a namespace. */
function insideOf(namespace: Namespace, executable: string): string {
  const script = join(mkdtempSync(join(tmpdir(), 'streamswarm-browser-')), 'chromium');
  writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${namespace.name} ${executable} "$@"\n`, {
    mode: 0o700,
  });
  return script;
}

/** The package unpacks itself into the temporary folder: one folder a user, or the next user could not run it. */
async function unpack(): Promise<string> {
  const { TMPDIR } = process.env;
  const own = join(tmpdir(), `streamswarm-chromium-${userInfo().uid}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  process.env['TMPDIR'] = own;
  try {
    return await chromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}
