import Type from 'typebox';
import { closed } from '../kinds/schema.ts';
import { dscp, every, family, port, timeout } from './options.ts';
import type { Metric, Probe } from './probe.ts';
import { slotTimeoutMs, timeoutFitsCel } from './time-left.ts';

export const TCP_DEFAULT_PORT = 443;
const DEFAULT_TIMEOUT_MS = 3_000;

const options = Type.Object(
  {
    port: port('Port to connect to. Absent: that of the URL, else 443.'),
    dscp,
    family,
    every,
    timeout: timeout('3s, or less where the interval leaves less'),
  },
  { ...closed, description: 'TCP connect: time of the handshake, name resolution not counted.' },
);

/** The options of a tcp slot with every default filled in. */
export function tcpSettings(given: Readonly<Record<string, unknown>>, periodMs: number) {
  return { timeoutMs: slotTimeoutMs(given['timeout'], DEFAULT_TIMEOUT_MS, periodMs) };
}

const metrics: readonly Metric[] = [
  {
    name: 'connect_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'connect() to the resolved address until the connection stands',
    nullMeans: 'no connection was made',
    guideField: 'tcp_connect_time',
    guideUnit: 'ms',
  },
  {
    name: 'handshake_rtt_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'Round trip of the handshake as the kernel saw it (TCP_INFO)',
    nullMeans: 'no connection was made, or the kernel did not tell',
  },
  {
    name: 'mss_bytes',
    unit: 'bytes',
    kind: 'gauge',
    better: null,
    meaning: 'Largest segment the kernel will send',
    nullMeans: 'no connection was made, or the kernel did not tell',
  },
  {
    name: 'kernel_cached_pmtu_bytes',
    unit: 'bytes',
    kind: 'gauge',
    better: null,
    meaning: 'Path MTU as this kernel has it cached; may be stale for minutes',
    nullMeans: 'no connection was made, or the kernel did not tell',
  },
  {
    name: 'port',
    unit: 'none',
    kind: 'fact',
    better: null,
    meaning: 'Port that was connected to',
    nullMeans: 'no address was found',
    wide: true,
  },
];

export const tcp: Probe = {
  name: 'tcp',
  summary: 'Time to connect, refused and unreachable told apart, path facts from the kernel',
  perAgent: false,
  options,
  metrics,
  destinations: {
    host: { applies: true, means: 'connect to the port', defaultPort: TCP_DEFAULT_PORT },
    url: { applies: true, means: 'connect to the port of the URL', defaultPort: 'url' },
    service: { applies: true, means: 'connect to the port of the Service' },
    agents: { applies: false, reason: 'agents listen on no port of their own yet' },
  },
  slotBudgetMs: (given, periodMs) => tcpSettings(given, periodMs).timeoutMs,
  slotFitsCel: timeoutFitsCel,
  /** SYN, the ACK of the handshake, and the packet that closes. */
  packetsPerSlot: () => 3,
};
