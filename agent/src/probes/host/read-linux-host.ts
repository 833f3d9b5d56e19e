import { existsSync, readdirSync, readFileSync, readlinkSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type FileSystem, type HostReading, UNTOLD } from './host-reading.ts';
import { parseDiskstats } from './parse-diskstats.ts';
import { parseMeminfo } from './parse-meminfo.ts';
import { type Mount, parseMounts } from './parse-mounts.ts';
import { countedInterfaces, defaultRouteInterfaces, parseNetDev, sumCounters } from './parse-net-dev.ts';
import { parseProcStat } from './parse-proc-stat.ts';
import {
  mean,
  parseCpuinfoHertz,
  parseLoad,
  parseNamedCounters,
  parseOpenFiles,
  parsePressure,
  parseSnmp6,
  parseSockstat,
} from './parse-small-files.ts';

/**
 * Reads a Linux machine by /proc and /sys under `root` ('/', or where the host's file system is mounted).
 * Synchronous on purpose: these files are answered from memory, in about a millisecond in all, and a turn through
 * the thread pool for each would cost more and spread the reading in time.
 */
export function readLinuxHost(root: string, monotonicMs: () => number): HostReading {
  const text = (path: string): string | null => readOrNull(join(root, path));
  const parsed = <T>(path: string, parse: (text: string) => T): T | null => {
    const content = text(path);
    return content === null ? null : parse(content);
  };
  const atMs = monotonicMs();
  const stat = parsed('proc/stat', parseProcStat);
  const snmp = text('proc/net/snmp');
  const tcp =
    snmp === null ? null : parseNamedCounters(snmp, 'Tcp', ['CurrEstab', 'OutSegs', 'RetransSegs'] as const);
  const tcpMore = parsed('proc/net/netstat', (content) =>
    parseNamedCounters(content, 'TcpExt', ['TCPOFOQueue', 'TCPToZeroWindowAdv'] as const),
  );
  const sockets = parsed('proc/net/sockstat', parseSockstat);
  return {
    ...UNTOLD,
    atMs,
    ...(stat === null ? {} : { ...stat, coresOnline: stat.cores.size }),
    frequencyHertz: frequencyHertz(root, text),
    pressure: {
      cpu: parsed('proc/pressure/cpu', parsePressure),
      memory: parsed('proc/pressure/memory', parsePressure),
      io: parsed('proc/pressure/io', parsePressure),
    },
    load: parsed('proc/loadavg', parseLoad),
    memory: parsed('proc/meminfo', parseMeminfo),
    rootFileSystem: spaceAt(root),
    disks: parsed('proc/diskstats', (content) =>
      parseDiskstats(content, (name) => existsSync(join(root, 'sys/block', name, 'device'))),
    ),
    ...parsed('proc/net/dev', (content) => sortInterfaces(root, content, text)),
    fileSystems: parsed('proc/mounts', (content) => fileSystems(root, parseMounts(content))),
    processes: countProcesses(root),
    tcpEstablished: tcp?.CurrEstab ?? null,
    tcpSegmentsSent: tcp?.OutSegs ?? null,
    tcpSegmentsRetransmitted: tcp?.RetransSegs ?? null,
    tcpTimeWait: sockets?.timeWait ?? null,
    tcpOrphaned: sockets?.orphaned ?? null,
    tcpOutOfOrder: tcpMore?.TCPOFOQueue ?? null,
    tcpZeroWindows: tcpMore?.TCPToZeroWindowAdv ?? null,
    udpBufferErrors: udpBufferErrors(snmp, text('proc/net/snmp6')),
    openFiles: parsed('proc/sys/fs/file-nr', parseOpenFiles),
  };
}

function sortInterfaces(
  root: string,
  netDev: string,
  text: (path: string) => string | null,
): Pick<HostReading, 'interfaces' | 'loopback' | 'virtual'> {
  const all = parseNetDev(netDev);
  const counted = countedInterfaces(
    [...all.keys()],
    (name) => existsSync(join(root, 'sys/class/net', name, 'device')),
    defaultRouteInterfaces(text('proc/net/route') ?? ''),
  );
  const others = [...all].filter(([name]) => !counted.includes(name) && name !== 'lo');
  const counters = sumCounters(others.map(([, one]) => one));
  return {
    interfaces: new Map([...all].filter(([name]) => counted.includes(name))),
    loopback: all.get('lo') ?? null,
    virtual: counters === null ? null : { count: others.length, counters },
  };
}

function udpBufferErrors(snmp: string | null, snmp6: string | null): number | null {
  const four =
    snmp === null ? null : parseNamedCounters(snmp, 'Udp', ['RcvbufErrors', 'SndbufErrors'] as const);
  if (four === null) return null;
  // A kernel without IPv6 has no such file.
  const six = snmp6 === null ? null : parseSnmp6(snmp6, ['Udp6RcvbufErrors', 'Udp6SndbufErrors']);
  return [four.RcvbufErrors, four.SndbufErrors, ...(six ?? [])].reduce((sum, count) => sum + count, 0);
}

function fileSystems(root: string, mounts: readonly Mount[]): Map<string, FileSystem> {
  return new Map(
    mounts.flatMap(({ device, place, type }) => {
      const space = spaceAt(join(root, place));
      return space === null || space.total === 0 ? [] : [[place, { device, type, ...space }] as const];
    }),
  );
}

function frequencyHertz(root: string, text: (path: string) => string | null): number | null {
  const cpus = namesIn(join(root, 'sys/devices/system/cpu')).filter((name) => /^cpu[0-9]+$/.test(name));
  const kilohertz = cpus.flatMap((name) => {
    const content = text(`sys/devices/system/cpu/${name}/cpufreq/scaling_cur_freq`);
    return content === null ? [] : [Number(content)];
  });
  if (kilohertz.length > 0) return mean(kilohertz.map((value) => value * 1e3));
  const cpuinfo = text('proc/cpuinfo');
  return cpuinfo === null ? null : parseCpuinfoHertz(cpuinfo);
}

/** Null inside a container: its /proc holds its own processes only, and their number says nothing of the machine. */
function countProcesses(root: string): number | null {
  const namespace = linkOrNull(join(root, 'proc/self/ns/pid'));
  if (namespace !== null && namespace !== FIRST_PID_NAMESPACE) return null;
  const count = namesIn(join(root, 'proc')).filter((name) => /^[0-9]+$/.test(name)).length;
  return count === 0 ? null : count;
}

/** The namespace that the kernel starts with has this number in all versions: PROC_PID_INIT_INO of proc_ns.h. */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

function spaceAt(path: string): Pick<FileSystem, 'total' | 'used' | 'ratio'> | null {
  try {
    const { blocks, bfree, bavail, bsize } = statfsSync(path);
    const used = blocks - bfree;
    // As df: blocks that only root may use are neither used nor free for the others.
    return { total: blocks * bsize, used: used * bsize, ratio: used / (used + bavail) };
  } catch {
    return null;
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function linkOrNull(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
