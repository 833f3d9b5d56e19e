import { formatSeconds } from '@streamswarm/contract/format/numbers';
import type { Capability } from '@streamswarm/contract/wire/session';
import type { EngineCapabilities, Unavailable } from '../native/packet-engine.ts';
import type { ClockState } from '../native/timex.ts';

export interface CapabilityFacts {
  readonly engine: EngineCapabilities;
  readonly platform: NodeJS.Platform;
  /** Whether a path of this host can be read. */
  canRead(path: string): boolean;
  /** What the kernel knows of its clock; null where it does not tell. */
  readonly clock: ClockState | null;
}

/** What this agent can measure, and of what it cannot: why, and the command that changes it. */
export function agentCapabilities(facts: CapabilityFacts): Capability[] {
  return [icmp(facts.engine), kernelStamps(facts.engine), tcp(facts.engine), host(facts), clock(facts)];
}

function icmp({ icmp4, icmp6 }: EngineCapabilities): Capability {
  if (typeof icmp4 === 'string' && typeof icmp6 === 'string') {
    return { name: 'icmp', state: 'works', detail: `IPv4 by ${icmp4} sockets, IPv6 by ${icmp6} sockets` };
  }
  if (typeof icmp4 === 'object' && typeof icmp6 === 'object') return { name: 'icmp', ...unavailable(icmp4) };
  const [missing, name] = typeof icmp4 === 'object' ? [icmp4, 'IPv4'] : [icmp6 as Unavailable, 'IPv6'];
  return {
    name: 'icmp',
    ...unavailable(missing),
    state: 'limited',
    detail: `${name} does not work: ${missing.detail}`.slice(0, 1_024),
  };
}

function unavailable({ reason, detail, enable }: Unavailable): Omit<Capability, 'name'> {
  return {
    state: 'unavailable',
    reason,
    detail: detail.slice(0, 1_024),
    ...(enable === '' ? {} : { enable: enable.slice(0, 1_024) }),
  };
}

function kernelStamps({ kernelTimestamps, icmp4, icmp6 }: EngineCapabilities): Capability {
  if (typeof icmp4 === 'object' && typeof icmp6 === 'object') {
    return {
      name: 'kernel-timestamps',
      state: 'unavailable',
      reason: icmp4.reason,
      detail: 'the kernel stamps echo requests, and none can be sent: see icmp',
    };
  }
  return kernelTimestamps
    ? {
        name: 'kernel-timestamps',
        state: 'works',
        detail: 'the kernel stamps packets as they leave and arrive',
      }
    : {
        name: 'kernel-timestamps',
        state: 'unavailable',
        reason: 'unsupported',
        detail: 'round trips are timed in user space: they include the waits of this process',
      };
}

function tcp({ tcpInfo }: EngineCapabilities): Capability {
  return tcpInfo
    ? { name: 'tcp', state: 'works', detail: 'connect times, and what the kernel knows of the connection' }
    : {
        name: 'tcp',
        state: 'limited',
        reason: 'unsupported',
        detail: 'connect times only: this system does not tell what it knows of the connection',
      };
}

/** Slots are due by the operator's clock, and round trips need none: only times of one way depend on this one. */
function clock({ clock: state }: CapabilityFacts): Capability {
  if (state === null) {
    return {
      name: 'clock',
      state: 'unavailable',
      reason: 'unsupported',
      detail: 'this system does not tell how far its clock may be off',
    };
  }
  if (state.errorBoundSeconds !== null) {
    const bound = formatSeconds(state.errorBoundSeconds);
    return { name: 'clock', state: 'works', detail: `synchronised, off by at most ${bound}` };
  }
  return {
    name: 'clock',
    state: 'limited',
    reason: 'not-synchronised',
    detail:
      'how far it may be off is not known: no NTP client keeps it. Results are placed by the clock of the operator all the same',
    enable: 'sudo apt install chrony',
  };
}

/** Files without which a part of the host probe has no value. */
const HOST_PARTS = [
  ['/proc/stat', 'CPU'],
  ['/proc/meminfo', 'memory'],
  ['/proc/diskstats', 'disks'],
  ['/proc/net/dev', 'interfaces'],
  ['/proc/pressure/cpu', 'pressure (PSI)'],
] as const;

function host({ platform, canRead }: CapabilityFacts): Capability {
  if (platform !== 'linux') {
    return {
      name: 'host',
      state: 'limited',
      reason: 'unsupported',
      detail: 'CPU, memory, load and the root file system; the rest is read on Linux only',
    };
  }
  const missing = HOST_PARTS.filter(([path]) => !canRead(path));
  if (missing.length === 0) return { name: 'host', state: 'works', detail: 'read from /proc and /sys' };
  const onlyPressure = missing.every(([path]) => path.startsWith('/proc/pressure'));
  return {
    name: 'host',
    state: 'limited',
    reason: 'unsupported',
    detail: `without ${missing.map(([, part]) => part).join(', ')}: this kernel does not show it`,
    ...(onlyPressure ? { enable: 'boot with psi=1 (kernels built with CONFIG_PSI)' } : {}),
  };
}
