import { GUIDE_DEFAULTS } from '../../guide/guide-settings.ts';
import type { GuideServices } from '../services.ts';

/** The guide's API over one agent and no submitted result. */
export function fakeGuide(store: Partial<GuideServices['store']> = {}): GuideServices {
  return {
    settings: GUIDE_DEFAULTS,
    store: {
      clients: async () => [],
      client: async () => null,
      register: async () => 1,
      keepAlive: async () => false,
      removeClient: async () => false,
      test: async () => null,
      testIds: async () => new Map(),
      numberTest: async () => 1,
      testsOfClient: async () => [],
      submit: async () => undefined,
      extent: async () => null,
      points: async () => [],
      submitted: async () => [],
      latestHost: async () => null,
      latestSamples: async () => [],
      pingHistory: async () => [],
      ...store,
    },
  };
}
