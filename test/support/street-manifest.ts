import { API_VERSION, type StreamTest } from '@streamswarm/contract';

/** Every loopback address answers: many streams without any network. */
export function loopbackTest(
  name: string,
  { destinations = 8, over = {} }: { destinations?: number; over?: Partial<StreamTest['spec']> } = {},
): StreamTest {
  return {
    apiVersion: API_VERSION,
    kind: 'StreamTest',
    metadata: { name, namespace: 'default' },
    spec: {
      destinations: Array.from({ length: destinations }, (_, i) => ({
        name: `d${i}`,
        host: `127.0.0.${i + 1}`,
      })),
      probes: [{ icmp: { count: 3 } }, { host: {} }],
      interval: '1s',
      ...over,
    },
  };
}
