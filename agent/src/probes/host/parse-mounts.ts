export interface Mount {
  readonly device: string;
  readonly place: string;
  readonly type: string;
}

/** Whose answer to statfs comes from this machine: one on the network may hang for ever. */
const LOCAL_WITHOUT_DEVICE = new Set(['zfs', 'bcachefs']);
/** Images, which are full by nature. */
const READ_ONLY_IMAGES = new Set(['squashfs', 'iso9660', 'erofs', 'cramfs']);

/**
 * The real file systems of /proc/mounts, each device once and at the shortest path: what is bound to other places as
 * well (as into a container) is the same space.
 */
export function parseMounts(text: string): Mount[] {
  const byDevice = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const [device = '', place = '', type = ''] = line.split(' ').map(unescaped);
    const isBlock = device.startsWith('/dev/') && !device.startsWith('/dev/loop');
    if (!(isBlock || LOCAL_WITHOUT_DEVICE.has(type)) || READ_ONLY_IMAGES.has(type)) continue;
    const known = byDevice.get(device);
    if (known === undefined || place.length < known.place.length)
      byDevice.set(device, { device, place, type });
  }
  return [...byDevice.values()];
}

/** The kernel writes blanks and the like as three octal digits (getmntent(3)). */
function unescaped(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
