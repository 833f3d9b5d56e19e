import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

let writes = 0;

/**
 * Replaces a file so that after a power cut either the old or the new content is there, whole: written beside it,
 * synced, renamed over it, and the folder synced (rename alone may be lost with the folder's block).
 */
export async function writeDurably(path: string, data: string | Uint8Array): Promise<void> {
  // Each write its own, so that two at a time cannot mix.
  const temporary = `${path}.${writes++}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its rename is journaled.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
