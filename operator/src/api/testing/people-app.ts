import { createServer } from 'node:https';
import { pino } from 'pino';
import type { Api } from '../api-instance.ts';
import { buildApp } from '../app.ts';
import { type FakeServices, fakeServices } from './fake-services.ts';

export const PEOPLE_HOST = 'swarm.example.net:5000';

/** The app as other machines see it, over services in memory; for injected requests. */
export async function peopleApp(services: FakeServices = fakeServices()): Promise<Api> {
  return await buildApp(services, {
    logger: pino({ level: 'silent' }),
    consoleDir: null,
    beyondLoopback: {
      server: createServer(),
      names: () => ({ dnsNames: ['swarm.example.net'], ips: ['192.0.2.7'] }),
    },
  });
}
