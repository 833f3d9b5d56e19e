import { pino } from 'pino';
import type { Api } from '../api-instance.ts';
import { buildApp } from '../app.ts';
import { type FakeServices, fakeServices } from './fake-services.ts';

/** The app over services in memory, silent and without a console. */
export async function fakeApp(
  services: FakeServices = fakeServices(),
  consoleDir: string | null = null,
): Promise<Api> {
  return await buildApp(services, {
    logger: pino({ level: 'silent' }),
    consoleDir,
    requestId: () => 'request-1',
  });
}
