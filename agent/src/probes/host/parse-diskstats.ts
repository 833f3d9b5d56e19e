import type { DiskCounters } from './host-reading.ts';

/** The kernel counts in sectors of 512 bytes, whatever the disk's own are. */
const SECTOR_BYTES = 512;

/**
 * /proc/diskstats (Documentation/admin-guide/iostats.rst): counters since boot of the disks that `isWholeDisk`
 * names. Partitions, device mapper, RAID and loop devices stand on disks: counting them too would count twice.
 */
export function parseDiskstats(
  text: string,
  isWholeDisk: (name: string) => boolean,
): Map<string, DiskCounters> {
  const disks = new Map<string, DiskCounters>();
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const name = fields[2];
    if (name === undefined || fields.length < 14 || !isWholeDisk(name)) continue;
    disks.set(name, {
      reads: Number(fields[3]),
      readBytes: Number(fields[5]) * SECTOR_BYTES,
      writes: Number(fields[7]),
      writtenBytes: Number(fields[9]) * SECTOR_BYTES,
      busyMs: Number(fields[12]),
      requestMs: Number(fields[6]) + Number(fields[10]),
    });
  }
  return disks;
}
