import { join } from 'node:path';
import { childLog } from '../logs/child-log.ts';
import { postgresWarning } from '../logs/warning-line.ts';
import { ensureCluster, POSTGRES_USER } from '../postgres/cluster.ts';
import { chooseEndpoint, databaseUrl } from '../postgres/endpoint.ts';
import { installedNative, usableNative } from '../postgres/native-folder.ts';
import { postgresOwner } from '../postgres/owner.ts';
import { postgresService } from '../postgres/postgres-service.ts';
import type { DatabaseChoice } from '../settings/database-choice.ts';
import type { Service } from '../supervise/keep-alive.ts';

/** Where a copy of Postgres may lie if its user can reach neither the checkout nor the state folder. */
const SHARED_CACHE = '/var/cache/streamswarm';

export interface DatabaseRoom {
  readonly stateDir: string;
  readonly logs: string;
  say(line: string): void;
  /** Monotonic clock, ms. */
  now(): number;
  /** Makes a service, starts it and keeps it running; tells how long that took. */
  run(doing: string, done: string, make: () => Promise<Service>): Promise<void>;
}

export interface DatabaseAt {
  readonly url: string;
  /** By whom the server is verified; null: as the URL says. */
  readonly caFile: string | null;
}

/** Starts the embedded Postgres, unless another one is given, and answers where the results are kept. */
export async function startDatabase(choice: DatabaseChoice, room: DatabaseRoom): Promise<DatabaseAt> {
  if (choice.kind === 'external') return choice;
  if (choice.note !== null) room.say(choice.note);
  const home = join(room.stateDir, 'postgres');
  const log = childLog({
    name: 'postgres',
    folder: room.logs,
    warning: postgresWarning,
    say: room.say,
    now: room.now,
  });
  const url = { of: '' };
  await room.run('Starting Postgres', 'Postgres is ready', async () => {
    const owner = postgresOwner(join(home, 'data'));
    const native = usableNative(installedNative(), {
      owner,
      places: [room.stateDir, SHARED_CACHE],
    });
    const { dataDir, password } = await ensureCluster({ home, native, owner });
    const endpoint = await chooseEndpoint(dataDir);
    url.of = databaseUrl(endpoint, POSTGRES_USER, password);
    return postgresService({ native, dataDir, endpoint, owner, log });
  });
  return { url: url.of, caFile: null };
}
