import { API_VERSION, isHost, STREAM_TEST_KIND, type StreamTest } from '@streamswarm/contract';

export const HELLO_MODES = ['full', 'loopback', 'off'] as const;
export type HelloMode = (typeof HELLO_MODES)[number];

export interface HelloFacts {
  readonly mode: HelloMode;
  /** Address of the default gateway; null where there is none. */
  readonly gateway: string | null;
  /** Address of the first resolver; null where there is none. */
  readonly resolver: string | null;
  readonly consoleUrl: string;
}

/** The first test of a new store: what every machine has near it, so that the charts move at once and offline. */
export function helloTest({ mode, gateway, resolver, consoleUrl }: HelloFacts): StreamTest | null {
  if (mode === 'off') return null;
  const near = mode === 'full' ? { gateway, resolver } : {};
  return {
    apiVersion: API_VERSION,
    kind: STREAM_TEST_KIND,
    metadata: { name: 'hello', namespace: 'default' },
    spec: {
      description:
        'First test, made by the first start: what lies around this machine. Delete it whenever you like.',
      destinations: [
        ...Object.entries(near).flatMap(([name, host]) =>
          host !== null && isHost(host) ? [{ name, host }] : [],
        ),
        { name: 'console', url: consoleUrl },
        { name: 'loopback', host: '127.0.0.1' },
      ],
      probes: [{ icmp: {} }, { tcp: {}, destinations: ['console'] }, { host: {} }],
      interval: '2s',
    },
  };
}
